"""A JSON Schema (draft 2020-12) of an object becomes a form that asks for it."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.core.text import Text
from forms_library.importing.making import FieldDraft, PageDraft, finish
from forms_library.importing.names import Keys
from forms_library.importing.port import Document, Imported, ImportedForm, Importer, Refused, importers
from forms_library.importing.report import Report
from forms_library.importing.schema_fields import SchemaFields
from forms_library.importing.source import Node

DIALECTS = ("2020-12", "2019-09", "draft-07", "draft-06")
OWN_PAGE = ("group", "repeating_group")
MOST_ON_A_PAGE = 20
SENTENCES = {
    "default": ("default", "The value that is there from the start is not carried."),
    "examples": ("example", "The examples are not carried."),
    "additionalProperties": ("setting", "What else may be given is not carried: only the fields are asked."),
    "allOf": ("combined", "Rules that combine schemas are not carried."),
    "anyOf": ("combined", "Rules that combine schemas are not carried."),
    "oneOf": ("combined", "Rules that combine schemas are not carried."),
    "not": ("combined", "Rules that combine schemas are not carried."),
    "if": ("condition", "Conditions between properties are not carried."),
    "then": ("condition", "Conditions between properties are not carried."),
    "else": ("condition", "Conditions between properties are not carried."),
    "dependentRequired": ("condition", "Conditions between properties are not carried."),
    "dependentSchemas": ("condition", "Conditions between properties are not carried."),
    "$defs": ("unused", "This definition is used nowhere: not carried."),
    "definitions": ("unused", "This definition is used nowhere: not carried."),
    "readOnly": ("setting", "That this cannot be changed is not carried."),
}


@importers.register
class JsonSchema(Importer):
    """An object with properties, told by its dialect."""

    key: ClassVar[str] = "json_schema"
    label: ClassVar[Text] = Text({"en": "JSON Schema", "fr": "JSON Schema", "ar": "JSON Schema"})

    def recognises(self, document: Document) -> bool:
        """A schema that says its dialect and describes an object."""
        if not isinstance(document, dict) or not isinstance(document.get("properties"), dict):
            return False
        dialect = document.get("$schema")
        return isinstance(dialect, str) and any(name in dialect for name in DIALECTS)

    def read(self, document: Document) -> Imported:
        """One form with its report."""
        report = Report()
        root = Node(document, (), report)
        root.ignore("$schema", "$id", "type")
        if root.value.get("additionalProperties") is False:
            root.ignore("additionalProperties")
        fields = SchemaFields(document, report)
        title = root.text("title") or "Form"
        pages = _pages(fields.properties(root, Keys()), title, root.text("description"))
        form = finish(title, root.text("$id")[:500] or None, pages, report)
        for word in ("$defs", "definitions"):
            for name in root.child(word).value:
                if name in fields.followed:
                    root.child(word).ignore(name)
        root.leftovers(SENTENCES)
        return Imported((ImportedForm(form, title),), report, document, self.key)


def _pages(fields: list[FieldDraft], title: str, intro: str) -> list[PageDraft]:
    """Single questions share pages; what has parts gets a page of its own."""
    pages: list[PageDraft] = []
    keys = Keys()
    for field in fields:
        alone = field.data["type"] in OWN_PAGE
        last = pages[-1] if pages else None
        if (
            last is None
            or alone
            or last.fields[-1].data["type"] in OWN_PAGE
            or len(last.fields) >= MOST_ON_A_PAGE
        ):
            name: Any = field.data["label"] if alone or pages else title
            last = PageDraft({"key": keys.field(f"page_{field.data['key']}"), "title": name}, field.at)
            pages.append(last)
        last.fields.append(field)
    if not pages:
        raise Refused("This schema has no property to ask for.")
    if intro:
        pages[0].data["intro"] = intro
    return pages
