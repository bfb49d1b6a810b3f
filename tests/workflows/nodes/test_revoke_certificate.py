"""A workflow takes a certificate back: its own, or the one that was named."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.documents.models import Certificate, Document
from tests.workflows.conftest import PACKAGE, with_nodes
from tests.workflows.steps import Killed, task, visits
from workflows.ending import withdraw_case
from workflows.jobs import run_job
from workflows.models import WorkItem
from workflows.selectors.cases import case_view
from workflows.services import retry_step
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
NODE = {
    "key": "back",
    "type": "revoke_certificate",
    "certificate": "licence",
    "reason": {"en": "The conditions were not kept.", "fr": "Les conditions ne sont pas remplies."},
    "next": "check",
}


@pytest.fixture
def simple_package(simple_package):
    """The small service, which knows a certificate."""
    simple_package["certificates"] = PACKAGE["certificates"]
    return simple_package


@pytest.fixture
def issued(licensing):
    """Makes a valid certificate."""

    def make(number, *, reference="STL-2020-000001", kind="stall-licence:licence", department=licensing):
        document = Document.objects.create(
            department=department,
            name="c.pdf",
            size=3,
            content_type="application/pdf",
            sha256="0" * 64,
            store="nas",
        )
        return Certificate.objects.create(
            department=department,
            kind=kind,
            number=number,
            code=number[-9:],
            idempotency_key=f"{department.pk}{number}",
            case_reference=reference,
            holder_masked="L",
            title={"en": "Licence"},
            document=document,
            issued_at=now(),
            valid_from=date(2026, 1, 1),
            state=Certificate.State.VALID,
        )

    return make


def state(certificate):
    return Certificate.objects.get(pk=certificate.pk).state


def test_the_certificates_of_the_case_and_of_this_kind_are_revoked_with_the_reason(running, issued, work_off):
    case = running(NODE, task("check", "done"))
    mine = issued("SL-2026-000001", reference=case.reference)
    other_kind = issued("SX-2026-000002", reference=case.reference, kind="stall-licence:other")
    other_case = issued("SL-2026-000003")
    item = work_off(case, "back")
    assert (item.status, item.data["certificates"]) == ("DONE", ["SL-2026-000001"])
    assert [state(each) for each in (mine, other_kind, other_case)] == ["revoked", "valid", "valid"]
    mine.refresh_from_db()
    assert (mine.revoke_reason, mine.revoked_by) == ("The conditions were not kept.", None)
    entry = AuditEntry.objects.get(chain=case.chain, verb="certificate.revoked")
    assert (entry.subject, entry.actor) == ("certificate:SL-2026-000001", None)
    assert visits(case, "check") == ["NEW"]


def test_twice_it_is_revoked_once(running, issued, work_off):
    case = running(NODE, task("check", "done"))
    issued("SL-2026-000001", reference=case.reference)
    item = work_off(case, "back")
    run_job(item.pk)
    assert AuditEntry.objects.filter(chain=case.chain, verb="certificate.revoked").count() == 1


def test_a_crash_in_the_middle_revokes_once(running, issued, work_off, monkeypatch):
    case = running(NODE, task("check", "done"))
    mine = issued("SL-2026-000001", reference=case.reference)

    def crash(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("workflows.job_step.JobActivation.finish", crash)
        with pytest.raises(Killed):
            work_off(case, "back")
    assert state(mine) == "revoked"
    WorkItem.objects.filter(process=case, node_key="back").update(lease_until=None)
    assert work_off(case, "back").status == "DONE"
    assert AuditEntry.objects.filter(chain=case.chain, verb="certificate.revoked").count() == 1


def test_a_rule_names_one_of_the_department_and_never_of_another(running, issued, work_off, works):
    node = {name: value for name, value in NODE.items() if name != "certificate"} | {
        "number": "answers.trade"
    }
    case = running(node, task("check", "done"), trade=" SL-2026-000009 ")
    mine, theirs = issued("SL-2026-000009"), issued("SL-2026-000008", department=works)
    work_off(case, "back")
    assert (state(mine), state(theirs)) == ("revoked", "valid")
    other = running(node, task("check", "done"), trade="SL-2026-000008")
    item = work_off(other, "back")
    assert (item.status, item.data["error"], state(theirs)) == ("ERROR", "no_certificate", "valid")


def test_one_that_is_known_later_is_revoked_when_it_is_tried_again(
    running, issued, work_off, administrator, foreign_clerk
):
    node = {name: value for name, value in NODE.items() if name != "certificate"} | {
        "number": "answers.trade"
    }
    case = running(node, task("check", "done"), trade="SL-2026-000009")
    item = work_off(case, "back")
    late = issued("SL-2026-000009")
    with pytest.raises(AccessRefused):
        retry_step(item_id=item.pk, by=foreign_clerk)
    retry_step(item_id=item.pk, by=administrator)
    assert (work_off(case, "back").status, state(late)) == ("DONE", "revoked")


def test_a_withdrawn_case_revokes_nothing(running, issued):
    case = running(NODE, task("check", "done"))
    mine = issued("SL-2026-000001", reference=case.reference)
    withdraw_case(case.pk)
    run_job(WorkItem.objects.get(process=case, node_key="back").pk)
    assert state(mine) == "valid"


def test_another_departments_clerk_reads_nothing_of_it(running, foreign_clerk):
    case = running(NODE, task("check", "done"))
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, case.reference)


def test_an_unknown_certificate_and_a_missing_reason_are_said_at_publishing(simple_package):
    package = with_nodes(
        simple_package, {**NODE, "certificate": "other", "reason": {}}, task("check", "done")
    )
    assert {"unknown_certificate", "no_text"} <= {each.code for each in check_package(package).must_mend}
