"""A clerk of another department, and people without the role, are refused by every verb on a case."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.documents.models import Document
from workflows import services
from workflows.models import Case, Service, WorkItem
from workflows.refusals import WorkRefused
from workflows.services.package_text import write_package
from workflows.services.publications import vote_on_publication

pytestmark = pytest.mark.django_db
Verb = Callable[[Any, User], Any]

ON_A_CASE: dict[str, Verb] = {
    "claim": lambda at, user: services.claim(item_id=at.item, by=user),
    "release": lambda at, user: services.release(item_id=at.item, by=user),
    "assign": lambda at, user: services.assign(item_id=at.item, to=user, by=user),
    "delegate": lambda at, user: services.delegate(item_id=at.item, to=user, by=user),
    "decide": lambda at, user: services.decide(item_id=at.item, by=user, outcome="accept"),
    "escalate": lambda at, user: services.escalate(item_id=at.item, by=user),
    "return": lambda at, user: services.decide(
        item_id=at.item, by=user, outcome="return", return_fields=["plan"], note="x"
    ),
    "add_note": lambda at, user: services.add_note(
        reference=at.case.reference, text="x", key=uuid4(), by=user
    ),
    "set_flag": lambda at, user: services.set_flag(reference=at.case.reference, key="x", by=user),
    "take_flag_off": lambda at, user: services.take_flag_off(reference=at.case.reference, key="x", by=user),
    "undo_last_step": lambda at, user: services.undo_last_step(reference=at.case.reference, by=user),
    "move_to_step": lambda at, user: services.move_to_step(
        reference=at.case.reference, node_key="approve", reason="x", by=user
    ),
    "cancel_case": lambda at, user: services.cancel_case(reference=at.case.reference, reason="x", by=user),
    "reopen_case": lambda at, user: services.reopen_case(
        reference=at.case.reference, node_key="check", reason="x", by=user
    ),
    "archive_case": lambda at, user: services.archive_case(reference=at.case.reference, by=user),
    "unarchive_case": lambda at, user: services.unarchive_case(reference=at.case.reference, by=user),
    "retry_step": lambda at, user: services.retry_step(item_id=at.item, by=user),
    "skip_step": lambda at, user: services.skip_step(item_id=at.item, reason="x", by=user),
    "mend_answers": lambda at, user: services.mend_answers(
        reference=at.case.reference, given={"business_name": "x"}, reason="x", by=user
    ),
    "merge_case": lambda at, user: services.merge_case(
        reference=at.case.reference, into=at.case.reference, by=user
    ),
    "reveal": lambda at, user: services.reveal(
        reference=at.case.reference, field_keys=["applicant_national_id"], by=user
    ),
    "explain": lambda at, user: services.explain(reference=at.case.reference, name="cooking_with", by=user),
    "questions_of": lambda at, user: services.questions_of(reference=at.case.reference, by=user),
    "open_document": lambda at, user: services.open_document(document_id=at.document, by=user),
    "export_case": lambda at, user: services.export_case_answers(user, at.case.reference, kind="csv"),
    "export_answers": lambda at, user: services.export_answers(user, at.service, kind="csv"),
    "revoke_certificate": lambda at, user: services.revoke_certificate(
        reference=at.case.reference, number="TL-2026-000001", by=user, reason="x"
    ),
    "ask_for_amendment": lambda at, user: services.ask_for_amendment(
        reference=at.case.reference, number="TL-1", given={"business_name": "x"}, reason="x", by=user
    ),
    "read_amendment": lambda at, user: services.read_amendment(
        reference=at.case.reference, amendment_id=1, by=user, language="en"
    ),
    "approve_amendment": lambda at, user: services.approve_amendment(
        reference=at.case.reference, amendment_id=1, by=user
    ),
    "refuse_amendment": lambda at, user: services.refuse_amendment(
        reference=at.case.reference, amendment_id=1, reason="x", by=user
    ),
    "ask_for_opinion": lambda at, user: services.ask_for_opinion(
        item_id=at.item, address="x@example.org", by=user
    ),
    "ask_beside": lambda at, user: services.ask_beside(
        reference=at.case.reference, address="x@example.org", question="x", fields=[], days=5, by=user
    ),
    "end_link": lambda at, user: services.end_link(reference=at.case.reference, opinion_id=1, by=user),
    "take_at_desk": lambda at, user: services.take_at_desk(
        item_id=at.item, method="cash", receipt="1", amount="1.00", by=user
    ),
    "take_opinion_back": lambda at, user: services.take_opinion_back(item_id=at.item, by=user),
    "begin_payment": lambda at, user: services.begin_payment(
        reference=at.case.reference, by=user, language="en"
    ),
    "withdraw": lambda at, user: services.withdraw(reference=at.case.reference, by=user),
    "start_correction": lambda at, user: services.start_correction(at.case.reference, by=user),
}
READINGS = {"explain", "questions_of", "open_document", "export_case", "export_answers"}  # nothing is done
ON_A_SERVICE: dict[str, Verb] = {
    "import_package": lambda at, user: services.import_package(
        source=write_package(at.service.current.package), department=at.service.department, by=user
    ),
    "publish": lambda at, user: services.publish(service=at.service, by=user),
    "vote_on_publication": lambda at, user: vote_on_publication(
        service=at.service, asked_by=at.service.current.published_by, approved=True, reason="x", by=user
    ),
    "export_package": lambda at, user: services.export_package(version=at.service.current, by=user),
    "export_working": lambda at, user: services.export_working(service=at.service, by=user),
}


class At:
    """What the verbs are tried on."""

    def __init__(self, case: Case, document: Document) -> None:
        self.case = case
        self.document = document.pk
        self.item = WorkItem.objects.get(process=case, node_key="check").pk
        self.service = Service.objects.select_related("current", "department").get(pk=case.service_id)


@pytest.mark.parametrize("person_named", ["foreign_clerk", "designer", "outsider", "other_citizen"])
@pytest.mark.parametrize("verb", ON_A_CASE)
def test_a_case_is_closed_to_people_without_a_role_there(
    verb: str, person_named: str, licence_case: Case, plan: Document, request: pytest.FixtureRequest
) -> None:
    user, entries = request.getfixturevalue(person_named), AuditEntry.objects.count()
    with pytest.raises((AccessRefused, ObjectDoesNotExist)):
        ON_A_CASE[verb](At(licence_case, plan), user)
    item = WorkItem.objects.get(process=licence_case, node_key="check")
    assert (item.owner_id, item.finished) == (None, None)
    written = list(AuditEntry.objects.filter(verb__in=("work.refused", "case.refused")))
    assert AuditEntry.objects.count() == entries + len(written)
    assert [row.actor for row in written] == ([] if verb in READINGS else [user])


@pytest.mark.parametrize("person_named", ["foreign_clerk", "clerk", "auditor", "citizen"])
@pytest.mark.parametrize("verb", ON_A_SERVICE)
def test_a_service_is_closed_to_who_neither_designs_nor_publishes(
    verb: str, person_named: str, licence_case: Case, plan: Document, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(AccessRefused):
        ON_A_SERVICE[verb](At(licence_case, plan), request.getfixturevalue(person_named))


def test_an_auditor_works_on_nothing(licence_case: Case, plan: Document, auditor: User) -> None:
    for verb in ("claim", "release", "assign", "decide", "reveal", "open_document", "export_case"):
        with pytest.raises(AccessRefused):
            ON_A_CASE[verb](At(licence_case, plan), auditor)


def test_who_designs_does_not_publish(licence: Service, designer: User, publisher: User) -> None:
    with pytest.raises(AccessRefused):
        services.publish(service=licence, by=designer)
    with pytest.raises(AccessRefused):
        services.export_working(service=licence, by=publisher)


WRONG_NOW = {
    "claim": "AlreadyTaken",
    "release": "NotYours",
    "delegate": "NotYours",
    "decide": "NotYours",
    "escalate": "NotOpen",
    "set_flag": "UnknownFlag",
    "undo_last_step": "CourseRefused",
    "reopen_case": "CourseRefused",
    "archive_case": "CourseRefused",
    "retry_step": "NotFailed",
    "skip_step": "NotFailed",
    "mend_answers": "GoesOn",
    "merge_case": "CourseRefused",
    "start_correction": "NotOpen",
}


@pytest.mark.parametrize("verb", WRONG_NOW)
def test_what_cannot_be_done_now_is_refused_with_a_sentence_and_written_down_once(
    verb: str,
    licence_case: Case,
    plan: Document,
    clerk: User,
    second_clerk: User,
    administrator: User,
    citizen: User,
) -> None:
    at = At(licence_case, plan)
    services.claim(item_id=at.item, by=clerk)
    steering = {"undo_last_step", "reopen_case", "archive_case", "merge_case"}
    repairing = {"retry_step", "skip_step", "mend_answers"}
    by = administrator if verb in steering | repairing else second_clerk
    by = citizen if verb == "start_correction" else by
    with pytest.raises(WorkRefused) as refused:
        ON_A_CASE[verb](at, by)
    assert (type(refused.value).__name__, bool(refused.value.sentence)) == (WRONG_NOW[verb], True)
    (row,) = AuditEntry.objects.filter(verb__in=("work.refused", "case.refused"))
    details = json.loads(row.details)
    assert (row.chain, row.actor, row.department_id) == (licence_case.chain, by, licence_case.department_id)
    assert (details["act"], details["why"]) == (verb, WRONG_NOW[verb])
    assert set(details) <= {"act", "why", "code", "node"}


def test_what_is_refused_inside_a_transaction_that_is_kept_is_written_down_in_it(
    licence_case: Case, plan: Document, foreign_clerk: User
) -> None:
    with transaction.atomic(), pytest.raises(AccessRefused):
        services.claim(item_id=At(licence_case, plan).item, by=foreign_clerk)
    assert AuditEntry.objects.filter(verb="work.refused", actor=foreign_clerk).count() == 1
