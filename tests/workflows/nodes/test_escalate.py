"""An escalation is raised for whoever waits for it: around the step, in the whole case, or above it."""

import pytest

from engine.messages.models import OutboxMessage
from tests.workflows.nodes.test_multi_instance import FIELD, each
from tests.workflows.steps import open_steps, task, visits

pytestmark = pytest.mark.django_db
WARN = {"key": "warn", "type": "escalate", "code": "expensive", "next": "inspect"}


def test_nobody_waits_for_it_and_the_case_goes_on(running):
    case = running({**WARN, "next": "check"}, task("check", "done"))
    assert open_steps(case) == ["check"]
    assert not OutboxMessage.objects.filter(topic="workflow.escalated").exists()


@pytest.fixture
def stalls(simple_package):
    simple_package["forms"]["application"]["pages"][0]["fields"].append(FIELD)
    return [{"name": "Bread", "size": 3}, {"name": "Fish", "size": 12}]


def caught(**more):
    return {"key": "caught", "type": "escalation", "on": "stall", "code": "expensive", "next": "head", **more}


def test_around_the_step_each_path_is_heard(running, stalls):
    nodes = [each(body="warn"), WARN, task("inspect", "over"), task("sign", "done"), task("head", "over")]
    case = running(*nodes, caught(), stalls=stalls)
    assert open_steps(case) == ["head", "head", "inspect", "inspect", "stall"]


def test_an_interrupting_one_leaves_all_that_runs_inside(running, stalls):
    nodes = [each(body="warn"), WARN, task("inspect", "over"), task("sign", "done"), task("head", "done")]
    case = running(*nodes, caught(interrupting=True), stalls=stalls)
    assert open_steps(case) == ["head"]
    assert "NEW" not in visits(case, "inspect")


def test_in_the_whole_case(running):
    handler = {
        "key": "anytime",
        "type": "event_sub_process",
        "event": "escalation",
        "codes": ["expensive"],
        "interrupting": False,
        "next": "head",
    }
    case = running({**WARN, "next": "check"}, task("check", "done"), handler, task("head", "over"))
    assert open_steps(case) == ["check", "head"]
