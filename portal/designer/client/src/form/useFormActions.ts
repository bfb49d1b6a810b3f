// What a person can do to questions and pages: the same from keys, menus, the toolbar and by dragging.

import { useMemo } from "react";
import { copied, pasted } from "../model/clipboard";
import { addField, addFields, addPage, duplicate, type Edited, heldAt, moveBy, moveTo, moveToPage, pageOf, removeAll } from "../model/forms";
import { at, type Json, list, type Path, put, type Thing, thing, things, text } from "../model/json";
import type { Kept } from "../model/library";
import type { Block, FieldType } from "../model/start";
import { unique } from "../model/keys";
import { isFieldPath, isPagePath, readableName } from "./places";
import { youngPage } from "../model/following";
import { useDesk } from "../shell/desk";
import { keepFocus } from "../shell/keepFocus";
import { t, tn } from "../words/words";

export interface FormActions {
  chosen: () => Path[];
  addKind: (type: FieldType, place?: Path) => void;
  addBlock: (block: Block, place?: Path) => void;
  addKept: (part: Kept) => void;
  addPage: () => void;
  duplicate: (places?: Path[]) => void;
  remove: (places?: Path[]) => void;
  move: (step: -1 | 1, places?: Path[]) => void;
  toPage: (page: number, places?: Path[]) => void;
  moveTo: (places: Path[], parent: Path, index: number) => void;
  duplicateForm: () => void;
  removeForm: () => void;
  copy: (places?: Path[]) => string;
  paste: (words: string) => boolean;
}

export function useFormActions(form: Path): FormActions {
  const desk = useDesk();
  const key = form.join("/");
  return useMemo(() => actions(desk, form), [desk, key]);
}

function actions({ store, kinds, start, open }: ReturnType<typeof useDesk>, form: Path): FormActions {
  const chosen = (): Path[] => {
    const { path, also } = store.state.where;
    return path ? [path, ...also] : [];
  };
  const apply = (edited: Edited, said: string): void => {
    if (!open || edited.document === store.state.document) return;
    const [path, ...also] = edited.places;
    keepFocus();
    store.change(edited.document, path ?? null, also);
    store.say(said);
  };
  const names = (places: Path[]): string => {
    const [first] = places;
    return places.length === 1 && first ? readableName(store.state.document, first, start.language) : tn(places.length, "{n} question", "{n} questions");
  };
  const withPage = (): Json => {
    const { document } = store.state;
    return things(at(document, [...form, "pages"])).length ? document : newPage(document, 0).document;
  };
  const newPage = (document: Json, index: number): Edited => addPage(document, form, index, { [start.language]: t("New page") }, t("New page"));
  const insertAt = (document: Json): Path => nextPlace(document, form, store.state.where.path, kinds);
  return {
    chosen,
    addKind: (type, place) => {
      const document = withPage();
      const edited = addField(document, place ?? insertAt(document), type, kinds);
      const made = edited.places[0];
      if (made) noteYoung(store, edited.document, made);
      apply(edited, t("{name} was added", { name: type.label }));
    },
    addBlock: (block, place) => {
      const document = withPage();
      apply(addFields(document, place ?? insertAt(document), block.fields, kinds), t("{name} was added", { name: block.label }));
    },
    addKept: ({ what, label, items }) => {
      const { document, where } = store.state;
      if (what === "pages") return apply(pastePages(document, form, items, where.path, kinds), t("{name} was added", { name: label }));
      const paged = withPage();
      apply(addFields(paged, insertAt(paged), items, kinds), t("{name} was added", { name: label }));
    },
    addPage: () => {
      const { document, where } = store.state;
      const count = list(at(document, [...form, "pages"])).length;
      const edited = newPage(document, where.path && count ? pageOf(where.path) + 1 : count);
      const made = edited.places[0];
      if (made) store.young.add(youngPage(form, text(thing(at(edited.document, made)).key)));
      apply(edited, t("A page was added"));
    },
    duplicate: (places = chosen()) => apply(duplicate(store.state.document, places, kinds), t("{name}: duplicated", { name: names(places) })),
    remove: (places = chosen()) => apply(removeAll(store.state.document, places), t("{name}: deleted. Undo brings it back", { name: names(places) })),
    move: (step, places = chosen()) => apply(moveBy(store.state.document, places, step), t("{name}: moved", { name: names(places) })),
    toPage: (page, places = chosen().filter(isFieldPath)) =>
      apply(moveToPage(store.state.document, places, page), t("{name}: moved to page {n}", { name: names(places), n: page + 1 })),
    moveTo: (places, parent, index) => apply(moveTo(store.state.document, places, parent, index), t("{name}: moved", { name: names(places) })),
    duplicateForm: () => {
      const { document } = store.state;
      const key = unique(String(form[1]), Object.keys(thing(thing(document).forms)));
      const place = ["forms", key];
      apply({ document: put(document, place, at(document, form)), places: [place] }, t("{name}: duplicated", { name: readableName(document, form, start.language) }));
    },
    removeForm: () => {
      const { document } = store.state;
      const said = t("{name}: deleted. Undo brings it back", { name: readableName(document, form, start.language) });
      apply({ document: put(document, form, undefined), places: [] }, said);
    },
    copy: (places = chosen()) => copied(store.state.document, places),
    paste: (words) => {
      const parts = pasted(words);
      if (!parts || parts.what === "nodes") return false;
      if (parts.what === "pages") apply(pastePages(store.state.document, form, parts.items, store.state.where.path, kinds), t("Pasted"));
      else {
        const document = withPage();
        apply(addFields(document, insertAt(document), parts.items, kinds), t("Pasted"));
      }
      return true;
    },
  };
}

// The short names of a question that is new in this window, and of its answers, follow what they are called.
function noteYoung(store: ReturnType<typeof useDesk>["store"], document: Json, path: Path): void {
  const field = thing(at(document, path));
  store.young.add(text(field.key));
  for (const [name, value] of Object.entries(thing(field.options))) {
    for (const entry of Array.isArray(value) ? things(value) : []) store.young.add([...path, "options", name, text(entry.key)].join("/"));
  }
}

// A new question comes after the chosen one, into a chosen group that is empty, or at the end of the chosen page.
function nextPlace(document: Json, form: Path, path: Path | null, kinds: Parameters<typeof heldAt>[1]): Path {
  if (path && isFieldPath(path)) {
    const field = thing(at(document, path));
    const held = heldAt(field, kinds);
    if (held && !list(at(field, held)).length) return [...path, ...held, 0];
    return [...path.slice(0, -1), Number(path.at(-1)) + 1];
  }
  const page = [...form, "pages", path && isPagePath(path) ? pageOf(path) : 0, "fields"];
  return [...page, list(at(document, page)).length];
}

function pastePages(document: Json, form: Path, items: Thing[], path: Path | null, kinds: Parameters<typeof heldAt>[1]): Edited {
  const first = path ? pageOf(path) + 1 : list(at(document, [...form, "pages"])).length;
  let edited = document;
  const places: Path[] = [];
  items.forEach((page, offset) => {
    const made = addPage(edited, form, first + offset, page.title ?? {}, String(page.key ?? ""));
    const place = made.places[0] ?? form;
    const { key: _, fields, ...rest } = page;
    edited = put(made.document, place, { ...thing(at(made.document, place)), ...rest, fields: [] });
    edited = addFields(edited, [...place, "fields", 0], things(fields), kinds).document;
    places.push(place);
  });
  return { document: edited, places };
}
