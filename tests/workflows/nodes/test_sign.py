"""A letter is signed once, in the name of who decided, and the signature is good."""

from __future__ import annotations

import copy
import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.documents.certificates.checking import signature_of
from engine.documents.models import Document
from engine.documents.signing_authority import make_signing_files
from tests.workflows.conftest import with_nodes
from tests.workflows.nodes.letters import LETTER, MESSAGES, bytes_of
from tests.workflows.steps import Killed, task, visits
from workflows.ending import withdraw_case
from workflows.jobs import run_job
from workflows.models import CaseDocument, WorkItem
from workflows.selectors.cases import case_view
from workflows.services import retry_step
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
SIGN = {"key": "seal", "type": "sign", "document": "letter", "by": "decide", "next": "check"}
NODES = (task("decide", "letter"), {**LETTER, "next": "seal"}, SIGN, task("check", "done"))


@pytest.fixture(scope="module")
def files():
    return make_signing_files("Test")


@pytest.fixture(autouse=True)
def _key(settings, files):
    settings.CERTIFICATE_KEY, settings.CERTIFICATE_CHAIN = files.key, files.chain
    settings.CERTIFICATE_TRUST = ""


@pytest.fixture
def simple_package(simple_package):
    """The small service with the message of the letter."""
    return {**simple_package, "messages": copy.deepcopy(MESSAGES)}


@pytest.fixture
def to_sign(running, work_off, decide, clerk):
    """A case whose letter waits to be signed."""
    case = running(*NODES)
    decide(case, "decide", clerk, "done")
    work_off(case, "letter")
    return case


def letter_of(case):
    return CaseDocument.objects.select_related("document").get(case=case)


def test_the_letter_is_signed_in_the_name_of_who_decided(to_sign, work_off, clerk):
    before = letter_of(to_sign)
    assert work_off(to_sign, "seal").status == "DONE"
    letter = letter_of(to_sign)
    data = bytes_of(letter.document)
    assert signature_of(data) == "valid"
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    assert signature.sig_object["/Name"] == clerk.get_full_name()
    assert (letter.signer, letter.unsigned_id) == (clerk.get_full_name(), before.document_id)
    assert data.startswith(bytes_of(before.document))
    assert AuditEntry.objects.filter(chain=to_sign.chain, verb="document.signed").count() == 1
    assert visits(to_sign, "check") == ["NEW"]
    assert case_view(clerk, to_sign.reference).made[0].signer == clerk.get_full_name()


def test_delivered_twice_it_is_signed_once(to_sign, work_off):
    item = work_off(to_sign, "seal")
    run_job(item.pk)
    assert AuditEntry.objects.filter(verb="document.signed").count() == 1
    assert Document.objects.count() == 2


def test_a_crash_after_signing_signs_no_second_time(to_sign, work_off, monkeypatch):
    def crash(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("workflows.job_step.JobActivation.finish", crash)
        with pytest.raises(Killed):
            work_off(to_sign, "seal")
    WorkItem.objects.filter(process=to_sign, node_key="seal").update(lease_until=None)
    assert work_off(to_sign, "seal").status == "DONE"
    assert AuditEntry.objects.filter(verb="document.signed").count() == 1
    assert Document.objects.count() == 2


def test_without_a_key_it_is_tried_again_and_nothing_is_lost(
    to_sign, work_off, settings, files, administrator
):
    settings.CERTIFICATE_KEY = ""
    item = work_off(to_sign, "seal")
    assert item.status == "SCHEDULED"
    assert item.data["error"] == "NoSigningKey"
    settings.CERTIFICATE_KEY = files.key
    assert work_off(to_sign, "seal").status == "DONE"


def test_without_a_letter_an_administrator_has_to_look(to_sign, work_off, administrator):
    CaseDocument.objects.all().delete()
    item = work_off(to_sign, "seal")
    assert (item.status, item.data["error"]) == ("ERROR", "no_document")
    retry_step(item_id=item.pk, by=administrator)
    assert work_off(to_sign, "seal").status == "ERROR"


def test_a_withdrawn_application_is_not_signed(to_sign):
    withdraw_case(to_sign.pk)
    run_job(WorkItem.objects.get(process=to_sign, node_key="seal").pk)
    assert letter_of(to_sign).signed_at is None


def test_another_departments_clerk_reads_nothing_of_it(to_sign, foreign_clerk):
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, to_sign.reference)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"document": "nothing"}, "unknown_step"),
        ({"document": "decide"}, "no_document"),
        ({"by": "nobody"}, "unknown_step"),
        ({"by": "letter"}, "not_a_person"),
    ],
)
def test_what_cannot_be_signed_is_said_at_publishing(simple_package, more, code):
    nodes = [*NODES[:2], {**SIGN, **more}, NODES[3]]
    assert code in {each.code for each in check_package(with_nodes(simple_package, *nodes)).must_mend}
