"""An end of everything."""

import pytest

from tests.workflows.steps import join, let_pass, open_steps, parallel, pause, task, visits
from workflows.models import Case, CaseState, Deadline

pytestmark = pytest.mark.django_db


def test_everything_that_is_open_is_cancelled(running, decide, clerk):
    case = running(
        parallel("both", "fire", "rest"),
        task("fire", ok="together", bad="stop"),
        pause("rest", "together"),
        join("together", "done"),
        {"key": "stop", "type": "terminate", "outcome": "expired"},
    )
    decide(case, "fire", clerk, "bad")
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.outcome, stored.status) == (CaseState.EXPIRED, "expired", "DONE")
    assert open_steps(case) == []
    assert (visits(case, "rest"), visits(case, "stop")) == (["CANCELED"], ["DONE"])
    assert not Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).exists()


def test_a_path_beside_the_case_can_end_it_too(running):
    case = running(
        task("fire", "done"),
        {"key": "late", "type": "deadline", "on": "fire", "after": {"days": 1}, "next": "stop"},
        {"key": "stop", "type": "terminate", "outcome": "expired"},
    )
    assert let_pass(case, "late")
    assert Case.objects.get(pk=case.pk).state == CaseState.EXPIRED
    assert visits(case, "fire") == ["CANCELED"]
