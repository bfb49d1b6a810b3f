"""The published JSON Schemas: of the format of forms, and of the answers to one form."""

from typing import Any

from forms_library.blocks import block_keys
from forms_library.catalogue import field_types
from forms_library.compiled import CompiledForm
from forms_library.definition import Form
from forms_library.field_type import FieldType

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def definition_schema() -> dict[str, Any]:
    """The format of a form: the options of each field follow its type, and blocks may stand among fields."""
    schema = Form.model_json_schema()
    field = schema["$defs"]["Field"]
    field["properties"]["type"]["enum"] = field_types.keys()
    field["allOf"] = [_options_of(kind, schema["$defs"]) for kind in field_types]
    schema["$defs"]["BlockEntry"] = _block_entry()
    page = schema["$defs"]["Page"]
    page["properties"]["fields"]["items"] = {
        "if": {"required": ["block"]},
        "then": {"$ref": "#/$defs/BlockEntry"},
        "else": {"$ref": "#/$defs/Field"},
    }
    return {"$schema": DIALECT, **schema}


def _options_of(kind: type[FieldType], definitions: dict[str, Any]) -> dict[str, Any]:
    options = kind.Options.model_json_schema(ref_template="#/$defs/{model}")
    for name, definition in options.pop("$defs", {}).items():
        definitions.setdefault(name, definition)  # what holds fields brings the plain form of a field along
    then: dict[str, Any] = {"properties": {"options": options}}
    if options.get("required"):
        then["required"] = ["options"]
    return {"if": {"properties": {"type": {"const": kind.key}}}, "then": then}


def _block_entry() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "A reusable block; it becomes fields whose keys begin with its own.",
        "properties": {
            "block": {"enum": block_keys()},
            "key": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$"},
            "show_when": {"type": "string"},
            "without": {"type": "array", "items": {"type": "string"}},
            "fields": {"type": "object", "additionalProperties": {"type": "object"}},
        },
        "required": ["block", "key"],
        "additionalProperties": False,
    }


def answers_schema(compiled: CompiledForm) -> dict[str, Any]:
    """The answers of a form as they are stored; which of them are required depends on rules."""
    return {
        "$schema": DIALECT,
        "title": str(compiled.form.title),
        "type": "object",
        "properties": {
            asked.key: {"title": str(asked.field.label), **asked.question.json_schema()}
            for asked in compiled.questions()
        },
        "additionalProperties": False,
    }


def palette() -> list[dict[str, Any]]:
    """What the designer can place: every field type with its name, icon, errors and schema of options."""
    return [
        {
            "key": kind.key,
            "label": kind.label.model_dump(),
            "icon": kind.icon,
            "has_answer": kind.has_answer,
            "masking": kind.masking,
            "errors": sorted(kind.error_codes()),
            "options": kind.Options.model_json_schema(),
        }
        for kind in field_types
    ]
