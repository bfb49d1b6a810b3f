"""Components of MOJ Forms become fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.prose import to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
WIDTHS = (2, 3, 4, 5, 10, 20, 30)
MOST_CHOICES = 300
MEGABYTE = 1_048_576
CHARACTERS_A_WORD = 12
LONGEST_LONG_TEXT = 20_000
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")


class MojFields:
    """Makes fields; keys are free in the whole form."""

    def __init__(self, keys: Keys, report: Report) -> None:
        self.keys, self.report = keys, report

    def make(self, node: Node) -> tuple[FieldDraft, dict[str, str]] | None:
        """The component as a field, with its choices by identifier; None when nothing is left of it."""
        kind, identifier = node.text("_type"), node.text("_uuid") or node.text("_id") or node.text("name")
        name = node.text("name") or node.text("_id")
        node.ignore("_id", "name", "_uuid", "collection", "order")
        if kind == "content":
            return self._content(node, name, identifier)
        label_word = "legend" if node.value.get("legend") else "label"
        validation = node.child("validation")
        data: Options = {
            "key": self.keys.field(name),
            "label": to_plain(node.text(label_word), (*node.path, label_word), self.report) or name or kind,
            "required": validation.flag("required"),
            "origin": identifier[:500] or None,
        }
        if hint := node.text("hint"):
            data["hint"] = to_plain(hint, (*node.path, "hint"), self.report)
        type_key, options, choices = self._question(node, kind, validation)
        validation.ignore(kind, "email", "number", "date", "address", "postcode", "virus_scan", "multiupload")
        return make_field({**data, "type": type_key, "options": options}, node.path, self.report), choices

    def content(self, text: str, at: tuple[str | int, ...], name: str) -> FieldDraft | None:
        """A text of a page."""
        said = to_markdown(text, at, self.report)
        if not said:
            return None
        data = {"key": self.keys.field(name, "text"), "type": "content", "options": {"text": said}}
        return make_field(data, at, self.report, "content")

    def _content(self, node: Node, name: str, identifier: str) -> tuple[FieldDraft, dict[str, str]] | None:
        field = self.content(node.text("content"), (*node.path, "content"), name)
        if field is None:
            self.report.defect(node.path, "empty_text", "This text is empty: it is not carried.")
            return None
        field.data["origin"] = identifier[:500] or None
        field.at = node.path
        return field, {}

    def _question(self, node: Node, kind: str, checks: Node) -> tuple[str, Options, dict[str, str]]:
        if kind in LISTED:
            return self._listed(node, LISTED[kind])
        making = QUESTIONS.get(kind)
        if making is None:
            self.report.lost(
                node.path, "component", f'There is no "{kind[:60]}" here: it becomes a short text.'
            )
            return "short_text", {}, {}
        type_key, options = making(node, checks)
        return type_key, options, {}

    def _listed(self, node: Node, type_key: str) -> tuple[str, Options, dict[str, str]]:
        items = node.children("items")
        if not items:
            self.report.defect(
                (*node.path, "items"), "no_choices", "There are no choices: this becomes a short text."
            )
            return "short_text", {}, {}
        keys, choices, found = Keys(), [], dict[str, str]()
        for item in items:
            label = item.text("label") or item.text("text")
            value, identifier = item.text("value") or label, item.text("_uuid")
            item.ignore("_id", "name", "_type", "_uuid", "collection", "legend", "validation", "errors")
            choice: Options = {
                "key": keys.choice(value),
                "label": label or value,
                "origin": (identifier or value)[:500],
            }
            if hint := item.text("hint"):
                choice["hint"] = hint
            found |= {name: choice["key"] for name in (identifier, value) if name}
            choices.append(choice)
        if len(choices) > MOST_CHOICES and type_key == "radio":
            self.report.changed(
                node.path, "many_choices", "A long list becomes one that is searched by typing."
            )
            type_key = "autocomplete"
        return type_key, {"choices": choices}, found


def _text(node: Node, checks: Node) -> tuple[str, Options]:
    width = node.text("width_class_input")
    if pattern := checks.text("pattern"):
        return "masked", {"pattern": pattern}
    return "short_text", {
        "min_length": checks.whole("min_length"), "max_length": _most(checks.whole("max_length"), 1_000),
        "width": int(width) if width.isdigit() and int(width) in WIDTHS else None,
    }  # fmt: skip


def _most(number: int | None, limit: int) -> int | None:
    return min(number, limit) if number else None


def _textarea(node: Node, checks: Node) -> tuple[str, Options]:
    words, rows = checks.whole("max_word"), node.whole("rows")
    most = checks.whole("max_length") or (words * CHARACTERS_A_WORD if words else None)
    return "long_text", {
        "max_words": words, "max_length": _most(most, LONGEST_LONG_TEXT) or LONGEST_LONG_TEXT,
        "rows": min(max(rows, 2), 30) if rows else None,
    }  # fmt: skip


def _number(node: Node, checks: Node) -> tuple[str, Options]:
    width = node.text("width_class_input")
    limits = {word: checks.number(name) for word, name in (("min", "minimum"), ("max", "maximum"))}
    written = {word: repr(limit).removesuffix(".0") for word, limit in limits.items() if limit is not None}
    return "decimal", {**written, "width": int(width) if width.isdigit() and int(width) in WIDTHS else None}


def _date(node: Node, checks: Node) -> tuple[str, Options]:
    if node.text("date_type") == "month-year":
        return "month_year", {}
    limits = {"latest": checks.text("date_before"), "earliest": checks.text("date_after")}
    return "date", {word: day[:10] for word, day in limits.items() if day}


def _upload(node: Node, checks: Node) -> tuple[str, Options]:
    accepted = checks.get("accept")
    names = [str(name) for name in accepted] if isinstance(accepted, list) else []
    size = checks.whole("max_size")
    most = checks.whole("max_files") or node.whole("max_files")
    options: Options = {
        "types": kinds_of(names, (*checks.path, "accept"), checks.report) or None,
        "max_megabytes": max(1, round(size / MEGABYTE)) if size else None,
    }
    if node.value.get("_type") == "upload" and (most or 1) == 1:
        return "file", options
    return "files", {**options, "max": most, "min": 1 if checks.flag("required") else 0}


def _address(node: Node, checks: Node) -> tuple[str, Options]:
    return "address", {"own": False, "region": True, "postcode_required": checks.flag("postcode")}


def _plain(key: str) -> Callable[[Node, Node], tuple[str, Options]]:
    def made(node: Node, checks: Node) -> tuple[str, Options]:
        return key, {}

    return made


LISTED = {
    "radios": "radio",
    "checkboxes": "checkbox_group",
    "autocomplete": "autocomplete",
    "select": "select",
}
QUESTIONS: dict[str, Callable[[Node, Node], tuple[str, Options]]] = {
    "text": _text,
    "textarea": _textarea,
    "number": _number,
    "email": _plain("email"),
    "phone": _plain("phone"),
    "date": _date,
    "upload": _upload,
    "multiupload": _upload,
    "address": _address,
}
