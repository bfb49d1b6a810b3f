"""The notes of a case, for who may read personal data of it."""

from dataclasses import dataclass
from datetime import datetime

from engine.departments.models import User
from workflows.models import Case, CaseNote
from workflows.selectors.rights import may_read_answers


@dataclass(frozen=True)
class NoteLine:
    """One note: whose words, when, and who was told."""

    by: str
    at: datetime
    text: str
    told: list[str]


def notes_of(user: User, case: Case) -> list[NoteLine] | None:
    """The notes, the newest first; None for who may not read them."""
    if not may_read_answers(user, case):
        return None
    found = CaseNote.objects.filter(case=case).select_related("by").prefetch_related("told")
    return [
        NoteLine(
            note.by.get_full_name(),
            note.at,
            note.text,
            sorted(each.get_full_name() for each in note.told.all()),
        )
        for note in found.order_by("-at", "-pk")
    ]
