"""Whether a piece of a source stands in the form that was made of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from forms_library.coverage.pieces import TITLE, WHOLE, Path, Piece, leaves, words
from forms_library.definition import CHECK, Field, Form, Page
from forms_library.importing.port import Imported
from forms_library.importing.report import Note

# of names of the old system, as they are kept
LONGEST = 500
DAYS_AWAY = re.compile(r"today[+-](\d+)d")
# notes that speak of a whole thing that is left away, with all that is below it
ALL_BELOW = frozenset(
    (
        "unused_list",
        "unused_condition",
        "unused_definition",
        "doubled_page",
        "doubled_name",
        "empty_text",
        "shape",
    )
)


class Kept:
    """The forms of an import, ready to be asked whether they hold the pieces, each of them once."""

    def __init__(self, imported: Imported) -> None:
        self.report = imported.report
        self.pages: dict[str, Page] = {}
        self.every_page: list[Page] = []  # two pages can come from the same step
        self.keys: dict[str, str] = {}
        self.fields: dict[str, list[Field]] = {}
        self.dumps: dict[str, list[Any]] = {}
        self.words: dict[str, set[str]] = {}
        self.met: Counter[str] = Counter()
        for found in imported.forms:
            self._take(found.form)
        self.named = {note.path for note in self.report}
        self.lost = {note.path for note in self.report if _is_of_all_below(note)}

    def _take(self, form: Form) -> None:
        self._remember(TITLE, form.title.model_dump(mode="json"))
        self.every_page += form.pages
        for page in form.pages:
            self.pages[page.origin or ""] = page
            self.keys[page.key] = page.origin or ""
            self._remember(TITLE, page.intro.model_dump(mode="json") if page.intro else "")
            self._remember(page.origin or "", page.model_dump(mode="json"))
            for field in all_fields(page.fields):
                for name in _names(field.origin or ""):
                    self.fields.setdefault(name, []).append(field)
                    self._remember(name, field.model_dump(mode="json"))

    def _remember(self, name: str, dump: Any) -> None:
        values = [value for _, value in leaves(dump, ())]
        self.dumps.setdefault(name, []).extend(values)
        said = self.words.setdefault(name, set())
        for value in values:
            if isinstance(value, str):
                said |= words(value)
                if moved := DAYS_AWAY.fullmatch(value):
                    self.dumps[name].append(int(moved[1]))

    def silent(self, piece: Piece) -> bool:
        """Whether a piece is neither kept nor named."""
        if max(len(piece.owner), len(piece.target)) > LONGEST:
            piece = replace(piece, owner=piece.owner[:LONGEST], target=piece.target[:LONGEST])
        return not self._is_named(piece) and not self._holds(piece)

    def _is_named(self, piece: Piece) -> bool:
        """A loss is told at its place or above; a change only where it is, or at what holds the setting.

        The parts of a setting may be told one by one.
        """
        path = piece.path
        if path in self.named or self._is_lost(path[:-1]):
            return True
        if any(self._is_lost(place) for place in piece.by):
            return True
        if piece.kind == "component":
            return any((*path, word) in self.named for word in ("type", "_type"))
        if piece.kind != "option":
            return False
        return path[:-1] in self.named or any(note[: len(path)] == path for note in self.named)

    def _is_lost(self, path: Path) -> bool:
        return any(path[:length] in self.lost for length in range(1, len(path) + 1))

    def _holds(self, piece: Piece) -> bool:
        if piece.kind == "page":
            return piece.owner in self.pages
        if piece.kind == "component":
            return self._component(piece)
        if piece.kind == "item":
            return self._item(piece)
        if piece.kind == "link":
            return self._link(piece)
        if piece.kind == "condition":
            return self._condition(piece)
        return piece.owner != WHOLE and self._option(piece)

    def _component(self, piece: Piece) -> bool:
        """There are as many questions of the name as components so far, and one is of a fitting type."""
        found = self.fields.get(piece.owner, [])
        self.met[piece.owner] += 1
        if piece.where and not any(field.type in piece.where for field in found):
            return False
        return len(found) >= self.met[piece.owner]

    def _item(self, piece: Piece) -> bool:
        value, label = piece.value
        text = ("" if isinstance(value, list | dict) else _text(value)) or _text(label)
        read = words(str(label or text))
        if read and read <= self.words.get(piece.owner, set()) and not self._asks(piece.owner):
            return True  # a list that is only read
        for field in self.fields.get(piece.owner, []):
            if self._choices(field, text):
                return True
            if field.options.get("none") and label and words(str(label)) <= words(str(field.options["none"])):
                return True
        return False

    def _choices(self, field: Field, text: str) -> list[dict[str, Any]]:
        choices = field.options.get("choices") or []
        return [choice for choice in choices if choice.get("origin") == text[:500]]

    def _asks(self, owner: str) -> bool:
        return any(field.options.get("choices") for field in self.fields.get(owner, []))

    def _link(self, piece: Piece) -> bool:
        page = self.pages.get(piece.owner)
        if page is None or page.next is None:
            return False
        if not page.next:
            return not piece.value and piece.target not in self.pages
        for link in page.next:
            arrives = self.keys.get(link.to, "") == piece.target
            arrives = arrives or (link.to == CHECK and piece.target not in self.pages)
            if arrives and (not piece.value or (link.when and link.origin == str(piece.value)[:500])):
                return True
        return False

    def _condition(self, piece: Piece) -> bool:
        """A condition is kept where it is used: by a link of its name, or at what it shows."""
        if piece.uses:
            return any(self._holds(use) for use in piece.uses)
        if piece.where:
            named = [page for page in self.every_page if piece.owner and page.origin == piece.owner]
            return any(page.show_when or page.checks for page in named or self.every_page)
        fields = self.fields.get(piece.owner, [])
        if piece.target:
            return any(
                choice.get("show_when") for field in fields for choice in self._choices(field, piece.target)
            )
        return any(field.show_when or field.required_when for field in fields)

    def _option(self, piece: Piece) -> bool:
        value = piece.value
        if piece.path[-1] == "required" and isinstance(value, bool | str):
            wanted = str(value).lower() == "true"
            fields = self.fields.get(piece.owner, [])
            return any(field.required == wanted or "min" in field.options for field in fields)
        if isinstance(value, bool):
            return False
        if piece.where:
            return self._stands(piece)
        dump = self.dumps.get(piece.owner, [])
        if isinstance(value, int | float) or _is_number(value):
            said = words(str(value))
            known = bool(said) and said <= self.words.get(piece.owner, set())
            return known or any(_is_number(found) and float(found) == float(value) for found in dump)
        if isinstance(value, str):
            said = words(value)
            if said:
                return said <= self.words.get(piece.owner, set())
            return value.strip() in dump or not value.strip()
        return all(
            self._option(Piece("option", piece.path, piece.owner, part)) for _, part in leaves(value, ())
        )

    def _stands(self, piece: Piece) -> bool:
        """Whether one of the settings that may hold a value really does."""
        for field in self.fields.get(piece.owner, []):
            for word in piece.where:
                for _, found in leaves(field.options.get(word, getattr(field, word, None)), ()):
                    if _is_same(found, piece.value):
                        return True
        return False


def _names(origin: str) -> set[str]:
    """What a question may have been called: its section, which may hold dots as it may, stands before it."""
    parts = origin.split(".")
    return {".".join(parts[place:]) for place in range(len(parts))}


def _is_of_all_below(note: Note) -> bool:
    return note.kind == "lost" or note.code in ALL_BELOW


def _is_same(found: Any, value: Any) -> bool:
    if isinstance(found, str) and (moved := DAYS_AWAY.fullmatch(found)):
        found = int(moved[1])
    if found == "today":
        found = 0
    if _is_number(found) and _is_number(value):
        return float(found) == float(value)
    return str(found).strip() == str(value).strip()


def all_fields(fields: list[Field]) -> Iterator[Field]:
    """Fields, and those that they hold."""
    for field in fields:
        yield field
        inner = field.options.get("fields") or field.options.get("columns") or []
        yield from all_fields([Field.model_validate(part) for part in inner])


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value).strip()


def _is_number(value: Any) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return not isinstance(value, bool)
