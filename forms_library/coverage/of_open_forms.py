"""The pieces of an Open Forms export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from forms_library.coverage.open_forms_defects import configuration_of, defects, parts_of
from forms_library.coverage.pieces import TITLE, WHOLE, Path, Piece, dicts, is_blank, settings, strays
from forms_library.coverage.xgov_defects import text

__all__ = ["defects", "is_askable", "pieces"]

HANGING = ("type", "key", "components", "columns", "values", "data", "conditional", "hidden", "input", "id")
# how the builder and the browser work: it says nothing to who fills in the form
TECHNICAL = (
    "tableView", "dbIndex", "redrawOn", "refreshOn", "overlay", "widget", "inputType", "inputFormat",
    "inputMode", "modalEdit", "calculateServer", "allowMultipleMasks", "allowCalculateOverride", "validateOn",
    "dataGridLabel", "keyModified", "fieldSet", "encrypted", "protected", "unique", "mask", "fixedSize",
    "autoExpand", "editor", "wysiwyg", "storage", "url", "options", "dir", "imageSize", "privateDownload",
    "useConfigFiletypes", "indexeddb", "template", "fuseOptions", "idPath", "lazyLoad", "limit",
    "searchEnabled", "searchField", "selectFields", "selectThreshold", "useExactSearch", "valueProperty",
    "ignoreCache", "clearOnRefresh", "refreshOnChange", "minSearch", "authenticate", "filter",
    "customOptions", "enableDate", "enableTime", "enableSelection", "allowInput", "datePicker", "timePicker",
    "datepickerMode", "format", "dataFormat", "defaultDate", "shortcutButtons", "timezone", "time_24hr",
    "displayInTimezone", "useLocaleSettings", "tree", "decimalSymbol", "delimiter", "requireDecimal",
    "useConfigDefaultMapSettings", "of", "test", "uploadOnly", "image", "webcam",
)  # fmt: skip
ON = ("clearOnHide", "persistent", "spellcheck", "showInSummary", "showInPDF")
USUAL = {
    ("labelPosition", "top"), ("dataSrc", "values"), ("fileMinSize", "0KB"), ("layout", "singleColumn"),
    ("checkType", "email"), ("step", "any"), ("mode", "fixedValue"),
}  # fmt: skip
MASKS = ("99:99", "999999999", "9999 AA")
WHERE: dict[str, tuple[str, ...]] = {
    "maxLength": ("max_length", "max"), "minLength": ("min_length", "min"), "maxWords": ("max_words",),
    "pattern": ("pattern",), "min": ("min",), "max": ("max",), "decimalLimit": ("places",), "rows": ("rows",),
    "prefix": ("prefix",), "suffix": ("unit",), "maxNumberOfFiles": ("max",), "currency": ("currency",),
}  # fmt: skip
BECOMES: dict[str, tuple[str, ...]] = {
    "textfield": ("short_text", "masked"), "postcode": ("short_text", "masked"), "iban": ("masked",),
    "licenseplate": ("short_text", "masked"), "textarea": ("long_text",), "email": ("email",),
    "cosign": ("email",), "phoneNumber": ("phone",), "number": ("integer", "decimal"),
    "currency": ("currency",), "date": ("date",), "time": ("time",), "checkbox": ("checkbox",),
    "selectboxes": ("checkbox_group",), "radio": ("radio", "autocomplete"), "bsn": ("national_id",),
    "select": ("select", "checkbox_group", "autocomplete"), "file": ("file", "files"), "map": ("map_point",),
    "signature": ("drawn_signature",), "editgrid": ("repeating_group",), "content": ("content", "warning"),
    "fieldset": ("section",),
}  # fmt: skip
MEGABYTES = re.compile(r"(\d+)\s*MB", re.IGNORECASE)
HOLDERS = ("fieldset", "columns", "well", "panel")


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Steps, components at any depth, their settings, items, conditions, rules, and all else."""
    if "components" in document and "forms" not in document:
        yield from _components(document, ())
        known: tuple[str, ...] = ("components", "display", "type", "title", "name")
        yield from settings(document, (), WHOLE, known)
        return
    parts = parts_of(document)
    for number, step in dicts(parts.get("formSteps")):
        yield Piece("page", ("formSteps", number), text(step, "uuid") or text(step, "url"))
    for number, definition in dicts(parts.get("formDefinitions")):
        at: Path = ("formDefinitions", number, "configuration")
        yield from _components(configuration_of(definition), at)
    for number, rule in dicts(parts.get("formLogic")):
        yield from _rule(rule, ("formLogic", number), parts)
    for number, form in dicts(parts.get("forms")):
        known = ("name", "uuid", "steps", "active", "is_deleted", "maintenance_mode")
        yield from settings(form, ("forms", number), WHOLE, known)
        if len(dicts(parts.get("forms"))) == 1 and form.get("name"):
            yield Piece("option", ("forms", number, "name"), TITLE, form["name"])
    for word in ("formSteps", "formDefinitions", "formLogic", "forms"):
        yield from strays(parts.get(word), (word,))


def is_askable(document: dict[str, Any]) -> bool:
    """Whether there is anything that could become a form."""
    parts = parts_of(document)
    found = (document.get("components"), dicts(parts.get("formSteps")), dicts(parts.get("formDefinitions")))
    return any(found)


