"""An end in an error."""

import pytest

from tests.workflows.steps import join, open_steps, parallel, task, visits
from workflows.models import Case, CaseState, WorkItem

pytestmark = pytest.mark.django_db

WORK = (
    parallel("both", "look_up", "fire"),
    task("look_up", found="together", unknown="lost"),
    task("fire", "together"),
    join("together", "done"),
    {"key": "lost", "type": "error_end", "code": "register_unknown"},
)


def test_an_error_that_nobody_catches_fails_the_case(running, decide, clerk):
    case = running(*WORK)
    decide(case, "look_up", clerk, "unknown")
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.outcome, stored.status) == (CaseState.FAILED, "failed", "DONE")
    assert stored.data["error"] == "register_unknown"
    assert visits(case, "fire") == ["CANCELED"]
    assert WorkItem.objects.get(process=case, node_key="lost").outcome == "register_unknown"


def test_an_error_that_a_step_catches_leaves_the_case_to_it(running, decide, clerk, monkeypatch):
    case = running(*WORK)
    caught = []
    step = case.flow_class.step("fire")
    monkeypatch.setattr(step, "catch", lambda activation, code: bool(caught.append(code) or True))
    decide(case, "look_up", clerk, "unknown")
    assert caught == ["register_unknown"]
    assert Case.objects.get(pk=case.pk).finished is None
    assert open_steps(case) == ["fire"]
