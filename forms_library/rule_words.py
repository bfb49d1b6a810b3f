"""A rule in plain words, for people who do not read CEL; the rule itself always stands beside them."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.core.text import Text
from forms_library.definition import Field
from forms_library.localising import date_text, locale_of
from forms_library.rule_vocabulary import LOOPS, METHODS, SAID, quoted

TOKEN = re.compile(
    r"""\s*(?:(?P<day>date\("\d{4}-\d\d-\d\d"\))|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|"""
    r"""(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_](?:[A-Za-z0-9_.]|\[\d+\](?=[.\s)=!<>&|,]|$))*)|"""
    r"""(?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!(),?:\[\]]))"""
)
LOOP = re.compile(r"\(\s*([A-Za-z_][A-Za-z0-9_]*)\s*,")
SAME = frozenset("+-*/%(),[]")
READS = re.compile(r"(?:answers|item|parent)\.([A-Za-z][A-Za-z0-9_]*)((?:\.[A-Za-z0-9_]+)*)")


class Named(NamedTuple):
    """What a name in a rule is called, and what the texts that it is compared with are called."""

    words: str
    label_of: Callable[[str], str] = str


class Word(NamedTuple):
    """A part of a rule, and how it is said."""

    kind: str
    said: str


Naming = Callable[[str], Named | None]


def in_words(rule: str, fields: Mapping[str, Field], language: str) -> str:
    """The rule as a phrase with the questions' own words; empty where it says what this cannot say."""

    def named(name: str) -> Named | None:
        found = READS.fullmatch(name)
        if found is None or found[1] not in fields:
            return None
        asked = fields[found[1]]
        words = quoted(asked.label.in_(language) or asked.key, language) + found[2].replace(".", " › ")
        return Named(words, lambda text: choice_label(asked, text, language) or text)

    return phrase(rule, named, language)


def phrase(rule: str, named: Naming, language: str, label_of: Callable[[str], str] = str) -> str:
    """A rule, or a part of one, as a phrase; `named` knows its names. Empty where words fail.

    A text is called what the question before it calls its choices; `label_of` where none stands before it.
    """
    return _Phrase(named, language, label_of).of(rule)


class _Phrase:
    """Reads one rule from its first sign to its last."""

    def __init__(self, named: Naming, language: str, label_of: Callable[[str], str]) -> None:
        self.named, self.language, self.label_of = named, language, label_of
        self.loops: dict[str, str] = {}

    def of(self, rule: str) -> str:
        """The phrase."""
        words: list[Word] = []
        place, end = 0, len(rule.rstrip())
        while place < end:
            found = TOKEN.match(rule, place)
            if found is None or found.lastgroup is None:
                return ""
            kind, token, place = found.lastgroup, found[found.lastgroup], found.end()
            loop = LOOP.match(rule, place) if token.endswith(tuple(LOOPS)) else None
            if loop is not None:
                place = loop.end()
            said = self._loop(token, loop[1]) if loop else self._said(kind, token)
            if said is None:
                return ""
            words.append(Word(kind, said))
        return _joined(words)

    def _said(self, kind: str, token: str) -> str | None:
        if kind == "text":
            return self._quoted(token)
        if kind == "day":
            return date_text(date.fromisoformat(token[6:-2]), self.language)
        if kind == "number":
            return token.replace(".", _point(self.language)) if token.count(".") else token
        if kind == "name" and (known := self._name(token)) is not None:
            return known
        if token in SAID:
            return SAID[token].in_(self.language)
        return token if token in SAME else None

    def _name(self, token: str) -> str | None:
        """A question by its name, or what is asked about it: answers.town.startsWith."""
        first, dot, rest = token.partition(".")
        meant = f"{self.loops[first]}{dot}{rest}" if first in self.loops else token
        owner, _, method = meant.rpartition(".")
        named = self.named(owner) if method in METHODS else self.named(meant)
        if named is None:
            return None
        self.label_of = named.label_of
        return f"{named.words} {METHODS[method].in_(self.language)}" if method in METHODS else named.words

    def _loop(self, token: str, variable: str) -> str | None:
        """What is said about every row; in it the variable means one of them."""
        owner, _, kind = token.rpartition(".")
        first, dot, rest = owner.partition(".")
        rows = f"{self.loops[first]}{dot}{rest}" if first in self.loops else owner
        named = self.named(rows)
        if named is None:
            return None
        self.loops[variable] = f"{rows}[]"
        self.label_of = named.label_of
        return LOOPS[f".{kind}"].in_(self.language).replace("{rows}", named.words) + " ("

    def _quoted(self, token: str) -> str | None:
        try:
            text = json.loads(token) if token.startswith('"') else token[1:-1]
        except ValueError:
            return None
        return quoted(self.label_of(text), self.language)


def choice_label(field: Field | None, key: str, language: str) -> str:
    """What a choice of this question is called; empty for what is no choice of it."""
    for choice in (field.options.get("choices") if field else None) or []:
        if isinstance(choice, Mapping) and choice.get("key") == key:
            label: Any = choice.get("label", "")
            return Text.model_validate(label).in_(language)
    return ""


def _point(language: str) -> str:
    return str(locale_of(language).number_symbols["latn"]["decimal"])


def _joined(words: list[Word]) -> str:
    """The words with their spaces; what a function is asked about needs no brackets when it is one name."""
    needless: set[int] = set()
    for at in range(1, len(words) - 2):
        if words[at - 1].kind == "name" and words[at].said == "(" and words[at + 2].said == ")":
            needless |= {at, at + 2}
    text = " ".join(word.said for at, word in enumerate(words) if word.said and at not in needless)
    return re.sub(r"\s+([),\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", text))
