"""Which kind of field a component of digital-form-builder becomes, with which settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.localised import said
from forms_library.importing.numbers import plain_number
from forms_library.importing.patterns import whole_pattern
from forms_library.importing.prose import to_plain
from forms_library.importing.source import Node

Options = dict[str, Any]
WIDTH = re.compile(r"^govuk-input--width-(2|3|4|5|10|20|30)$")
LONGEST_CODE, LONGEST_TEXT, LONGEST_LONG_TEXT = 500, 1_000, 20_000
MOST_WORDS, MOST_PLACES, MOST_DAYS, MOST_FILES, LARGEST_FILE = 5_000, 6, 9_999, 50, 100
CHARACTERS_A_WORD = 12


def _width(options: Node) -> int | None:
    found = next((WIDTH.match(word) for word in str(options.value.get("classes") or "").split()), None)
    if found and str(options.value["classes"]).strip() == found[0]:
        options.ignore("classes")
    return int(found[1]) if found else None


def _short_text(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    holder = schema if schema.text("regex") else options
    if holder.text("regex"):
        pattern = whole_pattern(holder, "regex")
        most = _longest(schema, LONGEST_CODE)
        return "masked", {"pattern": pattern} | (
            {"max_length": most} if most else {"max_length": LONGEST_CODE}
        )
    exact, least = _exact(schema, LONGEST_TEXT), schema.within("min", 0, LONGEST_TEXT)
    return "short_text", {
        "min_length": exact if least is None else least,
        "max_length": schema.within("max", 1, LONGEST_TEXT) or exact,
        "width": _width(options),
    }  # fmt: skip


def _longest(schema: Node, most: int) -> int | None:
    return schema.within("max", 1, most) or _exact(schema, most)


def _exact(schema: Node, most: int) -> int | None:
    """How long a text must be; other limits go first."""
    if schema.value.get("max") or schema.value.get("min"):
        return None
    return schema.within("length", 1, most)


def _long_text(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    words, most = options.within("maxWords", 1, MOST_WORDS), _longest(schema, LONGEST_LONG_TEXT)
    if words and not most:
        most = words * CHARACTERS_A_WORD
    schema.ignore("regex" if not schema.value.get("regex") else "max")
    return "long_text", {
        "max_words": words, "max_length": min(most, LONGEST_LONG_TEXT) if most else LONGEST_LONG_TEXT,
        "min_length": schema.within("min", 0, LONGEST_LONG_TEXT), "rows": options.within("rows", 2, 30),
    }  # fmt: skip


def _number(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    places = schema.within("precision", 0, MOST_PLACES)
    made: Options = {"prefix": said(options, "prefix", to_plain) or None,
                     "unit": said(options, "suffix", to_plain) or None}  # fmt: skip
    if schema.flag("integer") or places == 0:
        if schema.flag("integer") and places:
            schema.lost("precision", "setting", "A whole number has no decimal places.")
        width = _width(options)
        limits = {"min": schema.whole("min"), "max": schema.whole("max")}
        return "integer", made | limits | ({"width": width} if width else {})
    bounds = {word: schema.number(word) for word in ("min", "max")}
    written = {word: plain_number(limit) for word, limit in bounds.items() if limit is not None}
    return "decimal", made | {"places": places, "width": _width(options)} | written


def _date(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    past, future = (
        options.within("maxDaysInPast", 0, MOST_DAYS),
        options.within("maxDaysInFuture", 0, MOST_DAYS),
    )
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
    least = options.within("minimumRequiredFiles", 0, MOST_FILES)
    most, size = zone.within("maxFiles", 1, MOST_FILES), zone.within("maxFilesize", 1, LARGEST_FILE)
    types = kinds_of(zone.text("acceptedFiles").split(","), (*zone.path, "acceptedFiles"), zone.report)
    made: Options = {"min": least, "max": most, "max_megabytes": size, "types": types or None}
    return "files", made


def _file(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
    return ("files", {}) if options.flag("multiple") else ("file", {})


def _plain(key: str) -> Callable[[Node, Node, Node], tuple[str, Options]]:
    return lambda node, options, schema: (key, {})


def _phone(node: Node, options: Node, schema: Node) -> tuple[str, Options]:
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
