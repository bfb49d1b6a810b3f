"""Who may open a document."""

import uuid

import pytest

from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.documents.models import Document
from workflows.models import Case
from workflows.selectors.documents import document_for

pytestmark = pytest.mark.django_db


def test_its_owner_and_staff_of_the_department_open_it(
    licence_case: Case, plan: Document, citizen: User, clerk: User, supervisor: User
) -> None:
    assert not document_for(citizen, plan.pk).as_staff
    for user in (clerk, supervisor):
        held = document_for(user, plan.pk)
        assert (held.document, held.case, held.field_key, held.as_staff) == (plan, licence_case, "plan", True)


def test_staff_without_the_right_to_it_are_refused(
    licence_case: Case,
    plan: Document,
    foreign_clerk: User,
    auditor: User,
    designer: User,
    administrator: User,
) -> None:
    for user in (foreign_clerk, auditor, designer, administrator):
        with pytest.raises(AccessRefused):
            document_for(user, plan.pk)


def test_for_other_people_it_does_not_exist(
    licence_case: Case, plan: Document, other_citizen: User, outsider: User
) -> None:
    for user in (other_citizen, outsider):
        with pytest.raises(Document.DoesNotExist):
            document_for(user, plan.pk)


def test_before_it_is_sent_only_its_owner_opens_it(plan: Document, citizen: User, clerk: User) -> None:
    assert document_for(citizen, plan.pk).case is None
    with pytest.raises(Document.DoesNotExist):
        document_for(clerk, plan.pk)


def test_an_unknown_document_does_not_exist(clerk: User) -> None:
    with pytest.raises(Document.DoesNotExist):
        document_for(clerk, uuid.uuid4())
