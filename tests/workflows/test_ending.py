"""How a case ends."""

import pytest

from workflows.ending import withdraw_case
from workflows.models import Case, CaseState, Deadline, WorkItem

pytestmark = pytest.mark.django_db


def test_withdrawing_cancels_everything_that_is_open(package, publish, begin):
    case = begin(publish(package))
    assert withdraw_case(case.pk).state == CaseState.WITHDRAWN
    stored = Case.objects.get(pk=case.pk)
    assert (stored.status, stored.outcome) == ("DONE", "withdrawn")
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
    assert not Deadline.objects.filter(case=case, cancelled_at=None).exists()


def test_a_case_that_has_ended_cannot_be_withdrawn(simple_package, publish, begin, clerk, decide):
    case = begin(publish(simple_package))
    decide(case, "check", clerk, "refuse", reason="No")
    assert withdraw_case(case.pk) is None
    assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED


def test_withdrawing_while_the_applicant_is_asked(simple_package, publish, begin, clerk, decide):
    case = begin(publish(simple_package))
    decide(case, "check", clerk, "return")
    assert withdraw_case(case.pk).paused_at is None
    assert not WorkItem.objects.filter(process=case, finished=None).exists()
