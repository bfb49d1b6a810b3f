"""A text message to the applicant's phone: once, by a worker, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.departments.access import AccessRefused
from tests.workflows.conftest import with_nodes
from tests.workflows.steps import Killed, task, visits
from workflows.ending import withdraw_case
from workflows.jobs import run_job
from workflows.models import WorkItem
from workflows.selectors.cases import case_view
from workflows.services import retry_step
from workflows.validator import check_package

pytestmark = pytest.mark.django_db
NODE = {
    "key": "tell",
    "type": "sms",
    "field": "trade",
    "text": {"en": "{reference} is ready, {applicant}."},
    "next": "check",
}


@pytest.fixture
def sent(settings, tmp_path: Path):
    """What was sent, one text for each file."""
    settings.SMS_GATEWAY = f"folder:{tmp_path}/sms"
    return lambda: sorted(file.read_text() for file in (tmp_path / "sms").glob("*.txt"))


def test_the_message_is_sent_once_and_the_case_goes_on(running, work_off, sent):
    case = running(NODE, task("check", "done"), trade="555 0100")
    item = work_off(case, "tell")
    assert (item.status, item.data["parts"]) == ("DONE", 1)
    assert sent() == [f"To: 5550100\n\n{case.reference} is ready, Leila Haddad.\n"]
    assert "5550100" not in str(item.data)
    run_job(item.pk)  # the queue delivers it again
    assert (len(sent()), visits(case, "check")) == (1, ["NEW"])


def test_a_crash_after_sending_sends_no_second_one(running, work_off, sent, monkeypatch):
    case = running(NODE, task("check", "done"), trade="555 0100")

    def crash(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("workflows.job_step.JobActivation.finish", crash)
        with pytest.raises(Killed):
            work_off(case, "tell")
    WorkItem.objects.filter(process=case, node_key="tell").update(lease_until=None)
    assert work_off(case, "tell").status == "DONE"
    assert len(sent()) == 1


def test_without_a_number_an_administrator_has_to_look(running, work_off, sent, administrator):
    case = running(NODE, task("check", "done"), trade="Fruit")
    item = work_off(case, "tell")
    assert (item.status, item.data["error"]) == ("ERROR", "no_number")
    retry_step(item_id=item.pk, by=administrator)
    assert work_off(case, "tell").status == "ERROR"
    assert sent() == []


def test_a_failure_is_caught_on_the_edge(running, work_off, settings):
    settings.SMS_GATEWAY = ""
    caught = {"key": "caught", "type": "error", "on": "tell", "codes": ["no_gateway"], "next": "letter"}
    case = running(NODE, caught, task("check", "done"), task("letter", "done"), trade="555 0100")
    work_off(case, "tell")
    assert visits(case, "letter") == ["NEW"]


def test_a_withdrawn_application_sends_nothing(running, sent):
    case = running(NODE, task("check", "done"), trade="555 0100")
    withdraw_case(case.pk)
    run_job(WorkItem.objects.get(process=case, node_key="tell").pk)
    assert sent() == []


def test_another_departments_clerk_reads_nothing_of_it(running, foreign_clerk):
    case = running(NODE, task("check", "done"))
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, case.reference)


def test_what_cannot_be_sent_is_said_at_publishing(simple_package, settings):
    settings.SMS_GATEWAY = ""
    node = {**NODE, "field": "phone", "text": {"en": "{where}" + "x" * 700}}
    found = {each.code for each in check_package(with_nodes(simple_package, node, task("check", "done")))}
    assert {"unknown_field", "unknown_placeholder", "too_long", "no_gateway"} <= found
