"""A letter is made once, lies with the case, and is opened by who may."""

from __future__ import annotations

import copy
import io

import pikepdf
import pytest
from django.test import Client

from engine.audit.models import AuditEntry
from engine.core.problems import Problems
from engine.departments.access import AccessRefused
from engine.documents.models import Document
from tests.workflows.conftest import with_nodes
from tests.workflows.nodes.letters import LETTER, MESSAGES, bytes_of, language_of
from tests.workflows.steps import Killed, task, visits
from workflows.definition import parse_package
from workflows.dry_run import Script, play
from workflows.ending import withdraw_case
from workflows.job_step import MOST_ATTEMPTS
from workflows.jobs import run_job
from workflows.models import CaseDocument, WorkItem
from workflows.selectors.cases import case_view
from workflows.selectors.documents import document_for
from workflows.services import open_document, retry_step
from workflows.validator import check_package

pytestmark = pytest.mark.django_db


@pytest.fixture
def simple_package(simple_package):
    """The small service with the message of the letter."""
    return {**simple_package, "messages": copy.deepcopy(MESSAGES)}


@pytest.fixture
def made(running, work_off):
    """A case with its letter."""
    case = running(LETTER, task("check", "done"))
    assert work_off(case, "letter").status == "DONE"
    return CaseDocument.objects.select_related("document", "case").get(case=case)


def test_the_letter_is_drawn_in_the_language_of_the_case_and_kept(made):
    data = bytes_of(made.document)
    assert made.title == f"Decision on {made.case.reference}"
    assert (made.document.content_type, made.document.owner) == ("application/pdf", None)
    assert language_of(data) == "en"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"Decision on {made.case.reference} {made.case.reference}"
    assert visits(made.case, "check") == ["NEW"]
    entry = AuditEntry.objects.get(chain=made.case.chain, verb="document.made")
    assert made.document.sha256 in entry.details


def test_delivered_twice_there_is_one_letter(made):
    run_job(made.work_item_id)
    assert (CaseDocument.objects.count(), Document.objects.count()) == (1, 1)


def test_a_crash_after_drawing_makes_no_second_one(running, work_off, monkeypatch):
    case = running(LETTER, task("check", "done"))

    def crash(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("workflows.job_step.JobActivation.finish", crash)
        with pytest.raises(Killed):
            work_off(case, "letter")
    WorkItem.objects.filter(process=case, node_key="letter").update(lease_until=None)
    assert work_off(case, "letter").status == "DONE"
    assert (CaseDocument.objects.count(), Document.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(verb="document.made").count() == 1


def test_given_up_it_is_tried_again_by_an_administrator_alone(
    running, work_off, monkeypatch, administrator, foreign_clerk
):
    case = running(LETTER, task("check", "done"))

    def full(*args, **kwargs):
        raise OSError

    WorkItem.objects.filter(process=case, node_key="letter").update(attempts=MOST_ATTEMPTS - 1)
    with monkeypatch.context() as patch:
        patch.setattr("workflows.nodes.generate_document.store_bytes", full)
        item = work_off(case, "letter")
    assert (item.status, item.data["error"]) == ("ERROR", "OSError")
    with pytest.raises(AccessRefused):
        retry_step(item_id=item.pk, by=foreign_clerk)
    retry_step(item_id=item.pk, by=administrator)
    assert work_off(case, "letter").status == "DONE"
    assert CaseDocument.objects.get(case=case).work_item_id == item.pk


def test_a_withdrawn_application_gets_no_letter(running):
    case = running(LETTER, task("check", "done"))
    withdraw_case(case.pk)
    run_job(WorkItem.objects.get(process=case, node_key="letter").pk)
    assert not CaseDocument.objects.exists()


class TestWhoOpensIt:
    def test_staff_of_the_department_and_the_applicant(self, made, clerk, citizen):
        assert open_document(document_id=made.document_id, by=clerk) == made.document
        assert not document_for(citizen, made.document_id).as_staff
        reads = AuditEntry.objects.filter(chain=made.case.chain, verb="personal_data.read")
        assert [entry.actor for entry in reads] == [clerk]

    def test_nobody_else(self, made, foreign_clerk, other_citizen, outsider):
        for user in (foreign_clerk, other_citizen, outsider):
            with pytest.raises((AccessRefused, Document.DoesNotExist)):
                document_for(user, made.document_id)

    def test_a_letter_for_staff_is_none_for_the_applicant(self, running, work_off, clerk, citizen):
        case = running({**LETTER, "for_applicant": False}, task("check", "done"))
        work_off(case, "letter")
        made = CaseDocument.objects.get(case=case)
        assert document_for(clerk, made.document_id).as_staff
        with pytest.raises(Document.DoesNotExist):
            document_for(citizen, made.document_id)

    def test_the_pages_show_it(self, made, clerk, citizen, foreign_clerk):
        (line,) = case_view(clerk, made.case.reference).made
        assert (line.title, line.signer) == (made.title, "")
        pages = {}
        for user, path in ((clerk, "work/cases"), (citizen, "applications"), (foreign_clerk, "work/cases")):
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            pages[user] = client.get(f"/{path}/{made.case.reference}/").content.decode()
        assert made.title in pages[clerk]
        assert "Not signed" in pages[clerk]
        assert f'href="/documents/{made.document_id}/"' in pages[citizen]
        assert made.title not in pages[foreign_clerk]


def test_a_trial_draws_it_and_keeps_nothing(simple_package, licensing, designer):
    package = parse_package(with_nodes(simple_package, LETTER, task("check", "done")), Problems())
    script = Script.model_validate({"acts": [{"do": "apply"}]})
    report = play(package, script, department=licensing, by=designer)
    assert [work.step for work in report.open] == ["check"]
    assert not CaseDocument.objects.exists()


def test_what_is_not_there_is_said_at_publishing(simple_package):
    node = {**LETTER, "title": "", "message": "other", "rows": [{"field": "nothing.x"}]}
    package = with_nodes(simple_package, node, task("check", "done"))
    found = {each.code for each in check_package(package).must_mend}
    assert {"missing", "unknown_message", "unknown_field"} <= found
