"""Components of digital-form-builder forms become fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.prose import to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node
from forms_library.importing.xgov_kinds import LISTED, QUESTIONS

Options = dict[str, Any]
MOST_CHOICES = 300
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
        node.ignore("nameHasError", "values" if node.value.get("values") == {"type": "listRef"} else "type")
        name = node.text("name")
        keys = keys or self.keys
        if kind in TEXTS:
            return self._text(node, TEXTS[kind], keys.field(name or "text", "text"), name)
        data: Options = {
            "key": keys.field(name, "field"),
            "label": to_plain(node.text("title"), (*node.path, "title"), self.report) or name or kind,
            "origin": (f"{section}.{name}" if section else name)[:500] or None,
        }
        if hint := node.text("hint"):
            data["hint"] = to_plain(hint, (*node.path, "hint"), self.report)
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
        text = to_markdown(node.text("content"), (*node.path, "content"), self.report)
        title = to_plain(node.text("title"), (*node.path, "title"), self.report)
        if node.value.get("list") or node.value.get("type") in ("List", "FlashCard"):
            found = self._list(node)
            items = [f"- {item.text('text')}" for item in found.children("items")] if found else []
            text = "\n\n".join(part for part in (text, "\n".join(items)) if part)
        node.child("options").ignore("required")  # nothing is asked
        if not text:
            self.report.defect(node.path, "empty_text", "This text is empty: it is not carried.")
            return None
        data: Options = {"key": key, "type": kind, "origin": name or None}
        if kind in ("inset", "warning"):  # short texts without markup
            data["label"] = to_plain(node.text("content"), (*node.path, "content"), self.report)
        elif kind == "details":
            data |= {"label": title or text[:60], "options": {"text": text}}
        else:
            data["options"] = {"text": f"**{title}**\n\n{text}" if title else text}
        return Made(make_field(data, node.path, self.report, instead="content"))

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
            value = item.text("value") or item.text("text") or item.text("label")
            label = (
                to_plain(item.text("text") or item.text("label"), (*item.path, "text"), self.report) or value
            )
            if value in found:
                self.report.defect(
                    (*item.path, "value"), "doubled_choice", f'The choice "{value[:80]}" stands twice.'
                )
            choice: Options = {"key": keys.choice(value), "label": label, "origin": value[:500]}
            if hint := item.text("description") or item.text("hint"):
                choice["hint"] = to_plain(hint, (*item.path, "description"), self.report)
            if item.text("condition"):
                self.lists.conditions.append((choice, item))
            found.setdefault(value, choice["key"])
            choices.append(choice)
        return choices, found

    def _none_of_these(self, options: Node, made: Options, keys: dict[str, str]) -> None:
        """The choice that excludes the others is "none of these" here."""
        value = options.text("behaviourItemValue")
        if options.text("behaviour") != "exclusive" or value not in keys or len(keys) < 2:
            if value:
                options.lost(
                    "behaviourItemValue", "exclusive", "This choice does not exclude the others here."
                )
            return
        alone = next(choice for choice in made["choices"] if choice["key"] == keys[value])
        sentence = f'The choice "{value[:80]}" becomes the one for none of these.'
        for word in ("behaviour", "behaviourItemValue"):
            options.report.changed((*options.path, word), "exclusive", sentence)
        made["choices"] = [choice for choice in made["choices"] if choice is not alone]
        made["none"] = alone["label"]
        keys[value] = "none"
        options.ignore("divider")

    def _items(self, node: Node) -> list[Node]:
        values = node.child("values")
        if values.text("type") == "static":
            values.ignore("valueType")
            return values.children("items")
        found = self._list(node)
        return found.children("items") if found else []

    def _list(self, node: Node) -> Node | None:
        name = node.text("list") or node.child("options").text("list")
        if name not in self.lists.nodes:
            sentence = f'There is no list "{name[:80]}".' if name else "The list of choices is not named."
            self.report.defect((*node.path, "list"), "unknown_list", sentence)
            return None
        self.lists.used.add(name)
        return self.lists.nodes[name]


def _tell(node: Node, report: Report) -> None:
    """Settings that mean something here, in another way."""
    options = node.child("options")
    if options.flag("hideTitle"):
        report.changed((*options.path, "hideTitle"), "hidden_title", "The question is shown; it was hidden.")
    options.ignore("showNoScriptWarning")  # every page works without script here
    node.child("schema").ignore("error")
