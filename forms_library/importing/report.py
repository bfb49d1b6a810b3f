"""The report of an import: every construct that was not carried as it stood, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from dataclasses import field as attribute
from typing import Any, Literal

from engine.core.problems import Part, place

NoteKind = Literal["lost", "changed", "defect"]


@dataclass(frozen=True)
class Note:
    """One thing to know: what is lost, what became something else, or what is wrong in the source itself."""

    kind: NoteKind
    code: str
    path: tuple[Part, ...]
    sentence: str

    @property
    def where(self) -> str:
        """The place in the source, as text."""
        return place(self.path)

    def written(self) -> dict[str, Any]:
        """The note as plain JSON."""
        return {**asdict(self), "path": list(self.path)}


@dataclass
class Report:
    """A collector of notes; the same note is kept once."""

    notes: list[Note] = attribute(default_factory=list)
    _seen: set[Note] = attribute(default_factory=set, repr=False)

    def lost(self, path: tuple[Part, ...], code: str, sentence: str) -> None:
        """Note what could not be carried."""
        self._add(Note("lost", code, path, sentence))

    def changed(self, path: tuple[Part, ...], code: str, sentence: str) -> None:
        """Note what was carried as something else."""
        self._add(Note("changed", code, path, sentence))

    def defect(self, path: tuple[Part, ...], code: str, sentence: str) -> None:
        """Note what is wrong in the source, whoever reads it."""
        self._add(Note("defect", code, path, sentence))

    def of(self, kind: NoteKind) -> list[Note]:
        """The notes of one kind."""
        return [note for note in self.notes if note.kind == kind]

    def names(self, path: tuple[Part, ...]) -> bool:
        """Whether a note speaks of this place or of what holds it."""
        places = {note.path for note in self.notes}
        return any(path[:length] in places for length in range(1, len(path) + 1))

    def grouped(self) -> dict[NoteKind, dict[str, list[Note]]]:
        """The notes by kind, and within it by sentence."""
        groups: dict[NoteKind, dict[str, list[Note]]] = {"defect": {}, "lost": {}, "changed": {}}
        for note in self.notes:
            groups[note.kind].setdefault(note.sentence, []).append(note)
        return groups

    def _add(self, note: Note) -> None:
        if note not in self._seen:
            self._seen.add(note)
            self.notes.append(note)

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def __len__(self) -> int:
        return len(self.notes)
