"""Notes on a case: for colleagues alone; who is mentioned by "@" and their name is told by letter.

A note may hold personal data. The letter, the record and the outbox hold none of it, only who wrote to whom.
"""

import re
import uuid
from collections.abc import Collection, Iterable

from django.db import transaction

from engine.core.text import Text
from engine.departments.access import people_with, require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.models import Case, CaseNote
from workflows.recording import recorded_case
from workflows.selectors.case_finding import find_case
from workflows.services.refusals import NothingWritten
from workflows.services.refused import refusals_noted
from workflows.services.telling import tell

LONGEST = 4000
SUBJECT = Text({
    "en": "{name} mentions you on {reference}",
    "fr": "{name} vous mentionne dans {reference}",
    "ar": "ذكرك {name} في {reference}",
})  # fmt: skip
BODY = Text({
    "en": "{name} mentions you in a note on the case {reference}.",
    "fr": "{name} vous mentionne dans une note du dossier {reference}.",
    "ar": "ذكرك {name} في ملاحظة على المعاملة {reference}.",
})  # fmt: skip


@refusals_noted
@transaction.atomic
def add_note(
    *, reference: str, text: str, by: User, key: uuid.UUID, also_tell: Collection[User] = ()
) -> CaseNote:
    """Write a note; the same key writes one note, however often it is sent.

    Only colleagues who work on cases of the department are told; others are passed over.
    """
    case = find_case(by, reference)
    require(by, Permission.WORK_CASE, case.department_id)
    words = text.strip()[:LONGEST]
    if not words:
        raise NothingWritten
    note, is_new = CaseNote.objects.get_or_create(case=case, key=key, defaults={"by": by, "text": words})
    if is_new:
        told = mentioned(words, colleagues_of(case.department, but=by), also_tell)
        note.told.set(told)
        subject = f"note:{note.pk}"
        recorded_case("note.added", case, by, subject=subject, told=[person.pk for person in told])
        for person in told:
            _write_to(person, case, by, note)
    return note


def colleagues_of(department: Department, *, but: User) -> list[User]:
    """Who can be told of a note: those who may read it."""
    people = people_with(Permission.WORK_CASE, department)
    return [person for person in people if person.pk != but.pk]


def mentioned(text: str, colleagues: Iterable[User], also: Collection[User] = ()) -> list[User]:
    """Those whose name stands behind an "@", and those chosen beside the text."""
    chosen = {person.pk for person in also}
    return [person for person in colleagues if person.pk in chosen or _is_named(person, text)]


def _is_named(person: User, text: str) -> bool:
    name = re.escape(person.get_full_name())
    return re.search(rf"@{name}(?!\w)", text, re.IGNORECASE) is not None


def _write_to(person: User, case: Case, by: User, note: CaseNote) -> None:
    key = f"note:{note.pk}:{person.pk}"
    tell(person, case, by, kind="note.mentions", subject=SUBJECT, body=BODY, key=key)
