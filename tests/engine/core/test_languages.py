"""Directions and own names of languages."""

import pytest

from engine.core.languages import direction, own_name


@pytest.mark.parametrize("language", ["ar", "ar-EG", "fa", "he", "ur", "AR", "az-Arab", "pa-arab-PK"])
def test_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize("language", ["en", "fr-CA", "zh-Hant", "ku-Latn", "und", ""])
def test_left_to_right(language: str) -> None:
    assert direction(language) == "ltr"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("fr", "français"),
        ("fr-CA", "français"),
        ("ar", "العربية"),
        ("zh-Hant", "繁體中文"),
        ("EN-gb", "English"),
        ("tlh", "tlh"),
    ],
)
def test_a_language_is_named_as_its_readers_write_it(language: str, name: str) -> None:
    assert own_name(language) == name
