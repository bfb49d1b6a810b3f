"""Localised text."""

import pytest
from pydantic import BaseModel, ValidationError

from engine.core.text import Text


class Titled(BaseModel):
    """Anything with a title."""

    title: Text


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Ville"), ("fr-CA", "Ville"), ("ar", "مدينة"), ("de", "Town"), ("en-GB", "Town")],
)
def test_the_nearest_language_is_given(language: str, text: str) -> None:
    assert Text({"en": "Town", "fr": "Ville", "ar": "مدينة"}).in_(language) == text


def test_a_language_with_an_exact_match_comes_first() -> None:
    assert Text({"pt": "a", "pt-BR": "b"}).in_("pt-BR") == "b"


def test_the_first_text_is_given_where_nothing_is_near() -> None:
    assert Text({"fr": "", "ar": "مدينة"}).in_("de") == "مدينة"
    assert Text({}).in_("en") == ""


def test_a_plain_string_is_written_back_as_a_plain_string() -> None:
    titled = Titled.model_validate({"title": "Town"})
    assert titled.title.in_("fr") == "Town"
    assert titled.title.languages() == set()
    assert titled.model_dump() == {"title": "Town"}
    assert titled.model_dump_json() == '{"title":"Town"}'


def test_several_languages_are_written_back_as_they_came() -> None:
    assert Titled.model_validate({"title": {"en": "Town", "fr": "Ville"}}).model_dump() == {
        "title": {"en": "Town", "fr": "Ville"}
    }


def test_languages_with_a_text() -> None:
    assert Text({"en": "Town", "fr": ""}).languages() == {"en"}


@pytest.mark.parametrize("empty", [{}, {"en": ""}, {"en": "  "}])
def test_blank_text_is_false(empty: dict[str, str]) -> None:
    assert not Text(empty)


def test_text_is_true_equal_and_hashable() -> None:
    assert Text({"en": "Town"})
    assert len({Text({"en": "a", "fr": "b"}), Text({"fr": "b", "en": "a"})}) == 1


def test_text_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Text({"en": "Town"}).root = {}


@pytest.mark.parametrize(
    "wrong", [{"english": "Town"}, {"EN": "Town"}, {"": "x"}, {"en": 1}, {"en": "\ud800"}, 7]
)
def test_what_is_no_text_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        Titled.model_validate({"title": wrong})


def test_the_schema_allows_both_forms() -> None:
    schema = Titled.model_json_schema()["$defs"]["Text"]
    assert [form["type"] for form in schema["anyOf"]] == ["string", "object"]
