"""Reusable parts of forms."""

import pytest
import yaml
from pydantic import ValidationError

from engine.core.problems import Problems
from forms_library.blocks import FOLDER, block_keys, expand_blocks
from forms_library.checking import check_form
from forms_library.definition import Form
from forms_library.visibility import Moment, shown
from tests.forms_library.examples import TODAY, form_of


def keys(entry):
    return [found["key"] for found in expand_blocks([entry])]


def test_there_is_a_person_and_an_address():
    assert {"person", "address"} <= set(block_keys())


@pytest.mark.parametrize("key", block_keys())
def test_every_block_is_sound_and_speaks_every_language_of_the_interface(key):
    page = {"key": "p", "title": "P", "fields": [{"block": key, "key": "it"}]}
    problems = Problems()
    check_form(Form.model_validate({"title": "F", "pages": [page]}), problems)
    assert list(problems) == []
    for text in yaml.safe_load((FOLDER / f"{key}.yaml").read_text())["fields"]:
        assert set(text["label"]) >= {"en", "fr", "ar"}


def test_the_fields_of_a_block_take_its_key_as_prefix():
    assert keys({"block": "person", "key": "applicant"})[:2] == ["applicant_name", "applicant_birth_date"]
    assert keys({"block": "person", "key": "owner", "without": ["phone", "email"]})[-1] == "owner_national_id"


def test_a_block_can_be_changed_field_by_field():
    entry = {"block": "person", "key": "owner", "fields": {"phone": {"required": True, "label": "Mobile"}}}
    phone = expand_blocks([entry])[-1]
    assert (phone["required"], phone["label"]) == (True, "Mobile")


def test_the_conditions_of_a_block_read_its_own_fields_and_the_condition_of_the_entry():
    form = form_of(
        {"key": "moved", "type": "yes_no", "label": "Moved"},
        {"block": "address", "key": "home", "show_when": "answers.moved"},
    )
    answers = {"moved": True, "home_same_for_post": False}
    assert "home_postal_address" in shown(form, answers, Moment(TODAY)).fields
    assert shown(form, {**answers, "moved": False}, Moment(TODAY)).fields == {"moved"}


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"block": "../person", "key": "a"}, "no block"),
        ({"block": "spaceship", "key": "a"}, "no block"),
        ({"block": ["x"], "key": "a"}, "no block"),
        ({"block": "person"}, "key"),
        ({"block": "person", "key": "A b"}, "key"),
        ({"block": "person", "key": "a", "without": ["tail"]}, "no field"),
        ({"block": "person", "key": "a", "without": "name"}, "list"),
        ({"block": "person", "key": "a", "fields": {"name": 3}}, "Changes"),
        ({"block": "person", "key": "a", "colour": "red"}, "not known"),
    ],
)
def test_a_wrong_entry_is_a_problem_with_a_sentence(entry, words):
    with pytest.raises(ValidationError, match=words):
        Form.model_validate({"title": "F", "pages": [{"key": "p", "title": "P", "fields": [entry]}]})