def _components(holder: dict[str, Any], at: Path) -> Iterator[Piece]:
    for index, component in dicts(holder.get("components")):
        yield from _component(component, (*at, "components", index))
    for index, column in dicts(holder.get("columns")):
        yield from _components(column, (*at, "columns", index))
    yield from strays(holder.get("components"), (*at, "components"))


def _component(component: dict[str, Any], at: Path) -> Iterator[Piece]:
    name, kind = text(component, "key")[:500], text(component, "type")
    if kind not in HOLDERS or (kind == "fieldset" and component.get("label")):
        yield Piece("component", at, name, kind, where=BECOMES.get(kind, ("-",)))
    condition = component.get("conditional")
    inside = _asks_inside(component)
    if isinstance(condition, dict) and not is_blank(condition.get("when")):
        yield Piece("condition", (*at, "conditional"), inside or name, condition)
    if component.get("hidden"):
        yield Piece("condition", (*at, "hidden"), inside or name, True)
    for piece in settings(component, at, name, (*HANGING, *TECHNICAL)):
        yield from _meant(piece, len(at), component)
    for word in ON:
        if component.get(word) is False:
            yield Piece("option", (*at, word), WHOLE, False)
    data = component.get("data")
    values = component.get("values") or (data.get("values") if isinstance(data, dict) else None)
    holder: Path = ("values",) if component.get("values") else ("data", "values")
    for index, item in dicts(values):
        if item.get("value") or item.get("label"):
            place = (*at, *holder, index)
            yield Piece("item", place, name, (text(item, "value") or text(item, "label"), item.get("label")))
            yield from settings(item, place, name, ("value", "label"))
    yield from _components(component, at)


def _asks_inside(component: dict[str, Any]) -> str:
    """Of what only holds others, one of those that show whether it is shown."""
    if component.get("type") not in HOLDERS or component.get("type") == "fieldset":
        return ""
    inside = [part for _, part in dicts(component.get("components"))]
    for _, column in dicts(component.get("columns")):
        inside += [part for _, part in dicts(column.get("components"))]
    return text(inside[0], "key") if inside else ""


def _meant(piece: Piece, depth: int, component: dict[str, Any]) -> Iterator[Piece]:
    """What is usual says nothing; a sensitive answer, several answers and a size are kept in our words."""
    word, value, kind = str(piece.path[-1]), piece.value, str(component.get("type"))
    first = str(piece.path[depth])
    if value is True and word in (*ON, "marker"):
        return
    if _is_unused_limit(piece.path[depth:], component):
        return
    if (word, value) in USUAL or (word == "inputMask" and value in MASKS):
        return
    if kind == "content" and first in ("label", "validate", "isSensitiveData"):
        return
    if kind in ("fieldset", "columns") and first in ("hideHeader", "label") and component.get("hideHeader"):
        return
    where = WHERE.get(word, ())
    if word == "isSensitiveData" and value is True:
        value, where = "sensitive", ("data_class",)
    elif word == "multiple" and value is True:
        value, where = ("files" if kind == "file" else "checkbox_group"), ("type",)
    elif (word == "decimalLimit" and value == 0) or (word == "integer" and kind == "number"):
        value, where = "integer", ("type",)
    elif word == "fileMaxSize" and (size := MEGABYTES.fullmatch(str(value))):
        value, where = int(size[1]), ("max_megabytes",)
    yield Piece("option", piece.path, piece.owner, value, where=where)


def _is_unused_limit(place: Path, component: dict[str, Any]) -> bool:
    """A limit of a day counts from a variable only in that mode."""
    settings_ = component.get("openForms")
    if place[:1] != ("openForms",) or len(place) < 3 or not isinstance(settings_, dict):
        return False
    limit = settings_.get(str(place[1])) if place[1] in ("minDate", "maxDate") else None
    mode = limit.get("mode") if isinstance(limit, dict) else "relativeToVariable"
    return mode in ("", None, "fixedValue") or (
        mode in ("future", "past") and place[2] not in ("mode", "includeToday")
    )


def _rule(rule: dict[str, Any], at: Path, parts: dict[str, Any]) -> Iterator[Piece]:
    """A rule is kept where one of its actions is."""
    uses = [
        Piece("condition", (*at, "actions", index), *_changed(action, parts))
        for index, action in dicts(rule.get("actions"))
    ]
    yield from uses
    never = Piece("page", ("nowhere",), WHOLE)
    yield Piece("condition", at, WHOLE, rule.get("json_logic_trigger"), uses=(*uses, never))
    known = ("uuid", "url", "form", "order", "is_advanced", "json_logic_trigger", "actions")
    yield from settings(rule, at, WHOLE, known)
    yield from strays(rule.get("actions"), (*at, "actions"))


def _changed(action: dict[str, Any], parts: dict[str, Any]) -> tuple[str, Any, str, tuple[str, ...]]:
    """What an action changes: a component, or a step by the identifier that its page keeps."""
    what = action.get("action")
    kind = what.get("type") if isinstance(what, dict) else None
    if kind == "property":
        return text(action, "component"), kind, "", ()
    names = {
        str(action.get(word) or "") for word in ("form_step_uuid", "form_step", "formStepUuid", "formStep")
    }
    for _, step in dicts(parts.get("formSteps")):
        if {str(step.get("url")), str(step.get("uuid"))} & (names - {""}):
            return text(step, "uuid") or text(step, "url"), kind, "", ("page",)
    return "", kind, "", ("pages",)
