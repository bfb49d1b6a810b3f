"""Which kind of field a component of Open Forms becomes, with which settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.files import kinds_of
from forms_library.importing.json_logic import is_day
from forms_library.importing.source import EMPTY, Node

Options = dict[str, Any]
Making = Callable[[Node, Node], tuple[str, Options]]
LONGEST_LONG_TEXT, CHARACTERS_A_WORD = 20_000, 12
SIZE = re.compile(r"(\d+)\s*(KB|MB|GB)", re.IGNORECASE)
# set by the form builder itself, with no meaning for who fills in the form
BUILDER = (
    "id", "input", "unique", "widget", "dbIndex", "overlay", "redrawOn", "tabindex", "autofocus",
    "encrypted", "hideLabel", "inputType", "modalEdit", "protected", "refreshOn", "tableView",
    "attributes", "persistent", "properties", "spellcheck", "validateOn", "dataGridLabel",
    "labelPosition", "showCharCount", "showWordCount", "calculateServer", "allowMultipleMasks",
    "allowCalculateOverride", "inputFormat", "inputMode", "mask", "fixedSize", "autoExpand",
    "clearOnHide", "storage", "imageSize", "webcam", "uploadOnly", "fuseOptions", "idPath", "lazyLoad",
    "limit", "searchEnabled", "selectThreshold", "indexeddb", "template", "dataSrc", "enableDate",
    "enableTime", "allowInput", "datePicker", "timePicker", "datepickerMode", "format", "dataFormat",
    "displayInTimezone", "time_24hr", "keyModified", "fieldSet", "url", "options", "inputMask",
    "wysiwyg", "editor", "refreshOnChange", "decimalSymbol", "delimiter", "requireDecimal",
    "fileMinSize", "filePattern", "useConfigFiletypes", "useConfigDefaultMapSettings", "dir", "image",
    "privateDownload", "of", "errorLabel", "showInSummary", "showInPDF", "showInEmail", "tags", "logic",
    "tree", "disableAddingRemovingRows",
)  # fmt: skip


def _text(node: Node, checks: Node) -> tuple[str, Options]:
    if pattern := checks.text("pattern"):
        return "masked", {"pattern": pattern}
    most = checks.whole("maxLength")
    return "short_text", {
        "min_length": checks.whole("minLength"),
        "max_length": min(most, 1_000) if most else None,
    }


def _textarea(node: Node, checks: Node) -> tuple[str, Options]:
    words, most, rows = checks.whole("maxWords"), checks.whole("maxLength"), node.whole("rows")
    most = most or (words * CHARACTERS_A_WORD if words else None)
    return "long_text", {
        "max_words": words, "max_length": min(most, LONGEST_LONG_TEXT) if most else LONGEST_LONG_TEXT,
        "rows": min(max(rows, 2), 30) if rows else None,
    }  # fmt: skip


def _number(node: Node, checks: Node) -> tuple[str, Options]:
    checks.ignore("step")
    places = node.whole("decimalLimit")
    options: Options = {"prefix": node.text("prefix") or None, "unit": node.text("suffix") or None}
    limits = {word: checks.number(word) for word in ("min", "max")}
    if places == 0 or checks.flag("integer"):
        return "integer", options | {word: int(limit) for word, limit in limits.items() if limit is not None}
    written = {word: repr(limit).removesuffix(".0") for word, limit in limits.items() if limit is not None}
    return "decimal", options | written | {"places": min(places, 6) if places else None}


def _currency(node: Node, checks: Node) -> tuple[str, Options]:
    limits = {word: checks.number(word) for word in ("min", "max")}
    written = {word: repr(limit).removesuffix(".0") for word, limit in limits.items() if limit is not None}
    node.ignore("decimalLimit")
    return "currency", {"currency": node.text("currency") or "EUR", **written}


def _date(node: Node, checks: Node) -> tuple[str, Options]:
    limits: Options = {}
    settings = node.child("openForms")
    settings.ignore("translations")
    for foreign, own in (("minDate", "earliest"), ("maxDate", "latest")):
        limit = settings.child(foreign)
        limit.ignore("mode", "includeToday", "operator", "variable", "delta")
        node.child("datePicker").ignore(*node.child("datePicker").value)
        value = node.child("datePicker").value.get(foreign)
        mode = limit.value.get("mode")
        if mode in ("future", "past"):
            limits[own] = "today"
        elif is_day(value):
            limits[own] = str(value)[:10]
        elif value not in EMPTY or mode == "relativeToVariable":
            node.report.lost(limit.path, "limit", "This limit of the date is not carried.")
    return "date", limits


def _file(node: Node, checks: Node) -> tuple[str, Options]:
    most, size = node.whole("maxNumberOfFiles"), SIZE.match(node.text("fileMaxSize"))
    file = node.child("file")
    file.ignore("name", "allowedTypesLabels")
    types = file.get("type")
    kinds = kinds_of(
        [str(one) for one in types] if isinstance(types, list) else [], (*file.path, "type"), node.report
    )
    options: Options = {"types": kinds or None}
    if size:
        megabytes = int(size[1]) * {"KB": 0, "MB": 1, "GB": 1000}[size[2].upper()]
        options["max_megabytes"] = min(max(megabytes, 1), 100)
        if megabytes > 100:
            node.report.changed((*node.path, "fileMaxSize"), "file_size", "Here a file has at most 100 MB.")
    if node.flag("multiple"):
        return "files", {**options, "max": most, "min": 1 if checks.flag("required") else 0}
    return "file", options


def _map(node: Node, checks: Node) -> tuple[str, Options]:
    wanted = node.child("interactions")
    for word in ("polygon", "polyline"):
        if wanted.flag(word):
            wanted.lost(word, "map", "Lines and areas are not drawn here: one point is asked.")
    wanted.ignore("marker")
    return "map_point", {}


def _people(*parts: tuple[str, str, str]) -> Making:
    def made(node: Node, checks: Node) -> tuple[str, Options]:
        node.report.changed(node.path, "people", "People from a register are asked for row by row here.")
        fields = [{"key": key, "type": kind, "label": label, "required": False} for key, kind, label in parts]
        return "repeating_group", {"fields": fields, "min": 0}

    return made


def _contact(node: Node, checks: Node) -> tuple[str, Options]:
    node.report.changed(node.path, "contact", "What a profile holds is asked for in single questions here.")
    wanted = node.get("digitalAddressTypes")
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
    node.report.changed(node.path, "date_time", "A date with time becomes a date and a time.")
    node.ignore("openForms")
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
    node.report.changed(node.path, "address", "An address is asked for in its usual lines here.")
    node.ignore("deriveAddress", "layout")
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
    "time": _plain("time"),
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
