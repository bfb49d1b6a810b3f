"""Uploads that nothing refers to."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from engine.documents.storing import store_bytes
from forms_library.answers import PageResult
from tests.workflows.published import *  # noqa: F403
from workflows.models import Case, CaseDocument, Draft, Service, Submission, WorkItem
from workflows.services import save_page, start_draft
from workflows.unused_documents import GRACE, sweep_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(licensing: Department) -> Callable[..., Document]:
    """Bytes that somebody sent: eight days ago, unless said otherwise."""

    def make(owner: User | None, days: float = GRACE.days + 1) -> Document:
        document = store_bytes(
            b"plan", name="plan.png", content_type="image/png", department=licensing, owner=owner
        )
        Document.objects.filter(pk=document.pk).update(created_at=timezone.now() - timedelta(days=days))
        return document

    return make


def answer(document: Document) -> dict[str, Any]:
    """What a form keeps of a file."""
    return {"document": str(document.pk), "name": "plan.png", "size": 4, "type": "image/png"}


def test_the_files_of_a_draft_that_was_given_up_are_removed_once(
    citizen: User, licence: Service, upload: Callable[..., Document]
) -> None:
    document = upload(citizen)
    draft = start_draft(citizen, licence, "en")
    save_page(draft, "documents", PageResult({"plan": answer(document)}, {}, []), revision=draft.revision)
    assert sweep_documents() == 0
    Draft.objects.all().delete()
    assert sweep_documents() == 1
    assert sweep_documents() == 0
    assert not Document.objects.exists()
    entry = AuditEntry.objects.get(verb="document.removed")
    assert (entry.subject, entry.department_id) == (f"document:{document.pk}", document.department_id)


def test_what_arrived_within_a_week_stays(citizen: User, upload: Callable[..., Document]) -> None:
    upload(citizen, GRACE.days - 0.5)
    assert sweep_documents() == 0


def test_files_that_were_kept_of_a_page_with_errors_stay(
    citizen: User, licence: Service, upload: Callable[..., Document]
) -> None:
    draft = start_draft(citizen, licence, "en")
    draft.raw = {"documents": {"plan": [answer(upload(citizen))]}}
    draft.save(update_fields=["raw"])
    assert sweep_documents() == 0


def test_a_file_that_was_sent_stays_also_when_a_correction_replaced_it(
    licence_case: Case, citizen: User, upload: Callable[..., Document]
) -> None:
    Draft.objects.all().delete()
    sent, now = upload(citizen), upload(citizen)
    submission = Submission.objects.get(case=licence_case)
    assert submission.answers["plan"]["document"]
    Submission.objects.create(
        case=licence_case,
        form_key="application",
        node_key="correct",
        number=2,
        answers={"plan": answer(sent)},
        by=citizen,
        at=timezone.now(),
    )
    licence_case.keep_answers({**licence_case.answers, "plan": answer(now)})
    licence_case.save(update_fields=["data"])
    assert sweep_documents() == 0


def test_a_sealed_answer_still_holds_its_file(
    licence_case: Case, citizen: User, upload: Callable[..., Document], settings: LazySettings
) -> None:
    settings.FIELD_KEYS = "a:" + base64.b64encode(bytes(32)).decode()
    Draft.objects.all().delete()
    document = upload(citizen)
    sealed = {"sealed": "not readable", "documents": [str(document.pk)]}
    Case.objects.filter(pk=licence_case.pk).update(data={**licence_case.data, "answers": {"plan": sealed}})
    assert sweep_documents() == 0


def test_what_staff_added_to_their_work_stays(
    licence_case: Case,
    clerk: User,
    second_clerk: User,
    item_at: Callable[[Case, str], int],
    upload: Callable[..., Document],
) -> None:
    used, left = upload(clerk), upload(second_clerk)
    item = WorkItem.objects.filter(pk=item_at(licence_case, "check"))
    item.update(owner=clerk, data={"answers": {"photograph": answer(used)}})
    assert sweep_documents() == 1
    assert not Document.objects.filter(pk=left.pk).exists()


def test_what_a_worker_had_stored_when_it_died_is_removed_and_what_a_case_was_given_stays(
    licence_case: Case, upload: Callable[..., Document]
) -> None:
    _lost, unsigned, signed = upload(None), upload(None), upload(None)
    CaseDocument.objects.create(
        case=licence_case,
        work_item=WorkItem.objects.filter(process=licence_case).latest("pk"),
        node_key="letter",
        document=signed,
        unsigned=unsigned,
        title="Letter",
        for_applicant=True,
        made_at=timezone.now(),
    )
    assert sweep_documents() == 1
    assert set(Document.objects.filter(owner=None)) == {unsigned, signed}


def test_certificates_stay(licensing: Department, citizen: User, upload: Callable[..., Document]) -> None:
    now = timezone.now()
    Certificate.objects.create(
        department=licensing,
        kind="licence",
        number="TL-2026-000001",
        code="7Q4K-M2XD",
        idempotency_key="x",
        case_reference="TRL-2026-000001",
        holder_masked="L. H.",
        title={"en": "Trade licence"},
        document=upload(citizen),
        issued_at=now,
        valid_from=now.date(),
        state=Certificate.State.VALID,
    )
    assert sweep_documents() == 0


def test_a_store_that_is_away_is_asked_again_the_next_time(
    citizen: User, upload: Callable[..., Document], settings: LazySettings
) -> None:
    upload(citizen)
    there = settings.DOCUMENT_STORES
    settings.DOCUMENT_STORES = {**there, "nas": {**there["nas"], "must_be_mounted": True}}
    assert sweep_documents() == 0
    assert Document.objects.count() == 1
    settings.DOCUMENT_STORES = there
    assert sweep_documents() == 1
