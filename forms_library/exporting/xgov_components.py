"""Fields become components of digital-form-builder."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt

from engine.core.problems import Part
from engine.core.text import Text
from forms_library.definition import Field
from forms_library.exporting.xgov_settings import text_of, write_files, write_settings
from forms_library.importing.prose import is_plain
from forms_library.importing.report import Report

Json = dict[str, Any]
TEXTS = {
    "content": "Html", "paragraph": "Para", "inset": "InsetText", "details": "Details",
    "warning": "WarningText", "heading": "Html",
}  # fmt: skip
LISTED = {"radio": "RadiosField", "checkbox_group": "CheckboxesField", "select": "SelectField",
          "autocomplete": "AutocompleteField"}  # fmt: skip
QUESTIONS = {
    "short_text": "TextField", "masked": "TextField", "long_text": "MultilineTextField",
    "integer": "NumberField", "decimal": "NumberField", "currency": "NumberField",
    "yes_no": "YesNoField", "date": "DatePartsField",
    "time": "TimeField", "month_year": "MonthYearField", "address": "UkAddressField", "url": "WebsiteField",
    "email": "EmailAddressField", "phone": "TelephoneNumberField", "file": "FileUploadField",
    "files": "ClientSideFileUploadField", "repeating_group": "MultiInputField", "table": "MultiInputField",
    **LISTED,
}  # fmt: skip
# fields that come back as another kind: what they are there
ALIKE = {"currency": "a number", "table": "rows", "divider": "nothing"}
HTML = MarkdownIt("commonmark", {"html": False})
SECTION = re.compile(r"^(.*)\.([^.]+)$")


def name_of(field: Field) -> tuple[str, str]:
    """The section and the name of a field, as it had them or as its key gives them."""
    found = SECTION.match(field.origin or "")
    return (found[1], found[2]) if found else ("", field.origin or field.key)


class Components:
    """Writes components, and the lists that they need."""

    def __init__(self, language: str, report: Report) -> None:
        self.language, self.report = language, report
        self.lists: list[Json] = []
        self.conditions: list[tuple[Json, str, tuple[Part, ...]]] = []
        """Items that are offered at times: the item, its rule and its place."""

    def component(self, field: Field, at: tuple[Part, ...]) -> Json | None:
        """The component of a field; None when there is none."""
        if field.type == "divider":
            return None
        if field.type in TEXTS:
            return self._text(field, at)
        if field.type not in QUESTIONS:
            self.report.lost(at, "type", f'There is no component for the field type "{field.type}".')
            return None
        component: Json = {
            "name": name_of(field)[1], "type": QUESTIONS[field.type], "title": text_of(field.label),
            "options": {} if field.required else {"required": False}, "schema": {},
        }  # fmt: skip
        if field.hint:
            component["hint"] = text_of(field.hint)
        if field.type in ALIKE or (field.type == "masked" and not field.options.get("pattern")):
            wanted = ALIKE.get(field.type, "a text")
            self.report.changed((*at, "type"), "type", f'A field "{field.type}" becomes {wanted} there.')
        self._settings(field, component, at)
        self._unsaid(field, at)
        return component

    def _unsaid(self, field: Field, at: tuple[Part, ...]) -> None:
        """What no component can say of a question."""
        if field.required_when:
            self.report.lost(
                (*at, "required_when"), "condition", "What is required only at times is written as it is."
            )
        for word in ("phrase", "errors", "prefill"):
            if getattr(field, word):
                self.report.lost((*at, word), "word", f'A component has no "{word}".')
        if field.data_class != "personal":
            self.report.lost((*at, "data_class"), "word", "A component has no class of its data.")

    def _text(self, field: Field, at: tuple[Part, ...]) -> Json:
        said = Text.model_validate(field.options.get("text") or "")
        text = (said or field.label).in_(self.language)
        content = HTML.render(text)
        if field.type in ("inset", "warning", "heading") and is_plain(text):
            content = text  # read again as it is
        elif field.type in ("inset", "warning"):
            self.report.changed(at, "text", "A short text with signs of markup becomes a usual text there.")
        if len((said or field.label).languages()) > 1:
            self.report.lost((*at, "options", "text"), "language", "A text is written in one language.")
        component: Json = {
            "name": field.origin or field.key,
            "type": TEXTS[field.type],
            "options": {},
            "schema": {},
        }
        self._unsaid(field, at)
        if field.hint:
            self.report.lost((*at, "hint"), "hint", "A text has no help there.")
        if field.type in ("heading", "paragraph"):
            self.report.changed((*at, "type"), "type", "A heading or paragraph becomes a usual text there.")
        if field.type == "details":
            component["title"] = text_of(field.label)
        elif said and field.label:
            self.report.lost((*at, "label"), "label", "A text has no label there.")
        return {**component, "content": content}

    def _settings(self, field: Field, component: Json, at: tuple[Part, ...]) -> None:
        given, options = dict(field.options), component["options"]
        if field.type in LISTED:
            component["list"] = self._list(field, given.pop("choices", []), at)
            if none := given.pop("none", None):
                self.lists[-1]["items"].append({"text": text_of(none), "value": "none"})
                options |= {"behaviour": "exclusive", "behaviourItemValue": "none"}
        elif field.type in ("repeating_group", "table"):
            self._rows(field, given, component, at)
        elif field.type in ("file", "files"):
            write_files(field, given, component, at, self.report)
        write_settings(field, given, component, at, self.report)
        if field.type == "long_text" and "maxWords" in options:
            component["type"] = "FreeTextField"
        if field.type == "integer":
            component["schema"]["integer"] = True

    def _rows(self, field: Field, given: Json, component: Json, at: tuple[Part, ...]) -> None:
        word = "fields" if "fields" in given else "columns"
        children = [Field.model_validate(child) for child in given.pop(word, [])]
        made = [self._in_row(child, (*at, "options", word, number)) for number, child in enumerate(children)]
        component["children"] = [child for child in made if child is not None]
        component["options"].setdefault("required", field.required)
        if not component["children"]:
            self.report.lost(at, "rows", "Of these rows nothing is left there.")
        if given.get("min", 0) == int(field.required):
            given.pop("min", None)

    def _in_row(self, field: Field, at: tuple[Part, ...]) -> Json | None:
        if field.show_when:
            sentence = "What is shown only at times in a row is always shown there."
            self.report.lost((*at, "show_when"), "condition", sentence)
        return self.component(field, at)

    def _list(self, field: Field, choices: list[Json], at: tuple[Part, ...]) -> str:
        name = f"list_{len(self.lists) + 1}_{field.key}"
        items = []
        for number, choice in enumerate(choices):
            item = {"text": text_of(choice["label"]), "value": choice.get("origin") or choice["key"]}
            if choice.get("hint"):
                item["description"] = text_of(choice["hint"])
            if choice.get("show_when"):
                place = (*at, "options", "choices", number, "show_when")
                self.conditions.append((item, choice["show_when"], place))
            items.append(item)
        title = field.label.in_(self.language)
        self.lists.append({"name": name, "title": title, "type": "string", "items": items})
        return name
