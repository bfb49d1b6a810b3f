"""Components of digital-form-builder forms become fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from forms_library.importing.localised import Said, one_of, said
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.prose import is_plain, to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node
from forms_library.importing.xgov_kinds import LISTED, QUESTIONS

Options = dict[str, Any]
MOST_CHOICES, MOST_SEARCHED, LONGEST_ORIGIN = 300, 10_000, 500
TEXTS = {
    "Para": "content", "Html": "content", "InsetText": "inset", "Details": "details",
    "WarningText": "warning", "List": "content", "FlashCard": "content",
}  # fmt: skip


@dataclass
class Lists:
    """The lists of a form by name, and which of them were used."""

    nodes: Mapping[str, Node]
    used: set[str] = attribute(default_factory=set)
    conditions: list[tuple[Options, Node]] = attribute(default_factory=list)
    """Choices that are offered only at times: the choice and its item."""


@dataclass
class Made:
    """A component as a field; with its choices by foreign value."""

    draft: FieldDraft
    choices: dict[str, str] = attribute(default_factory=dict)


class Components:
    """Makes fields out of components; holds what belongs to the whole form."""

    def __init__(self, lists: Lists, keys: Keys, report: Report) -> None:
        self.lists, self.keys, self.report = lists, keys, report

    def make(self, node: Node, section: str = "", keys: Keys | None = None) -> Made | None:
        """The component as a field; None when nothing is left of it."""
        kind = node.text("type")
        node.ignore("nameHasError" if not node.flag("nameHasError") else "type")
        node.ignore("values" if node.value.get("values") == {"type": "listRef"} else "type")
        name = node.text("name")
        keys = keys or self.keys
        if kind in TEXTS:
            return self._text(node, TEXTS[kind], keys.field(name or "text", "text"), name)
        data: Options = {
            "key": keys.field(name, "field"),
            "label": said(node, "title", to_plain) or name or kind or "Question",
            "origin": _origin(section, name),
        }
        if hint := said(node, "hint", to_plain):
            data["hint"] = hint
        if not node.child("options").flag("required", True):
            data["required"] = False
        return self._question(node, kind, data)

    def _question(self, node: Node, kind: str, data: Options) -> Made:
        choices: dict[str, str] = {}
        making = QUESTIONS.get(kind)
        if making is None:
            self.report.lost(
                node.path, "component", f'There is no "{kind[:60]}" here: it becomes a short text.'
            )
            type_key, options = "short_text", Options()
        elif kind == "MultiInputField":
            type_key, options = self._rows(node, data)
        elif kind in LISTED:
            type_key, options, choices = self._listed(node, kind)
        else:
            type_key, options = making(node, node.child("options"), node.child("schema"))
        if "WithTime" in type_key:
            type_key = "group"
            self.report.changed(node.path, "date_time", "A date with time becomes a date and a time.")
        _tell(node, self.report)
        return Made(
            make_field({**data, "type": type_key, "options": options}, node.path, self.report), choices
        )

    def _text(self, node: Node, kind: str, key: str, name: str) -> Made | None:
        title = said(node, "title", to_plain)
        node.child("options").ignore("required")  # nothing is asked
        data: Options = {"key": key, "type": kind, "origin": name[:500] or None}
        alone = not title and not _has_list(node)
        if kind in ("inset", "warning") and alone and is_plain(node.value.get("content")):
            data["label"] = said(node, "content", to_plain)
            if data["label"]:
                return Made(make_field(data, node.path, self.report, "content"))
            return self._empty(node)
        text = self._with_list(node, said(node, "content", to_markdown))
        if not text:
            return self._empty(node)
        if kind == "details":
            data |= {"label": title or one_of(text)[:60], "options": {"text": text}}
        else:
            data |= {"type": "content", "options": {"text": _under(title, text)}}
        if kind != data["type"]:
            self.report.changed(
                node.path, "text", "A short text with markup or a title becomes a usual text."
            )
        return Made(make_field(data, node.path, self.report, instead="content"))

    def _empty(self, node: Node) -> Made | None:
        self.report.defect(node.path, "empty_text", "This text is empty: it is not carried.")
        node.forget()
        return None

    def _with_list(self, node: Node, text: Said) -> Said:
        """The items of a list that is only read stand below the text."""
        if _has_list(node) or node.value.get("type") in ("List", "FlashCard"):
            found = self._list(node)
            items = [_read(item) for item in found.children("items")] if found else []
            return "\n\n".join(part for part in (one_of(text), "\n".join(items)) if part)
        return text

    def _rows(self, node: Node, data: Options) -> tuple[str, Options]:
        inner, fields = Keys(), []
        for child in node.children("children"):
            made = self.make(child, keys=inner)
            if made is not None:
                fields.append(made.draft.data)
        options: Options = {"fields": fields, "min": 0 if data.get("required") is False else 1}
        return "repeating_group", options

    def _listed(self, node: Node, kind: str) -> tuple[str, Options, dict[str, str]]:
        items = self._items(node)
        if not items:
            self.report.changed(node.path, "no_choices", "Without choices this becomes a short text.")
            return "short_text", {}, {}
        choices, keys = self._choices(items)
        type_key = LISTED[kind]
        if len(choices) > (MOST_SEARCHED if type_key != "checkbox_group" else MOST_CHOICES):
            sentence = f"A list of {len(choices):,} choices is too long: this becomes a short text."
            for at in (node.path, items[0].path[:-1]):
                self.report.lost(at, "many_choices", sentence)
            return "short_text", {}, {}
        if len(choices) > MOST_CHOICES and type_key in ("radio", "select"):
            sentence = f"A list of {len(choices)} choices becomes one that is searched by typing."
            self.report.changed(node.path, "many_choices", sentence)
            type_key = "autocomplete"
        options: Options = {"choices": choices}
        if type_key == "checkbox_group":
            self._none_of_these(node.child("options"), options, keys)
        return type_key, options, keys

    def _choices(self, items: list[Node]) -> tuple[list[Options], dict[str, str]]:
        keys, choices, found = Keys(), [], dict[str, str]()
        for item in items:
            label = said(item, "text", to_plain) or said(item, "label", to_plain)
            value = item.text("value") or one_of(label)
            if not value:
                self.report.defect(item.path, "empty_choice", "This choice is empty: it is not carried.")
                item.forget()
                continue
            if value in found:
                self.report.defect(
                    (*item.path, "value"), "doubled_choice", f'The choice "{value[:80]}" stands twice.'
                )
            choice: Options = {"key": keys.choice(value), "label": label or value, "origin": value[:500]}
            if hint := said(item, "description", to_plain) or said(item, "hint", to_plain):
                choice["hint"] = hint
            if item.text("condition"):
                self.lists.conditions.append((choice, item))
            found.setdefault(value, choice["key"])
            choices.append(choice)
        return choices, found

    def _none_of_these(self, options: Node, made: Options, keys: dict[str, str]) -> None:
        """The choice that excludes the others is "none of these" here."""
        value, wanted = options.text("behaviourItemValue"), options.text("behaviour")
        alone = next((choice for choice in made["choices"] if choice["key"] == keys.get(value)), None)
        plain = alone is not None and not {"hint", "show_when"} & alone.keys() and len(made["choices"]) > 1
        if alone is None or wanted != "exclusive" or not plain or self._is_conditional(alone):
            for word in ("behaviour", "behaviourItemValue"):
                if options.value.get(word):
                    options.lost(word, "exclusive", "This choice does not exclude the others here.")
            return
        sentence = f'The choice "{value[:80]}" becomes the one for none of these.'
        for word in ("behaviour", "behaviourItemValue"):
            options.report.changed((*options.path, word), "exclusive", sentence)
        made["choices"] = [choice for choice in made["choices"] if choice is not alone]
        made["none"] = alone["label"]
        keys[value] = "none"
        if options.text("divider"):
            options.report.changed(
                (*options.path, "divider"),
                "divider",
                "The word between the choices and the last one is ours.",
            )

    def _is_conditional(self, choice: Options) -> bool:
        return any(one is choice for one, _ in self.lists.conditions)

    def _items(self, node: Node) -> list[Node]:
        values = node.child("values")
        if values.value.get("type") == "static":
            values.ignore("type", "valueType" if values.value.get("valueType") == "string" else "type")
            return values.children("items")
        values.ignore("type" if values.value.get("type") == "listRef" else "items")
        found = self._list(node)
        return found.children("items") if found else []

    def _list(self, node: Node) -> Node | None:
        name = node.text("list") or node.child("options").text("list")
        if name not in self.lists.nodes:
            if name:
                sentence = f'There is no list "{name[:80]}".'
                self.report.defect((*node.path, "list"), "unknown_list", sentence)
            else:
                self.report.defect(node.path, "no_list", "The list of choices is not named.")
            return None
        self.lists.used.add(name)
        return self.lists.nodes[name]


def _has_list(node: Node) -> bool:
    names = (node.value.get("list"), node.child("options").value.get("list"))
    return any(name == 0 if isinstance(name, int) else name not in (None, "") for name in names)


def _origin(section: str, name: str) -> str | None:
    full = f"{section}.{name}" if section else name
    return (full if len(full) <= LONGEST_ORIGIN else name[:LONGEST_ORIGIN]) or None


def _tell(node: Node, report: Report) -> None:
    """Settings that mean something here, in another way."""
    options = node.child("options")
    if options.flag("hideTitle"):
        report.changed((*options.path, "hideTitle"), "hidden_title", "The question is shown; it was hidden.")
    if options.get("optionalText", True) is False:
        sentence = 'The word "optional" stands at every question that may stay empty.'
        report.changed((*options.path, "optionalText"), "optional", sentence)


def _under(title: Said, text: Said) -> Said:
    """A text below its title."""
    if not title:
        return text
    if isinstance(title, str) and isinstance(text, str):
        return f"**{title}**\n\n{text}"
    titles = title if isinstance(title, dict) else dict.fromkeys(text, title)
    texts = text if isinstance(text, dict) else dict.fromkeys(titles, text)
    return {tag: f"**{titles.get(tag) or one_of(titles)}**\n\n{texts[tag]}" for tag in texts}


def _read(item: Node) -> str:
    """An item of a list that is only read, as a line."""
    texts = [said(item, word, to_plain) for word in ("text", "description")]
    if any(isinstance(text, dict) for text in texts):
        item.report.changed(item.path, "language", "This item is carried in one language.")
    parts = [part for part in (one_of(text) for text in texts) if part]
    value = item.text("value")  # nobody sees it where there are words
    return "- " + ": ".join(parts or [value])
