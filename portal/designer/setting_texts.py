"""Says the words of settings in the language of the reader: by the English words, from settings.po."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

FOLDER = Path(__file__).with_name("locale")


def sayer(language: str) -> Callable[[str], str]:
    """What says English words in this language; what has no translation stays English."""
    known = translations(language.split("-")[0])
    return lambda english: known.get(english, english)


@lru_cache
def translations(language: str) -> Mapping[str, str]:
    """The words that this language has a translation of."""
    path = FOLDER / language / "LC_MESSAGES" / "settings.po"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.exists():
        return {}
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in found if message.id and message.string}
