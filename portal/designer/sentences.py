"""Says the problems of a package in the language of the reader.

Whoever finds a problem writes an English sentence, with names and figures in it. It is known here by its
pattern, and said by the pattern in the other language (locale/*/LC_MESSAGES/problems.po). What has no
translation stays English: a sentence is never lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

FOLDER = Path(__file__).with_name("locale")
PLACE = re.compile(r"\{([a-z_]+)\}")
NEXT_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z\"])")


@dataclass(frozen=True)
class _Pattern:
    known: re.Pattern[str]
    said: str

    def say(self, sentence: str) -> str | None:
        """The sentence in the other language, when it is of this pattern."""
        found = self.known.fullmatch(sentence)
        return found and PLACE.sub(lambda place: found[place[1]], self.said)


def say(sentence: str, language: str) -> str:
    """The sentence in this language; several sentences one after another are said one by one."""
    patterns = _patterns(language.split("-")[0])
    if whole := _known(sentence, patterns):
        return whole
    for between in NEXT_SENTENCE.finditer(sentence):
        if first := _known(sentence[: between.start()], patterns):
            return f"{first} {say(sentence[between.end() :], language)}"
    return sentence


def _known(sentence: str, patterns: tuple[_Pattern, ...]) -> str | None:
    return next((said for pattern in patterns if (said := pattern.say(sentence))), None)


@lru_cache
def _patterns(language: str) -> tuple[_Pattern, ...]:
    """The patterns of a language; those that say the most in their own words are tried first."""
    path = FOLDER / language / "LC_MESSAGES" / "problems.po"
    if not re.fullmatch(r"[a-z]{2,3}", language) or not path.exists():
        return ()
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale=language) if message.id and message.string]
    found = {str(message.id): str(message.string) for message in messages}
    ordered = sorted(found, key=lambda english: len(PLACE.sub("", english)), reverse=True)
    return tuple(_Pattern(_compiled(english), found[english]) for english in ordered)


def _compiled(english: str) -> re.Pattern[str]:
    parts = PLACE.split(english)  # words, name, words, name, ... words
    pieces = [f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)
