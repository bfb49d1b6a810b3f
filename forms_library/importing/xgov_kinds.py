"""Which kind of field a component of digital-form-builder becomes, with which settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.source import Node

Options = dict[str, Any]
WIDTH = re.compile(r"^govuk-input--width-(2|3|4|5|10|20|30)$")
LONGEST_TEXT, LONGEST_LONG_TEXT = 1_000, 20_000
CHARACTERS_A_WORD = 12


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
        "min_length": least, "max_length": min(most, LONGEST_TEXT) if most else None,
        "width": _width(options),
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
