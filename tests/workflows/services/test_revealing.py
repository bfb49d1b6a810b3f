"""Personal data: shown to who may see it, and every reading is recorded."""

import json

import pytest

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.documents.models import Document
from workflows.models import Case
from workflows.services import open_document, reveal

pytestmark = pytest.mark.django_db


def test_showing_an_answer_is_recorded_without_the_answer(licence_case: Case, clerk: User) -> None:
    rows = reveal(
        reference=licence_case.reference, field_keys=["applicant_national_id", "no_such_field"], by=clerk
    )
    assert [(row.field_key, row.masked) for row in rows] == [("applicant_national_id", False)]
    assert "4471" in rows[0].value_text
    entry = history(licence_case.chain).last()
    assert entry is not None
    assert (entry.verb, entry.actor) == ("personal_data.read", clerk)
    assert json.loads(entry.details) == {"fields": ["applicant_national_id"]}


def test_who_may_not_see_personal_data_is_refused(
    licence_case: Case, auditor: User, administrator: User
) -> None:
    for user in (auditor, administrator):
        with pytest.raises(AccessRefused):
            reveal(reference=licence_case.reference, field_keys=["applicant_name"], by=user)


def test_staff_who_open_a_document_are_recorded_and_its_owner_is_not(
    licence_case: Case, plan: Document, clerk: User, citizen: User
) -> None:
    before = history(licence_case.chain).count()
    assert open_document(document_id=plan.pk, by=citizen) == plan
    assert history(licence_case.chain).count() == before
    assert open_document(document_id=plan.pk, by=clerk) == plan
    entry = history(licence_case.chain).last()
    assert entry is not None
    assert (entry.verb, json.loads(entry.details)) == ("personal_data.read", {"fields": ["plan"]})
