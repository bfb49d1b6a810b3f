// Dragging with the pointer or, from the grip, with the keyboard. What can be dropped where is told by ids.

import {
  type Announcements,
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  type DroppableContainer,
  type KeyboardCoordinateGetter,
  type UniqueIdentifier,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { type ReactNode, useState } from "react";
import { at, list, type Path, samePath } from "../model/json";
import type { Block, FieldType } from "../model/start";
import { useDesk } from "../shell/desk";
import { t } from "../words/words";
import { readableName } from "./places";
import type { FormActions } from "./useFormActions";

// What is carried: a kind or a block of the palette, or what stands at a place.
export type Carried = { what: "kind"; kind: FieldType } | { what: "block"; block: Block } | { what: "place"; path: Path };
// Where it can go: in front of or behind what stands at a place, or to the end of a list.
export type Target = { at: "place"; path: Path } | { at: "end"; list: Path };

// With the pointer whatever lies below it; with keys only the questions of the same list.
const collisions: CollisionDetection = (given) => {
  if (given.pointerCoordinates) {
    const under = pointerWithin(given);
    return under.length ? under : closestCenter(given);
  }
  return closestCenter({ ...given, droppableContainers: given.droppableContainers.filter(isSortable) });
};

const isSortable = ({ data }: DroppableContainer): boolean => data.current !== undefined && "sortable" in data.current;

const byKeys: KeyboardCoordinateGetter = (event, given) => {
  const { droppableContainers: all } = given.context;
  const some = { getEnabled: () => all.getEnabled().filter(isSortable), get: (id: UniqueIdentifier) => all.get(id) };
  return sortableKeyboardCoordinates(event, { ...given, context: { ...given.context, droppableContainers: some as typeof all } });
};

interface DraggingProps {
  actions: FormActions;
  form: Path;
  children: ReactNode;
}

export function Dragging({ actions, children }: DraggingProps) {
  const { store, start, open } = useDesk();
  const [carried, setCarried] = useState<Carried>();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byKeys }),
  );
  const nameOf = (one: Carried | undefined): string => {
    if (one?.what === "kind") return one.kind.label;
    if (one?.what === "block") return one.block.label;
    return one ? readableName(store.state.document, one.path, start.language) : "";
  };
  const begin = ({ active }: DragStartEvent): void => setCarried(active.data.current as Carried);
  const end = ({ active, over }: DragEndEvent): void => {
    setCarried(undefined);
    const target = over?.data.current as Target | undefined;
    if (target && open) drop(active.data.current as Carried, target);
  };
  const drop = (one: Carried, target: Target): void => {
    const { document } = store.state;
    const parent = target.at === "end" ? target.list : target.path.slice(0, -1);
    const index = target.at === "end" ? list(at(document, parent)).length : Number(target.path.at(-1));
    if (one.what === "kind") return actions.addKind(one.kind, [...parent, index]);
    if (one.what === "block") return actions.addBlock(one.block, [...parent, index]);
    if (isPages(parent) !== isPages(one.path.slice(0, -1))) return;
    const chosen = actions.chosen();
    const places = chosen.some((path) => samePath(path, one.path)) ? chosen : [one.path];
    const down = samePath(parent, one.path.slice(0, -1)) && Number(one.path.at(-1)) < index && target.at === "place";
    actions.moveTo(places, parent, down ? index + 1 : index);
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("{name} is picked up", { name: nameOf(active.data.current as Carried) }),
    onDragOver: ({ over }) => (over ? t("Over {name}", { name: targetName(over.data.current as Target) }) : undefined),
    onDragEnd: ({ active }) => t("{name} is put down", { name: nameOf(active.data.current as Carried) }),
    onDragCancel: ({ active }) => t("{name} is back where it was", { name: nameOf(active.data.current as Carried) }),
  };
  const targetName = (target: Target): string =>
    readableName(store.state.document, target.at === "end" ? target.list.slice(0, -1) : target.path, start.language);
  const instructions = { draggable: t("Press space to pick up, arrows to move, space to put down, Escape to leave it.") };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      accessibility={{ announcements, screenReaderInstructions: instructions }}
      onDragStart={begin}
      onDragEnd={end}
      onDragCancel={() => setCarried(undefined)}
    >
      {children}
      <DragOverlay dropAnimation={null}>{carried && <div className="cwd-carried">{nameOf(carried)}</div>}</DragOverlay>
    </DndContext>
  );
}

const isPages = (parent: Path): boolean => parent.at(-1) === "pages";
