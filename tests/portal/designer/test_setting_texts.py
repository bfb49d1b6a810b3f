"""What conditions ask, groups of kinds and roles are called in the language of the reader."""

from __future__ import annotations

import pytest

from portal.designer.operators import OPERATORS
from portal.designer.registry import DOING, GROUPS, kinds
from portal.designer.setting_texts import sayer, translations


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_conditions_ask_groups_and_roles_are_translated(language: str) -> None:
    words = {
        *(one.label for one in OPERATORS),
        *GROUPS.values(),
        *(role.value.capitalize() for role in DOING),
    }
    assert sorted(words - set(translations(language))) == []


def test_the_registry_speaks_the_language_of_the_reader() -> None:
    found = kinds("fr")
    assert next(one for one in found["operators"] if one["key"] == "contains")["label"] == "contient"
    assert found["field_schema"]["properties"]["hint"]["title"] == "Indication"


def test_what_has_no_translation_stays_english() -> None:
    assert sayer("fr")("Nobody has translated this") == "Nobody has translated this"
    assert sayer("xx")("is yes") == "is yes"
    assert sayer("../en")("is yes") == "is yes"
