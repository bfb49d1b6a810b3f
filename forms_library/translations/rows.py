"""Rows that translators work on, and what becomes of them when they come back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from engine.core.text import UNDETERMINED, Text
from forms_library.translations.survey import Entry, State, entries_of, mark_of
from forms_library.translations.texts import replace_text

LONGEST = 20_000  # characters of one text
Fate = Literal["changed_source", "unknown_path", "unknown_language", "too_long", "unreadable"]


@dataclass(frozen=True)
class Row:
    """One text for a translator: what it is, what it says, and what it says in another language."""

    path: str
    source: str
    language: str
    target: str
    state: State = "missing"


class NotReadable(ValueError):
    """A file is not what it was taken for; says why."""


@dataclass(frozen=True)
class Left:
    """A row that was not simply taken, and why."""

    path: str
    language: str
    why: Fate
    taken: bool = False


@dataclass
class Applied:
    """A definition with the texts that came back, and the report of it."""

    document: dict[str, Any]
    marks: dict[str, dict[str, str]]
    taken: int = 0
    confirmed: int = 0
    unchanged: int = 0
    left: list[Left] = field(default_factory=list)


def rows_for(entries: Iterable[Entry], language: str, *, only_open: bool = False) -> list[Row]:
    """What a translator into this language gets; with `only_open` what is missing or stale."""
    return [
        Row(entry.path, entry.source, language, entry.target(language), entry.state(language))
        for entry in entries
        if not only_open or entry.state(language) in ("missing", "stale")
    ]


def apply_rows(
    document: Mapping[str, Any],
    definition: BaseModel,
    rows: Iterable[Row],
    languages: Sequence[str],
    marks: Mapping[str, Mapping[str, str]],
) -> Applied:
    """The written definition with these translations. Nothing but texts in known languages changes.

    A row without a translation says nothing. One whose source was changed meanwhile is taken only where there
    is no translation of the present source, keeps its mark as stale, and is reported either way.
    """
    source_language, kept = languages[0], {path: dict(by) for path, by in marks.items()}
    entries = {entry.path: entry for entry in entries_of(definition, source_language, marks)}
    applied = Applied(dict(document), kept)
    for row in rows:
        if not row.target.strip():
            continue
        why = _refusal(row, entries, languages)
        if why:
            applied.left.append(Left(row.path, row.language, why))
        else:
            _take(applied, entries, row)
    return applied


def _refusal(row: Row, entries: Mapping[str, Entry], languages: Sequence[str]) -> Fate | None:
    if row.path not in entries:
        return "unknown_path"
    if row.language not in languages[1:]:
        return "unknown_language"
    if len(row.target) > LONGEST:
        return "too_long"
    return "unreadable" if any("\ud800" <= letter <= "\udfff" for letter in row.target) else None


def _take(applied: Applied, entries: dict[str, Entry], row: Row) -> None:
    entry = entries[row.path]
    outdated = _plain(row.source) != _plain(entry.source)
    welcome = not outdated or entry.state(row.language) in ("missing", "stale", "shared")
    if outdated:
        applied.left.append(Left(row.path, row.language, "changed_source", taken=welcome))
    if not welcome:
        return
    _mark(applied, entry, row, outdated)
    if entry.target(row.language) == row.target:
        applied.confirmed += entry.state(row.language) == "stale" and not outdated
        applied.unchanged += entry.state(row.language) != "stale" or outdated
        return
    text = Text({**_by_language(entry), row.language: row.target})
    replace_text(applied.document, row.path, text)
    entries[row.path] = Entry(entry.path, text, entry.source_language, applied.marks.get(row.path, {}))
    applied.taken += 1


def _by_language(entry: Entry) -> dict[str, str]:
    """The texts; one that stood for all languages becomes that of the source language."""
    plain = entry.text.root.get(UNDETERMINED)
    known = {language: text for language, text in entry.text.root.items() if language != UNDETERMINED}
    return {entry.source_language: plain, **known} if plain else known


def _mark(applied: Applied, entry: Entry, row: Row, outdated: bool) -> None:
    by_language = applied.marks.setdefault(row.path, {})
    by_language.pop(row.language, None)
    if outdated:
        by_language[row.language] = mark_of(row.source)
    if not by_language:
        del applied.marks[row.path]


def _plain(text: str) -> str:
    """A text without what files and programs change on their own: the ends of lines and the space around."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
