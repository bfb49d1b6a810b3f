"""How complete each language of a definition is, and which translations are older than their source."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from engine.core.text import UNDETERMINED, Text
from forms_library.translations.texts import texts_of

State = Literal["translated", "shared", "stale", "missing"]
Marks = Mapping[str, Mapping[str, str]]  # by path and language: the fingerprint of the source then


@dataclass(frozen=True)
class Entry:
    """One text of a definition. `marks` are the fingerprints of sources that translations were made from."""

    path: str
    text: Text
    source_language: str
    marks: Mapping[str, str]

    @property
    def source(self) -> str:
        """What is translated."""
        return source_of(self.text, self.source_language)

    def target(self, language: str) -> str:
        """The translation; empty where there is none."""
        return self.text.root.get(language, "")

    def state(self, language: str) -> State:
        """How the text stands in a language; one text for all languages counts as shared."""
        if not self.target(language):
            return "shared" if self.text.root.get(UNDETERMINED) else "missing"
        mark = self.marks.get(language)
        return "stale" if mark and mark != mark_of(self.source) else "translated"

    def fallback(self, language: str) -> str:
        """The language that readers of this one are shown; empty where it is their own."""
        shown = self.text.shown_in(language)
        return "" if shown in (language, UNDETERMINED) else shown


@dataclass(frozen=True)
class Completeness:
    """One language in figures."""

    language: str
    counts: Mapping[State, int]
    fallbacks: Mapping[str, int]

    @property
    def total(self) -> int:
        """All texts."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Texts that need no translator."""
        return self.counts.get("translated", 0) + self.counts.get("shared", 0)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.done // self.total if self.total else 100


def source_of(text: Text, source_language: str) -> str:
    """The text that translations are made from."""
    return text.root.get(source_language) or text.in_(source_language)


def mark_of(source: str) -> str:
    """The fingerprint of a source text."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def entries_of(definition: BaseModel, source_language: str, marks: Marks | None = None) -> list[Entry]:
    """Every text of a definition, in its order."""
    known = marks or {}
    return [Entry(path, text, source_language, known.get(path, {})) for path, text in texts_of(definition)]


def completeness(entries: Sequence[Entry], languages: Iterable[str]) -> list[Completeness]:
    """Each language in figures."""
    return [
        Completeness(
            language,
            Counter(entry.state(language) for entry in entries),
            Counter(found for entry in entries if (found := entry.fallback(language))),
        )
        for language in languages
    ]


def stale_marks(
    before: Sequence[Entry], after: Sequence[Entry], languages: Sequence[str]
) -> dict[str, dict[str, str]]:
    """The marks to keep after a change: of translations that stayed while their source did not.

    A translation that was changed as well is taken as made from the source beside it. A mark that the new
    definition brings itself counts, and one that fits its source is not kept.
    """
    old = {entry.path: entry for entry in before}
    found: dict[str, dict[str, str]] = {}
    for entry in after:
        for language in languages:
            mark = _mark(old.get(entry.path), entry, language)
            if mark and mark != mark_of(entry.source):
                found.setdefault(entry.path, {})[language] = mark
    return found


def _mark(old: Entry | None, new: Entry, language: str) -> str:
    if language == new.source_language or not new.target(language):
        return ""
    if language in new.marks:
        return new.marks[language]
    if old is None or old.target(language) != new.target(language):
        return ""
    return old.marks.get(language) or mark_of(old.source)
