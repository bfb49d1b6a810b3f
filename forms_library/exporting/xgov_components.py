"""Fields become components of digital-form-builder."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt

from engine.core.problems import Part
from forms_library.definition import Field
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
MEDIA = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "txt": "text/plain", "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}  # fmt: skip
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

    def component(self, field: Field, at: tuple[Part, ...]) -> Json | None:
        """The component of a field; None when there is none."""
        if field.type == "divider":
            return None
        if field.type in TEXTS:
            return self._text(field)
        if field.type not in QUESTIONS:
            self.report.lost(at, "type", f'There is no component for the field type "{field.type}".')
            return None
        options: Json = {} if field.required else {"required": False}
        component: Json = {
            "name": name_of(field)[1], "type": QUESTIONS[field.type], "title": field.label.in_(self.language),
            "options": options, "schema": {},
        }  # fmt: skip
        if field.hint:
            component["hint"] = field.hint.in_(self.language)
        self._settings(field, component, at)
        if field.required_when:
            self.report.lost(
                (*at, "required_when"), "condition", "What is required only at times is written as it is."
            )
        return component

    def _text(self, field: Field) -> Json:
        said = field.options.get("text")
        text = self._in(said) if said else field.label.in_(self.language)
        component: Json = {
            "name": field.origin or field.key,
            "type": TEXTS[field.type],
            "options": {},
            "schema": {},
        }
        if field.type == "details":
            component["title"] = field.label.in_(self.language)
        return {**component, "content": HTML.render(text)}

    def _in(self, text: Any) -> str:
        if isinstance(text, dict):
            return str(text.get(self.language) or next(iter(text.values()), ""))
        return str(text)

    def _settings(self, field: Field, component: Json, at: tuple[Part, ...]) -> None:
        given, options, schema = dict(field.options), component["options"], component["schema"]
        if field.type in LISTED:
            component["list"] = self._list(field, given.pop("choices", []))
            if none := given.pop("none", None):
                items = self.lists[-1]["items"]
                items.append({"text": self._in(none), "value": "none"})
                options |= {"behaviour": "exclusive", "behaviourItemValue": "none"}
        elif field.type in ("repeating_group", "table"):
            self._rows(field, given, component, at)
        elif field.type in ("file", "files"):
            self._files(given, options)
        for word, (holder, foreign) in _words(component).items():
            if given.get(word) is not None:
                value = given.pop(word)
                holder[foreign] = self._in(value) if foreign in ("prefix", "suffix") else value
        if field.type == "long_text" and "maxWords" in options:
            component["type"] = "FreeTextField"
            options["maxWords"] = str(options["maxWords"])
        if field.type == "integer":
            schema["integer"] = True
        for word, value in given.items():
            if value not in (None, False, "", []) and word not in (
                "max_length",
                "own",
                "region",
                "min",
                "width",
            ):
                self.report.lost(
                    (*at, "options", word), "option", f'The setting "{word}" has no place there.'
                )

    def _rows(self, field: Field, given: Json, component: Json, at: tuple[Part, ...]) -> None:
        children = [Field.model_validate(child) for child in given.pop("fields", given.pop("columns", []))]
        made = [
            self.component(child, (*at, "options", "fields", number)) for number, child in enumerate(children)
        ]
        component["children"] = [child for child in made if child is not None]
        component["options"].setdefault("required", field.required)

    def _files(self, given: Json, options: Json) -> None:
        kinds = ",".join(MEDIA[kind] for kind in given.pop("types", None) or [] if kind in MEDIA)
        zone = {
            "maxFiles": given.pop("max", None),
            "maxFilesize": given.pop("max_megabytes", None),
            "acceptedFiles": kinds,
        }
        options["dropzoneConfig"] = {word: value for word, value in zone.items() if value}
        options["minimumRequiredFiles"] = given.pop("min", None) or 0

    def _list(self, field: Field, choices: list[Json]) -> str:
        name = f"list_{field.key}"
        items = []
        for choice in choices:
            item = {"text": self._in(choice["label"]), "value": choice.get("origin") or choice["key"]}
            if choice.get("hint"):
                item["description"] = self._in(choice["hint"])
            items.append(item)
        self.lists.append(
            {"name": name, "title": field.label.in_(self.language), "type": "string", "items": items}
        )
        return name


def _words(component: Json) -> dict[str, tuple[Json, str]]:
    options, schema = component["options"], component["schema"]
    return {
        "prefix": (options, "prefix"), "unit": (options, "suffix"), "max_words": (options, "maxWords"),
        "places": (schema, "precision"), "min": (schema, "min"), "max": (schema, "max"),
        "pattern": (schema, "regex"), "min_length": (schema, "min"), "max_length": (schema, "max"),
        "rows": (options, "rows"),
    }  # fmt: skip
