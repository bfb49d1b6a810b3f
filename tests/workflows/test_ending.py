"""How a case ends."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from workflows import services
from workflows.clock import LIVE, calendar_of, due
from workflows.ending import withdraw_case
from workflows.ledger import Ledger
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


def test_a_reopened_case_has_its_own_deadlines_again_from_now_on(
    package, publish, begin, supervisor, clerk, decide
):
    whole = {
        "key": "whole",
        "type": "deadline",
        "warnings": [{"before": {"working_days": 3}, "to": ["owner"], "message": "late"}],
        "escalate": {"priority": "urgent"},
    }
    package["workflow"]["nodes"].append(whole)
    case = begin(publish(package))
    sent = now() - timedelta(days=60)
    Case.objects.filter(pk=case.pk).update(submitted_at=sent)
    of_case = Deadline.objects.filter(case=case, work_item=None, **LIVE)
    assert of_case.count() == 2
    services.hold(reference=case.reference, by=clerk, reason="We wait for the plan")
    services.cancel_case(reference=case.reference, reason="Sent twice", by=supervisor)
    assert not of_case.exists()

    services.reopen_case(reference=case.reference, node_key="check", reason="Not twice", by=supervisor)
    case = Case.objects.get(pk=case.pk)
    expected = due(case, case.flow_class.decide_within, now())
    main = of_case.get(kind="deadline")
    warning = of_case.get(kind="warning")
    for at in (main.due_at, case.due_at):
        assert abs(at - expected) < timedelta(minutes=1)
    assert (warning.due_at < main.due_at, main.paused_at) == (True, None)
    calendar = calendar_of(case.department_id)
    for clock in ((None, ""), (None, "whole")):  # what stood still before the end counts no more
        assert abs(Ledger.of(case).due(clock, calendar) - expected) < timedelta(minutes=1)
