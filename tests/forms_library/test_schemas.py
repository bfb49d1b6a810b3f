"""The published JSON Schemas."""

import jsonschema
import pytest

from engine.core.registry import KEY
from forms_library.catalogue import field_types
from forms_library.schemas import answers_schema, definition_schema, palette
from tests.forms_library.examples import ANSWERS, OPTIONS, every_kind, field, label_of

SCHEMA = definition_schema()


def errors(*fields):
    form = {"title": "F", "pages": [{"key": "p", "title": {"en": "P"}, "fields": list(fields)}]}
    return list(jsonschema.Draft202012Validator(SCHEMA).iter_errors(form))


def test_the_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("kind", list(field_types), ids=lambda kind: kind.key)
def test_a_good_field_of_every_kind_fits(kind):
    assert errors(field("a", kind.key, label=label_of(kind), options=OPTIONS.get(kind.key, {}))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        field("a", "no_such_type"), field("_A"), field("a", options={"colour": 1}), field("a", "radio"),
        field("a", options={"max_length": "long"}), {"block": "spaceship", "key": "a"}, {"block": "person"},
    ],
)  # fmt: skip
def test_a_wrong_field_does_not_fit(wrong):
    assert errors(wrong)


def test_a_block_fits():
    assert errors({"block": "person", "key": "applicant", "without": ["phone"]}) == []


def test_answers_fit_their_schema_and_strangers_do_not():
    schema = answers_schema(every_kind())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(ANSWERS, schema)
    for wrong in ({"gone": 1}, {"integer": "5"}, {"decimal": 1.5}, {"date": 5}, {"radio": "moon"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_the_palette_has_every_kind_with_its_options():
    found = {kind["key"]: kind for kind in palette()}
    assert list(found) == field_types.keys()
    assert found["integer"]["options"]["properties"]["min"]["ui"] == {"widget": "number"}
    assert all(KEY.fullmatch(code) for kind in found.values() for code in kind["errors"])
