"""What was not carried from one format to another, put together for reading."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from forms_library.importing.report import Note, NoteKind, Report

LISTED = 10


@dataclass(frozen=True)
class Line:
    """One sentence of the report with the places that it speaks of."""

    sentence: str
    notes: list[Note]

    @property
    def first(self) -> list[Note]:
        """The places that are shown."""
        return self.notes[:LISTED]

    @property
    def more(self) -> list[Note]:
        """The others, which stay folded."""
        return self.notes[LISTED:]


@dataclass(frozen=True)
class Group:
    """The lines of one kind, with how many places they speak of."""

    kind: NoteKind
    title: str
    meaning: str
    lines: list[Line]

    @property
    def count(self) -> int:
        """How many places."""
        return sum(len(line.notes) for line in self.lines)


def groups_of(report: Report) -> list[Group]:
    """What there is to know, the most serious first."""
    words: dict[NoteKind, tuple[str, str]] = {
        "lost": (
            _("Not carried"),
            _("This is missing now. Look whether the form still does what it should."),
        ),
        "defect": (_("Defects of the source"), _("This was wrong before, whoever reads the form.")),
        "changed": (_("Carried in another way"), _("This does the same by other means.")),
    }
    found = report.grouped()
    return [
        Group(kind, title, meaning, [Line(sentence, notes) for sentence, notes in found[kind].items()])
        for kind, (title, meaning) in words.items()
        if found[kind]
    ]
