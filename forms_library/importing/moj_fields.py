"""Components of MOJ Forms become fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.numbers import plain_number
from forms_library.importing.patterns import whole_pattern
from forms_library.importing.prose import to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
WIDTHS = (2, 3, 4, 5, 10, 20, 30)
MOST_CHOICES = 300
MEGABYTE = 1_048_576
CHARACTERS_A_WORD = 12
LONGEST_LONG_TEXT = 20_000
MOST_FILES, LARGEST_FILE = 50, 100
SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)\s*(B|KB|MB|GB)?", re.IGNORECASE)
UNITS = {"": 1, "B": 1, "KB": 1_024, "MB": MEGABYTE, "GB": 1_024 * MEGABYTE}
# what is checked anyway of an answer of this kind
IMPLIED = {
    "email": ("email",), "number": ("number",), "date": ("date",), "address": ("address", "postcode"),
    "upload": ("virus_scan",), "multiupload": ("virus_scan", "multiupload"),
}  # fmt: skip


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
        validation.ignore(kind, *IMPLIED.get(kind, ()))
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
        keys, choices, found = Keys(), [], dict[str, str]()
        for item in items:
            label = item.text("label") or item.text("text")
            value, identifier = item.text("value") or label, item.text("_uuid")
            item.ignore("_id", "name", "_type", "_uuid", "collection")
            item.ignore("legend" if item.value.get("legend") == item.value.get("label") else "_id")
            if not value:
                self.report.defect(item.path, "empty_choice", "This choice is empty: it is not carried.")
                item.forget()
                continue
            choice: Options = {
                "key": keys.choice(value),
                "label": to_plain(label, (*item.path, "label"), self.report) or value,
                "origin": (identifier or value)[:500],
            }
            if hint := item.text("hint"):
                choice["hint"] = to_plain(hint, (*item.path, "hint"), self.report)
            found |= {name: choice["key"] for name in (identifier, value) if name}
            choices.append(choice)
        if not choices:
            self.report.defect(node.path, "no_choices", "There are no choices: this becomes a short text.")
            return "short_text", {}, {}
        if len(choices) > MOST_CHOICES and type_key in ("radio", "select"):
            self.report.changed(
                node.path, "many_choices", "A long list becomes one that is searched by typing."
            )
            type_key = "autocomplete"
        return type_key, {"choices": choices}, found


def _width(node: Node) -> int | None:
    """How wide the input is drawn, when that can be said here."""
    found = str(node.value.get("width_class_input") or "")
    if not found.isdigit() or int(found) not in WIDTHS:
        return None
    return int(node.text("width_class_input"))


def _text(node: Node, checks: Node) -> tuple[str, Options]:
    if checks.text("pattern"):
        pattern = whole_pattern(checks, "pattern")
        return "masked", {"pattern": pattern, "max_length": checks.within("max_length", 1, 500) or 500}
    least, most = checks.within("min_length", 0, 1_000), checks.within("max_length", 1, 1_000)
    return "short_text", {"min_length": least, "max_length": most, "width": _width(node)}


def _textarea(node: Node, checks: Node) -> tuple[str, Options]:
    words = checks.within("max_word", 1, 5_000) or node.within("maxwords", 1, 5_000)
    most = checks.within("max_length", 1, LONGEST_LONG_TEXT) or node.within("maxchars", 1, LONGEST_LONG_TEXT)
    most = most or min(words * CHARACTERS_A_WORD if words else LONGEST_LONG_TEXT, LONGEST_LONG_TEXT)
    least, rows = checks.within("min_length", 0, LONGEST_LONG_TEXT), node.within("rows", 2, 30)
    return "long_text", {"max_words": words, "max_length": most, "min_length": least, "rows": rows}


def _number(node: Node, checks: Node) -> tuple[str, Options]:
    limits = {word: checks.number(name) for word, name in (("min", "minimum"), ("max", "maximum"))}
    written = {word: plain_number(limit) for word, limit in limits.items() if limit is not None}
    return "decimal", {**written, "width": _width(node)}


def _date(node: Node, checks: Node) -> tuple[str, Options]:
    wanted = node.text("date_type")
    limits = {"latest": checks.text("date_before"), "earliest": checks.text("date_after")}
    days = {word: day[:10] for word, day in limits.items() if day}
    if wanted == "month-year":
        return "month_year", days
    if wanted not in ("", "day-month-year"):
        sentence = f'A date of the kind "{wanted[:40]}" is asked for as a whole day.'
        node.report.changed((*node.path, "date_type"), "date_type", sentence)
    return "date", days


def _upload(node: Node, checks: Node) -> tuple[str, Options]:
    accepted = checks.get("accept")
    names = [str(name) for name in accepted] if isinstance(accepted, list) else [checks.text("accept")]
    most = checks.within("max_files", 1, MOST_FILES) or node.within("max_files", 1, MOST_FILES)
    options: Options = {
        "types": kinds_of(names, (*checks.path, "accept"), checks.report) or None,
        "max_megabytes": _megabytes(checks),
    }
    if node.value.get("_type") == "upload" and (most or 1) == 1:
        return "file", options
    least = node.within("min_files", 0, MOST_FILES)
    required = 1 if checks.flag("required") else 0
    return "files", {**options, "max": most, "min": required if least is None else least}


def _megabytes(checks: Node) -> int | None:
    """The largest size in whole megabytes; it is given in bytes, or as a text like 7MB."""
    text = checks.text("max_size")
    found = SIZE.fullmatch(text)
    if not found:
        if text:
            checks.lost("max_size", "file_size", "This size of a file is not understood.")
        return None
    size = float(found[1]) * UNITS[(found[2] or "").upper()] / MEGABYTE
    kept = min(max(round(size), 1), LARGEST_FILE)
    if kept != size:
        sentence = f"A file has whole megabytes here, {LARGEST_FILE} at most: this becomes {kept}."
        checks.report.changed((*checks.path, "max_size"), "file_size", sentence)
    return kept


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
