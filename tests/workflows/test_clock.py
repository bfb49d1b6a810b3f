"""Due times run in working time, and stand still while the applicant is asked."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.workflows.moments import set_clock
from workflows import clock
from workflows.models import Case, Deadline, WorkItem

pytestmark = pytest.mark.django_db
LISBON = ZoneInfo("Europe/Lisbon")
MONDAY = datetime(2026, 11, 16, 10, tzinfo=LISBON)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of the engine."""

    return lambda moment: set_clock(monkeypatch, moment)


@pytest.fixture
def case(package, publish, begin, at):
    at(MONDAY)
    return begin(publish(package))


def test_a_step_is_due_in_working_days(case, open_work):
    assert open_work(case, "check").due_at == MONDAY + timedelta(days=3)
    assert case.due_at == MONDAY + timedelta(days=14)


def test_all_clocks_stand_still_while_the_applicant_is_asked(case, at, clerk, decide, open_work):
    at(MONDAY + timedelta(days=1))
    decide(case, "check", clerk, "return")
    case.refresh_from_db()
    assert case.paused_at == MONDAY + timedelta(days=1)
    own = Deadline.objects.get(case=case, node_key="correct")
    assert own.paused_at is None
    assert own.due_at == MONDAY + timedelta(days=15)


def test_what_was_left_is_left_after_the_answer(case, at, clerk, citizen, decide, open_work):
    at(MONDAY + timedelta(days=1))
    decide(case, "check", clerk, "return")
    at(MONDAY + timedelta(days=3))  # two working days later
    with open_work(case, "correct").activation() as activation:
        activation.answer(citizen, activation.process.answers)
    case.refresh_from_db()
    assert case.paused_at is None
    assert case.due_at == MONDAY + timedelta(days=16)


def test_a_deadline_of_a_step_that_stays_open_is_moved(case, at, clerk, citizen, open_work):
    """A path beside the case waits for staff while the applicant is asked."""
    beside = open_work(case, "check")
    late = Deadline.objects.get(case=case, node_key="late")
    with beside.activation() as activation:
        at(MONDAY + timedelta(days=1))
        asked = case.flow_class.step("correct")._create(activation, beside.token)
    late.refresh_from_db()
    beside.refresh_from_db()
    assert late.paused_at == beside.paused_at == MONDAY + timedelta(days=1)
    at(MONDAY + timedelta(days=2))
    with WorkItem.objects.get(pk=asked.task.pk).activation() as activation:
        activation.answer(citizen, activation.process.answers)
    late.refresh_from_db()
    beside.refresh_from_db()
    assert late.paused_at is None
    assert late.due_at == MONDAY + timedelta(days=8)  # five working days, and one that stood still
    assert beside.due_at == MONDAY + timedelta(days=4)
    assert Case.objects.get(pk=case.pk).paused_at is None


def test_the_calendar_is_read_once_a_minute(licensing, django_assert_num_queries):
    with django_assert_num_queries(1):
        clock.calendar_of(licensing.pk)
        clock.calendar_of(licensing.pk)
