"""Notes of staff: for colleagues alone, with letters that say nothing of what stands in them."""

import json
from uuid import uuid4

import pytest

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.messages.models import Letter, OutboxMessage
from workflows import services
from workflows.models import Case, CaseNote
from workflows.selectors.applications import application
from workflows.selectors.cases import case_view
from workflows.services.refusals import NothingWritten

pytestmark = pytest.mark.django_db
WORDS = "Leila has a second stall. @Karim Bello, please look; @Olga Petrov too."


def test_who_is_mentioned_gets_a_letter_that_says_nothing_of_the_note(
    licence_case: Case, clerk: User, second_clerk: User, supervisor: User, foreign_clerk: User
) -> None:
    note = services.add_note(reference=licence_case.reference, text=WORDS, by=clerk, key=uuid4())
    assert list(note.told.all()) == [second_clerk]
    letter = Letter.objects.get(kind="note.mentions")
    assert (letter.recipient, letter.case_reference) == (second_clerk, "")
    assert "Noor Amari mentions you in a note" in letter.text
    for kept in (letter.text, letter.html, letter.subject, *map(str, OutboxMessage.objects.values())):
        assert "Leila" not in kept
        assert "stall" not in kept
    entry = AuditEntry.objects.filter(chain=licence_case.chain).order_by("-position")[0]
    assert (entry.verb, entry.actor) == ("note.added", clerk)
    assert json.loads(entry.details) == {"told": [second_clerk.pk]}
    (line,) = case_view(supervisor, licence_case.reference).notes or []
    assert (line.by, line.text, line.told) == ("Noor Amari", WORDS, ["Karim Bello"])


def test_one_form_makes_one_note_however_often_it_is_sent(
    licence_case: Case, clerk: User, second_clerk: User
) -> None:
    key = uuid4()
    for text in ("@karim bello, look", "sent again"):
        services.add_note(reference=licence_case.reference, text=text, by=clerk, key=key)
    assert [note.text for note in CaseNote.objects.all()] == ["@karim bello, look"]
    assert Letter.objects.filter(kind="note.mentions").count() == 1


def test_a_colleague_is_told_without_typing_the_name_and_strangers_never_are(
    licence_case: Case, clerk: User, second_clerk: User, foreign_clerk: User, citizen: User, auditor: User
) -> None:
    chosen = [second_clerk, foreign_clerk, citizen, auditor, clerk]
    note = services.add_note(
        reference=licence_case.reference, text="Look", by=clerk, key=uuid4(), also_tell=chosen
    )
    assert list(note.told.all()) == [second_clerk]


def test_an_empty_note_is_refused(licence_case: Case, clerk: User) -> None:
    with pytest.raises(NothingWritten):
        services.add_note(reference=licence_case.reference, text=" \n ", by=clerk, key=uuid4())


def test_the_applicant_and_who_may_not_see_personal_data_never_see_a_note(
    licence_case: Case, clerk: User, citizen: User, auditor: User, foreign_clerk: User
) -> None:
    services.add_note(reference=licence_case.reference, text=WORDS, by=clerk, key=uuid4())
    assert "second stall" not in repr(application(citizen, licence_case.reference, "en"))
    assert case_view(auditor, licence_case.reference).notes is None
    with pytest.raises(AccessRefused):
        services.add_note(reference=licence_case.reference, text="x", by=auditor, key=uuid4())
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, licence_case.reference)
