"""A foreign document read with a memory: what nobody asked for is named in the report at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.core.problems import Part
from forms_library.importing.report import Report

Sentences = Mapping[str, tuple[str, str]]


class Node:
    """An object of the source at its place. Every word that is read is remembered."""

    def __init__(self, value: Any, path: tuple[Part, ...], report: Report) -> None:
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        self.path, self.report = path, report
        self._read: set[str] = set()
        self._children: dict[str, list[Node]] = {}
        if not isinstance(value, dict) and not is_empty(value):
            report.defect(path, "shape", "Here stands a value where a group of named values is expected.")

    def get(self, key: str, default: Any = None) -> Any:
        """The value as it stands; it counts as carried, so say what happens to it."""
        self._read.add(key)
        return self.value.get(key, default)

    def text(self, key: str) -> str:
        """The value as one text; a number is written out, anything else is empty and named."""
        found = self.get(key)
        if isinstance(found, str):
            return clean(found).strip()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        if not is_empty(found):
            self.lost(key, "shape", "Here a text is expected; what stands here is not carried.")
        return ""

    def flag(self, key: str, default: bool = False) -> bool:
        """The value as yes or no, also when it is written as text; anything else is named."""
        found = self.get(key, default)
        written = found.strip().lower() if isinstance(found, str) else found
        is_number = isinstance(found, int | float) and not isinstance(found, bool)  # 1 == True
        if is_number or written not in (True, False, "true", "false", "", None):
            self.lost(key, "shape", "Here yes or no is expected; what stands here is not understood.")
        return found.strip().lower() == "true" if isinstance(found, str) else bool(found)

    def whole(self, key: str) -> int | None:
        """The value as a whole number, also when it is written as text."""
        found = self.number(key)
        if found is None:
            return None
        if found != int(found):
            self.lost(key, "not_whole", f"A whole number is expected here, not {found}.")
            return None
        return int(found)

    def number(self, key: str) -> float | None:
        """The value as a number, also when it is written as text."""
        found = self.get(key)
        if is_empty(found):
            return None
        try:
            number = float(str(found).replace(",", "").strip())
        except ValueError:
            self.lost(key, "not_a_number", "A number is expected here; what stands here is not carried.")
            return None
        if not abs(number) < 1e15:  # what is no number at all is neither
            self.lost(key, "too_large", "This number is too large to be carried.")
            return None
        return number

    def within(self, key: str, least: int, most: int) -> int | None:
        """A whole number that must lie between these; one beyond is brought to the nearest, and named."""
        found = self.whole(key)
        if found is None or least <= found <= most:
            return found
        kept = min(max(found, least), most)
        sentence = f"Only {least:,} to {most:,} is possible here: {found:,} becomes {kept:,}."
        self.report.changed((*self.path, key), "limit", sentence)
        return kept

    def child(self, key: str) -> Node:
        """The object under a word; empty when there is none."""
        self._read.add(key)
        if key not in self._children:
            self._children[key] = [Node(self.value.get(key), (*self.path, key), self.report)]
        return self._children[key][0]

    def children(self, key: str) -> list[Node]:
        """The objects of a list under a word; what is none is named and passed over."""
        self._read.add(key)
        if key not in self._children:
            found = self.value.get(key)
            if not isinstance(found, list):
                if not is_empty(found):
                    self.lost(key, "shape", "Here a list is expected; what stands here is not carried.")
                found = []
            nodes = [Node(value, (*self.path, key, index), self.report) for index, value in enumerate(found)]
            pairs = zip(nodes, found, strict=True)
            self._children[key] = [node for node, value in pairs if isinstance(value, dict)]
        return self._children[key]

    def replace(self, key: str, child: Node) -> None:
        """Read another object under a word instead."""
        self._read.add(key)
        self._children[key] = [child]

    def ignore(self, *keys: str) -> None:
        """These words carry nothing: names inside the old system, empty repetitions."""
        self._read.update(keys)

    def forget(self) -> None:
        """The whole object carries nothing; a note has said so."""
        self._read.update(self.value)
        self._children.clear()

    def lost(self, key: str, code: str, sentence: str) -> None:
        """Name one word that could not be carried."""
        self._read.add(key)
        self.report.lost((*self.path, key), code, sentence)

    def leftovers(self, sentences: Sentences) -> None:
        """Name every word with a value that nobody read, here and below."""
        for key, value in self.value.items():
            if key not in self._read:
                self._name(key, value, sentences)
        for children in self._children.values():
            for child in children:
                child.leftovers(sentences)

    def _name(self, key: str, value: Any, sentences: Sentences) -> None:
        if all(is_empty(leaf) for _, leaf in leaves(value)):
            return
        code, sentence = sentences.get(key, ("setting", f'The setting "{key[:80]}" is not carried.'))
        self.report.lost((*self.path, key), code, sentence)


def leaves(value: Any, path: tuple[Part, ...] = ()) -> Iterator[tuple[tuple[Part, ...], Any]]:
    """The single values of a document with their places."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from leaves(part, (*path, index))
    else:
        yield path, value


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: 0 does say something."""
    return value is None or value is False or (not isinstance(value, int | float) and value in ("", [], {}))


def clean(text: str) -> str:
    """The text without characters that cannot be stored or shown."""
    return "".join(
        letter
        for letter in text
        if letter in "\n\t" or (letter >= " " and not "\ud800" <= letter <= "\udfff")
    )
