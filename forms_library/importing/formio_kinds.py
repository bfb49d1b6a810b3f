"""Which kind of field a component of Open Forms becomes, with which settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.json_logic import is_day
from forms_library.importing.numbers import plain_number
from forms_library.importing.source import Node, is_empty

Options = dict[str, Any]
Making = Callable[[Node, Node], tuple[str, Options]]
LONGEST_LONG_TEXT, CHARACTERS_A_WORD = 20_000, 12
SIZE = re.compile(r"(\d{1,12})\s*(KB|MB|GB)", re.IGNORECASE)


def _text(node: Node, checks: Node) -> tuple[str, Options]:
    if pattern := checks.text("pattern"):
        return "masked", {"pattern": pattern, "max_length": checks.within("maxLength", 1, 500) or 500}
    least, most = checks.within("minLength", 0, 1_000), checks.within("maxLength", 1, 1_000)
    return "short_text", {"min_length": least, "max_length": most}


def _textarea(node: Node, checks: Node) -> tuple[str, Options]:
    words, rows = checks.within("maxWords", 1, 5_000), node.within("rows", 2, 30)
    least, most = (checks.within(word, 0, LONGEST_LONG_TEXT) for word in ("minLength", "maxLength"))
    most = most or min(words * CHARACTERS_A_WORD if words else LONGEST_LONG_TEXT, LONGEST_LONG_TEXT)
    return "long_text", {"max_words": words, "max_length": most, "min_length": least, "rows": rows}


def _number(node: Node, checks: Node) -> tuple[str, Options]:
    places = node.within("decimalLimit", 0, 6)
    checks.ignore("step" if checks.value.get("step") in ("any", "", None) else "required")
    options: Options = {"prefix": node.text("prefix") or None, "unit": node.text("suffix") or None}
    if places == 0 or checks.flag("integer"):
        return "integer", options | {word: checks.whole(word) for word in ("min", "max")}
    return "decimal", options | _limits(checks) | {"places": places}


def _limits(checks: Node) -> Options:
    limits = {word: checks.number(word) for word in ("min", "max")}
    return {word: plain_number(limit) for word, limit in limits.items() if limit is not None}


def _currency(node: Node, checks: Node) -> tuple[str, Options]:
    node.ignore("decimalLimit" if node.value.get("decimalLimit") == 2 else "currency")
    checks.ignore("step" if checks.value.get("step") in ("any", "", None) else "required")
    return "currency", {"currency": node.text("currency") or "EUR", **_limits(checks)}


def _time(node: Node, checks: Node) -> tuple[str, Options]:
    limits = {"earliest": "minTime", "latest": "maxTime"}
    return "time", {own: (checks.text(word) or node.text(word))[:5] or None for own, word in limits.items()}


def _date(node: Node, checks: Node) -> tuple[str, Options]:
    limits: Options = {}
    settings, picker = node.child("openForms"), node.child("datePicker")
    picker.ignore(*picker.value)
    for foreign, own in (("minDate", "earliest"), ("maxDate", "latest")):
        limit = settings.child(foreign)
        limit.ignore(*limit.value)
        mode, value = limit.value.get("mode"), picker.value.get(foreign)
        if mode in ("future", "past"):
            limits[own] = "today"
            node.report.changed(limit.path, "limit", "This limit of the date becomes today.")
        elif is_day(value):
            limits[own] = str(value)[:10]
        elif not is_empty(value) or mode == "relativeToVariable":
            at = limit.path if limit.value else (*picker.path, foreign)
            node.report.lost(at, "limit", "This limit of the date is not carried.")
    return "date", limits


def _file(node: Node, checks: Node) -> tuple[str, Options]:
    file = node.child("file")
    types = file.get("type")
    file.ignore("allowedTypesLabels")
    kinds = kinds_of(
        [str(one) for one in types] if isinstance(types, list) else [file.text("type")],
        (*file.path, "type"), node.report,
    )  # fmt: skip
    options: Options = {"types": kinds or None, "max_megabytes": _megabytes(node)}
    if node.flag("multiple"):
        most = node.within("maxNumberOfFiles", 1, 50)
        return "files", {**options, "max": most, "min": 1 if checks.flag("required") else 0}
    return "file", options


def _megabytes(node: Node) -> int | None:
    text = node.text("fileMaxSize")
    found = SIZE.fullmatch(text)
    if not found:
        if text:
            node.lost("fileMaxSize", "file_size", "This size of a file is not understood.")
        return None
    size = int(found[1]) * {"KB": 0.001, "MB": 1, "GB": 1_000}[found[2].upper()]
    kept = int(min(max(size, 1), 100))
    if kept != size:
        sentence = f"Here a file has whole megabytes, 100 at most: this becomes {kept}."
        node.report.changed((*node.path, "fileMaxSize"), "file_size", sentence)
    return kept


def _map(node: Node, checks: Node) -> tuple[str, Options]:
    wanted = node.child("interactions")
    for word in ("polygon", "polyline"):
        if wanted.flag(word):
            wanted.lost(word, "map", "Lines and areas are not drawn here: one point is asked.")
    wanted.ignore("marker")
    return "map_point", {}


def _people(*parts: tuple[str, str, str]) -> Making:
    def made(node: Node, checks: Node) -> tuple[str, Options]:
        node.report.changed(
            (*node.path, "type"), "people", "People from a register are asked for in rows here."
        )
        fields = [{"key": key, "type": kind, "label": label, "required": False} for key, kind, label in parts]
        return "repeating_group", {"fields": fields, "min": 0}

    return made


def _contact(node: Node, checks: Node) -> tuple[str, Options]:
    sentence = "What a profile holds is asked for in single questions here."
    node.report.changed((*node.path, "type"), "contact", sentence)
    wanted = node.get("digitalAddressTypes")
    if wanted:
        node.report.changed((*node.path, "digitalAddressTypes"), "contact", sentence)
    names = wanted if isinstance(wanted, list) and wanted else ["email", "phoneNumber"]
    fields = [
        {
            "key": "email",
            "type": "email",
            "label": {"en": "E-mail address", "nl": "E-mailadres"},
            "required": False,
        }
        if name == "email"
        else {
            "key": "phone",
            "type": "phone",
            "label": {"en": "Phone number", "nl": "Telefoonnummer"},
            "required": False,
        }
        for name in dict.fromkeys(names)
    ]
    return "group", {"fields": fields}


def _date_time(node: Node, checks: Node) -> tuple[str, Options]:
    node.report.changed((*node.path, "type"), "date_time", "A date with time becomes a date and a time.")
    fields = [
        {"key": "date", "type": "date", "label": {"en": "Date", "nl": "Datum"}},
        {"key": "time", "type": "time", "label": {"en": "Time", "nl": "Tijd"}},
    ]
    return "group", {"fields": fields}


def _plain(key: str, **options: Any) -> Making:
    return lambda node, checks: (key, dict(options))


def _phone(node: Node, checks: Node) -> tuple[str, Options]:
    checks.ignore("pattern" if not checks.value.get("pattern") else "required")
    return "phone", {"region": "NL"}


def _address(node: Node, checks: Node) -> tuple[str, Options]:
    sentence = "An address is asked for in its usual lines here."
    node.report.changed((*node.path, "type"), "address", sentence)
    return "address", {"own": False}


PERSON = (("bsn", "national_id", "BSN"), ("first_names", "short_text", "First names"),
          ("last_name", "short_text", "Last name"), ("date_of_birth", "date", "Date of birth"))  # fmt: skip
QUESTIONS: dict[str, Making] = {
    "textfield": _text,
    "textarea": _textarea,
    "email": _plain("email"),
    "phoneNumber": _phone,
    "number": _number,
    "currency": _currency,
    "date": _date,
    "datetime": _date_time,
    "time": _time,
    "checkbox": _plain("checkbox"),
    "file": _file,
    "bsn": _plain("national_id", pattern="999999999", checksum="nl.bsn"),
    "iban": _plain("masked", pattern="[A-Za-z]{2}[0-9]{2}[A-Za-z0-9 ]{11,40}"),
    "postcode": _text,
    "licenseplate": _text,
    "signature": _plain("drawn_signature"),
    "map": _map,
    "addressNL": _address,
    "partners": _people(*PERSON),
    "children": _people(*PERSON),
    "customerProfile": _contact,
    "cosign": _plain("email"),
}
