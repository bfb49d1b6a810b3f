"""Words of Open Forms components that say nothing to who fills in the form, or only in another value."""

from typing import Any

from forms_library.importing.source import Node

# how the builder and the browser of the old system work; nobody who fills in the form is told
TECHNICAL = (
    "id", "input", "widget", "dbIndex", "overlay", "redrawOn", "refreshOn", "refreshOnChange",
    "tableView", "inputType", "inputFormat", "inputMode", "modalEdit", "calculateServer",
    "allowMultipleMasks", "allowCalculateOverride", "validateOn", "dataGridLabel", "keyModified",
    "fieldSet", "encrypted", "protected", "unique", "mask", "fixedSize", "autoExpand", "editor",
    "wysiwyg", "storage", "url", "options", "dir", "imageSize", "privateDownload", "useConfigFiletypes",
    "indexeddb", "template", "fuseOptions", "idPath", "lazyLoad", "limit", "searchEnabled",
    "searchField", "selectFields", "selectThreshold", "useExactSearch", "valueProperty", "ignoreCache",
    "clearOnRefresh", "minSearch", "authenticate", "filter", "customOptions", "enableDate",
    "enableTime", "enableSelection", "allowInput", "datePicker", "timePicker", "datepickerMode",
    "format", "dataFormat", "defaultDate", "shortcutButtons", "timezone", "time_24hr",
    "displayInTimezone", "useLocaleSettings", "tree", "decimalSymbol", "delimiter", "requireDecimal",
    "useConfigDefaultMapSettings", "of", "test", "resource", "headers", "uploadOnly", "image", "webcam",
)  # fmt: skip
# what stands in every component, and says something only in another value
USUAL: dict[str, tuple[Any, ...]] = {
    "clearOnHide": (True,), "persistent": (True,), "labelPosition": ("top",), "spellcheck": (True,),
    "showInSummary": (True,), "showInPDF": (True,), "dataSrc": ("values",), "fileMinSize": ("0KB",),
    "deriveStreetName": (False,), "layout": ("singleColumn",), "checkType": ("email",),
}  # fmt: skip
MASKS = {"time": "99:99", "bsn": "999999999", "postcode": "9999 AA"}


def ignore_usual(node: Node) -> None:
    """Pass over what says nothing; False of a setting that is usually on is named."""
    node.ignore(*TECHNICAL)
    for word, usual in USUAL.items():
        found = node.value.get(word)
        if any(found is one or (isinstance(one, str) and found == one) for one in usual):
            node.ignore(word)
        elif found is False:
            node.lost(word, "off", f'That "{word}" is switched off is not carried.')
    if node.value.get("inputMask") == MASKS.get(str(node.value.get("type"))):
        node.ignore("inputMask")
