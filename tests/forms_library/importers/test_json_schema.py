"""JSON Schemas as forms."""

import copy

import pytest

from forms_library.compiled import compile_form
from forms_library.importers.json_schema import JsonSchema
from forms_library.importing.port import Imported, Refused
from forms_library.schemas import answers_schema
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV


@pytest.fixture
def imported() -> Imported:
    return JsonSchema().read(copy.deepcopy(SCHEMA))


def test_only_schemas_of_objects_are_recognised() -> None:
    assert JsonSchema().recognises(SCHEMA)
    others = (XGOV, MOJ, OPEN_FORMS, [], None, {"$schema": "https://json-schema.org/draft/2020-12/schema"})
    assert not any(JsonSchema().recognises(other) for other in others)


def test_types_formats_and_values_become_field_types(imported: Imported) -> None:
    kinds = {field.key: field.type for field in imported.forms[0].form.fields()}
    assert kinds == {
        "name": "short_text",
        "born": "date",
        "weight": "decimal",
        "colour": "radio",
        "skills": "checkbox_group",
        "owner": "group",
        "pups": "repeating_group",
        "endless": "short_text",
    }


def test_only_named_properties_are_required(imported: Imported) -> None:
    assert [field.key for field in imported.forms[0].form.fields() if field.required] == ["name"]


def test_defects_and_what_is_lost_are_named(imported: Imported) -> None:
    said = {(note.kind, note.code, note.where) for note in imported.report}
    assert ("defect", "unknown_property", "required") in said
    assert ("defect", "reference", "properties.endless.$ref") in said
    assert ("lost", "condition", "dependentRequired") in said


def test_our_own_schema_of_answers_is_read_back(imported: Imported) -> None:
    compiled = compile_form(imported.forms[0].form)
    again = JsonSchema().read(answers_schema(compiled))
    assert {field.key for field in again.forms[0].form.fields()} == set(compiled.fields)


def test_a_schema_without_properties_is_refused() -> None:
    with pytest.raises(Refused):
        JsonSchema().read({"$schema": "https://json-schema.org/draft/2020-12/schema", "properties": {}})
