"""Deadlines that come, and those that come too late."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from engine.messages.models import Letter
from workflows.deadlines import due_deadlines, fire_deadline
from workflows.models import Case, CaseState, Deadline, WorkItem
from workflows.unit import unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(package, publish):
    return publish(package)


def make_due(case: Case, node_key: str) -> Deadline:
    deadline = Deadline.objects.get(case=case, node_key=node_key, fired_at=None, cancelled_at=None)
    deadline.due_at = now() - timedelta(seconds=1)
    deadline.save()
    return deadline


def test_a_deadline_is_set_in_working_time(version, begin, calendar, open_work):
    case = begin(version)
    deadline = Deadline.objects.get(case=case)
    assert (deadline.node_key, deadline.work_item) == ("late", open_work(case, "check"))
    assert calendar.working_days_between(now(), deadline.due_at) >= 5
    assert not due_deadlines().exists()


def test_a_path_beside_the_step_leaves_the_step_open(version, begin, supervisor, open_work):
    case = begin(version)
    deadline = make_due(case, "late")
    assert list(due_deadlines()) == [deadline]
    assert fire_deadline(deadline.pk)
    assert open_work(case, "check").status == "NEW"
    assert Case.objects.get(pk=case.pk).finished is None
    assert Letter.objects.filter(recipient=supervisor, case_reference=case.reference).count() == 1
    beside = WorkItem.objects.get(process=case, node_key="reminded")
    assert beside.status == "DONE"
    assert not beside.token.is_split_token()  # a join of the main way does not wait for it


def test_a_deadline_fires_once(version, begin, supervisor):
    deadline = make_due(begin(version), "late")
    assert fire_deadline(deadline.pk)
    assert not fire_deadline(deadline.pk)
    assert Letter.objects.filter(recipient=supervisor).count() == 1


def test_an_interrupting_deadline_leaves_the_step(version, begin, clerk, decide, open_work):
    case = begin(version, amount="9000.00")
    decide(case, "check", clerk, "accept")
    item = open_work(case, "approve")
    assert fire_deadline(make_due(case, "over").pk)
    item.refresh_from_db()
    case.refresh_from_db()
    assert item.status == "CANCELED"
    assert (case.state, case.status) == (CaseState.REFUSED, "DONE")


def test_a_step_that_is_done_drops_its_deadline(version, begin, clerk, decide):
    case = begin(version)
    deadline = Deadline.objects.get(case=case)
    decide(case, "check", clerk, "accept")
    deadline.refresh_from_db()
    assert deadline.cancelled_at is not None
    assert not fire_deadline(deadline.pk)


def test_a_deadline_that_is_not_due_does_nothing(version, begin):
    assert not fire_deadline(Deadline.objects.get(case=begin(version)).pk)


def test_a_deadline_that_does_not_exist_does_nothing():
    assert not fire_deadline(4711)


def test_a_wait_ends_when_its_time_has_come(version, begin, clerk, decide, open_work):
    case = begin(version)
    decide(case, "check", clerk, "accept")
    assert open_work(case, "pause").status == "NEW"
    assert fire_deadline(make_due(case, "pause").pk)
    assert open_work(case, "licence").status == "SCHEDULED"


def test_silence_of_the_applicant_ends_the_case(version, begin, clerk, decide):
    case = begin(version)
    decide(case, "check", clerk, "return")
    assert fire_deadline(make_due(case, "correct").pk)
    case.refresh_from_db()
    assert (case.state, case.outcome) == (CaseState.EXPIRED, "expired")


def test_the_end_drops_every_deadline(version, begin, clerk, decide):
    case = begin(version)
    decide(case, "check", clerk, "refuse", reason="No")
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()


def test_setting_and_dropping_in_one_transaction_leaves_none(version, begin):
    case = begin(version)
    item = WorkItem.objects.get(process=case, node_key="check")
    with unit():
        item.flow_task.arm_deadlines(item)
        item.flow_task.disarm_deadlines(item)
    assert not Deadline.objects.filter(case=case, cancelled_at=None, node_key="late").exists()
