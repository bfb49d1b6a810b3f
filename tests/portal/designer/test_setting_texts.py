"""Kinds, their settings, what conditions ask and roles are called in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from portal.designer import registry
from portal.designer.operators import OPERATORS
from portal.designer.registry import GROUPS, kinds
from portal.designer.setting_texts import sayer, translations
from portal.designer.settings_schema import setting_title
from workflows.node_type import node_types
from workflows.roles import RIGHT_FOR

MARK = "\N{INVISIBLE SEPARATOR}"  # on all that went through the sayer


@pytest.fixture(scope="module")
def shown() -> set[str]:
    """Every text of the registry that a reader of English is shown, and what plans of moves call settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "sayer", lambda _language: lambda english: MARK + english)
        said = {text.removeprefix(MARK) for text in texts(kinds.__wrapped__("en")) if text.startswith(MARK)}
    names = {name for kind in node_types for name in kind.Options.model_json_schema()["properties"]}
    said |= {setting_title(name, str) for name in names}
    said |= {role.capitalize() for role in RIGHT_FOR}
    return {text for text in said if any(sign.isalpha() for sign in text)}


def texts(part: Any) -> Iterator[str]:
    """Every text inside of a document."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from texts(inner)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_word_of_kinds_settings_and_choices_is_translated(language: str, shown: set[str]) -> None:
    assert len(shown) > 1_000
    assert {*(one.label for one in OPERATORS), *GROUPS.values()} <= shown
    assert sorted(shown - set(translations(language))) == []
    assert sorted(set(translations(language)) - shown) == []


def test_examples_in_words_are_translated_and_code_is_not() -> None:
    settings = kinds("fr")["field_schema"]["properties"]
    assert settings["label"]["ui"]["example"] == "Quelle est votre date de naissance ?"
    assert settings["required_when"]["ui"]["example"] == "answers.amount > 500"
    assert settings["key"]["ui"]["example"] == "date_of_birth"


def test_the_registry_speaks_the_language_of_the_reader() -> None:
    found = kinds("fr")
    assert next(one for one in found["operators"] if one["key"] == "contains")["label"] == "contient"
    assert found["field_schema"]["properties"]["hint"]["title"] == "Indication"


def test_what_is_new_begins_in_the_language_of_the_reader() -> None:
    node = {one["key"]: one["node"] for one in kinds("fr")["node_types"]}
    assert [one["label"] for one in node["inspection"]["outcomes"]] == ["Conforme", "Non conforme"]
    assert node["sms"]["text"] == "{reference} est prêt. {department}"
    assert node["decision_table"]["table"]["inputs"][0]["expression"] == "answers.amount"


def test_what_has_no_translation_stays_english() -> None:
    assert sayer("fr")("Nobody has translated this") == "Nobody has translated this"
    assert sayer("xx")("is yes") == "is yes"
    assert sayer("../en")("is yes") == "is yes"
