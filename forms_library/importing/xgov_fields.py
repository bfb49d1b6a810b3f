"""Components of digital-form-builder forms become fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.making import FieldDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.prose import to_markdown, to_plain
from forms_library.importing.report import Report
from forms_library.importing.source import Node

Options = dict[str, Any]
WIDTH = re.compile(r"^govuk-input--width-(2|3|4|5|10|20|30)$")
LONGEST_TEXT, LONGEST_LONG_TEXT = 1_000, 20_000
MOST_CHOICES = 300
CHARACTERS_A_WORD = 12
TEXTS = {
    "Para": "content", "Html": "content", "InsetText": "inset", "Details": "details", "WarningText": "warning",
    "List": "content", "FlashCard": "content",
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


def _width(options: Node) -> int | None:
    found = next((WIDTH.match(word) for word in str(options.value.get("classes") or "").split()), None)
    if found and str(options.value["classes"]).strip() == found[0]:
        options.ignore("classes")
    return int(found[1]) if found else None


def _short_text(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    pattern = schema.text("regex") or options.text("regex")
    least, most = schema.whole("min"), schema.whole("max") or schema.whole("length")
    if pattern:
        return "masked", {"pattern": pattern}
    return "short_text", {
        "min_length": least, "max_length": min(most, LONGEST_TEXT) if most else None, "width": _width(options),
    }  # fmt: skip


def _long_text(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    words, most = options.whole("maxWords"), schema.whole("max") or schema.whole("length")
    if words and not most:
        most = words * CHARACTERS_A_WORD
    schema.ignore("regex" if not schema.value.get("regex") else "max")
    rows = options.whole("rows")
    return "long_text", {
        "max_words": words or None, "max_length": min(most, LONGEST_LONG_TEXT) if most else LONGEST_LONG_TEXT,
        "rows": min(max(rows, 2), 30) if rows else None,
    }  # fmt: skip


def _number(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    least, most, places = schema.number("min"), schema.number("max"), schema.whole("precision")
    whole = schema.flag("integer") or places == 0
    made: Options = {"prefix": options.text("prefix") or None, "unit": options.text("suffix") or None}
    if whole:
        made |= {"min": None if least is None else int(least), "max": None if most is None else int(most)}
        width = _width(options)
        return "integer", made | ({"width": width} if width else {})
    made |= {
        "min": least,
        "max": most,
        "places": min(places, 6) if places else None,
        "width": _width(options),
    }
    made |= {word: repr(made[word]).removesuffix(".0") for word in ("min", "max") if made[word] is not None}
    return "decimal", made


def _date(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    past, future = options.whole("maxDaysInPast"), options.whole("maxDaysInFuture")
    return "date", {
        "earliest": None if past is None else f"today-{past}d" if past else "today",
        "latest": None if future is None else f"today+{future}d" if future else "today",
    }


def _date_time(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    fields = [
        {"key": "date", "type": "date", "label": {"en": "Date", "cy": "Dyddiad"}},
        {"key": "time", "type": "time", "label": {"en": "Time", "cy": "Amser"}},
    ]
    return "groupWithTime", {"fields": fields}


def _files(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    zone = options.child("dropzoneConfig")
    zone.ignore("parallelUploads")  # how many at once is not for the form to say
    least, most = options.whole("minimumRequiredFiles"), zone.whole("maxFiles")
    size = zone.whole("maxFilesize")
    types = kinds_of(zone.text("acceptedFiles").split(","), (*zone.path, "acceptedFiles"), zone.report)
    made: Options = {"min": least, "max": most, "max_megabytes": size, "types": types or None}
    return "files", made


def _file(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    return ("files", {}) if options.flag("multiple") else ("file", {})


def _plain(key: str) -> Callable[[Node, Node, Node], tuple[str, Options]]:
    return lambda node, options, schema: (key, {})


def _phone(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    _width(options)
    return "phone", {"region": "GB"}


def _email(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    return "email", {}


def _address(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    return "address", {"region": True, "own": False}


LISTED = {
    "RadiosField": "radio", "CheckboxesField": "checkbox_group", "SelectField": "select",
    "AutocompleteField": "autocomplete",
}  # fmt: skip
QUESTIONS: dict[str, Callable[[Node, Node, Node], tuple[str, Options]]] = {
    "TextField": _short_text,
    "FreeTextField": _long_text,
    "MultilineTextField": _long_text,
    "NumberField": _number,
    "YesNoField": _plain("yes_no"),
    "DateField": _date,
    "DatePartsField": _date,
    "DateTimeField": _date_time,
    "DateTimePartsField": _date_time,
    "TimeField": _plain("time"),
    "MonthYearField": _plain("month_year"),
    "UkAddressField": _address,
    "WebsiteField": _plain("url"),
    "EmailAddressField": _email,
    "TelephoneNumberField": _phone,
    "FileUploadField": _file,
    "ClientSideFileUploadField": _files,
    "MultiInputField": _plain("repeating_group"),
    **{kind: _plain(key) for kind, key in LISTED.items()},
}
