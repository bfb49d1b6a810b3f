"""Everything that exports of Open Forms are known to hold: types, settings, actions."""

from __future__ import annotations

from typing import Any

TYPES = (
    "textfield", "email", "date", "datetime", "time", "phoneNumber", "file", "textarea", "number", "select",
    "checkbox", "selectboxes", "currency", "radio", "iban", "licenseplate", "bsn", "postcode", "addressNL",
    "map", "signature", "password", "coSign", "cosign", "npFamilyMembers", "editgrid", "content", "columns",
    "fieldset", "softRequiredErrors", "partners", "children", "customerProfile", "somethingNew",
)  # fmt: skip
TRANSLATED = {"en": {"label": "An English label", "description": ""}, "nl": {"label": "NL"}}
SETTINGS: dict[str, tuple[Any, ...]] = {
    "label": ("A label", "", "<b>L</b>"), "description": ("Help", ""), "tooltip": ("More help",),
    "hidden": (True, False), "clearOnHide": (True, False), "isSensitiveData": (True, False),
    "multiple": (True,), "defaultValue": ("x", 5, {"a": True}, {"a": False}, ["a"], None),
    "placeholder": ("Example",), "prefix": ("€",), "suffix": ("kg",), "decimalLimit": (0, 2, 9, "x"),
    "currency": ("EUR", "XXX"), "rows": (3, 99), "showInSummary": (True, False), "showInEmail": (True,),
    "showInPDF": (False,), "showCharCount": (True,), "hideLabel": (True,), "disabled": (True,),
    "readOnlyValue": (True,), "customClass": ("warning", "info", "x"), "autocomplete": ("given-name",),
    "inputMask": ("99-99", "9999 AA"), "spellcheck": (False,), "deriveAddress": (True,),
    "prefill": ({"plugin": "haalcentraal", "attribute": "naam"}, {"plugin": "", "attribute": ""}),
    "registration": ({"attribute": "initiator_voornamen"},), "layout": ("doubleColumn",),
    "fileMaxSize": ("10MB", "500KB", "2GB", "big"), "maxNumberOfFiles": (1, 3, 99),
    "image": ({"resize": {}},),
    "file": (
        {"name": "x", "type": ["image/png", "video/mp4"], "allowedTypesLabels": [".png"]}, {"type": "x"},
    ),
    "openForms": (
        {"translations": TRANSLATED}, {"dataSrc": "variable", "itemsExpression": {"var": "x"}},
        {"minDate": {"mode": "future", "includeToday": True}}, {"softRequired": True},
        {"maxDate": {"mode": "relativeToVariable", "variable": "now", "delta": {"days": 3}}},
    ),
    "datePicker": ({"minDate": "2024-01-01", "maxDate": None}, {"maxDate": "soon"}),
    "maxTime": ("18:00:00",), "groupLabel": ("Person",), "addAnother": ("More",), "hideHeader": (True,),
    "disableAddingRemovingRows": (True,), "calculateValue": ("value = 1",), "customDefaultValue": ("x",),
    "customConditional": ("show = true",), "logic": ([{"name": "x"}],), "tags": (["a"],),
    "attributes": ({"a": "b"},), "errors": ({"required": "Say it"},), "errorLabel": ("x",), "inline": (True,),
    "translatedErrors": ({"nl": {"required": "Zeg het"}},), "digitalAddressTypes": (["email"], [], "x"),
    "interactions": ({"marker": True, "polygon": True},), "initialCenter": ({"lat": 52, "lng": 5},),
    "conditional": ({"json": {"==": [1, 1]}}, "x", {"show": True}),
}  # fmt: skip
CHECKS: dict[str, tuple[Any, ...]] = {
    "required": (True, False), "maxLength": (10, "30", 5_000, ""), "minLength": (0, 2, "3"),
    "maxWords": (5, "50"), "minWords": (2,), "pattern": ("[0-9]+", "(?=x)", ""), "min": (0, -5, "2.5"),
    "max": (10, "x", 1e20), "custom": ("valid = true",), "customMessage": ("No",), "plugins": (["kvk"],),
    "step": ("any", 5), "unique": (True,), "multiple": (True,), "onlyAvailableItems": (True,),
    "minTime": ("08:00:00",), "maxTime": ("x",), "integer": (True,),
}  # fmt: skip
ACTIONS: tuple[dict[str, Any], ...] = (
    {"type": "property", "property": {"value": "hidden", "type": "bool"}, "state": True},
    {"type": "property", "property": {"value": "hidden", "type": "bool"}, "state": False},
    {"type": "property", "property": {"value": "validate.required", "type": "bool"}, "state": True},
    {"type": "property", "property": {"value": "validate.required", "type": "bool"}, "state": False},
    {"type": "property", "property": {"value": "disabled", "type": "bool"}, "state": True},
    {"type": "property", "property": {"value": "validate", "type": "object"}, "state": {"required": True}},
    {"type": "disable-next"}, {"type": "step-not-applicable"}, {"type": "step-applicable"},
    {"type": "variable", "value": {"+": [{"var": "a"}, 1]}}, {"type": "fetch-from-service", "value": 1},
    {"type": "evaluate-dmn", "config": {"plugin_id": "camunda7"}}, {"type": "odd"}, {},
    {"type": "set-registration-backend", "value": "k"}, {"type": "synchronize-variables", "config": {}},
)  # fmt: skip
