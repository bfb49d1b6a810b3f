"""Every service of the demonstration can be played to an end by the people that a trial makes up."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from engine.core.problems import Problems
from engine.departments.models import Department, User
from tests.workflows.complaints import COMPLAINT
from tests.workflows.dry_run.walks import apply_with, decide, walk
from tests.workflows.published import text_of
from workflows.definition import parse_package
from workflows.dry_run import Report, Script, play

pytestmark = pytest.mark.django_db
PATHS = [
    "licensing/trade-licence.yaml",
    "registry/residence-extract.yaml",
    "works/purchase-approval.yaml",
    "works/street-event.yaml",
    "works/neighbourhood-grant.yaml",
]
MOST_ACTS = 25


def _next_act(report: Report) -> dict[str, object]:
    """What brings the case on: the first way of the first thing that somebody can do, else time."""
    for work in report.open:
        if work.kind == "person":
            return {"do": "decide", "step": work.step, "outcome": work.choices[0].key, "reason": "So it is."}
        if work.kind == "outside":
            return {"do": "outside", "step": work.step, "outcome": work.choices[0].key, "reason": "Yes."}
        if work.kind == "applicant":
            return {"do": "correct"}
        if work.kind == "call":
            return {"do": "reply", "step": work.step}
    return {"do": "wait"}


@pytest.mark.parametrize("path", PATHS)
def test_a_service_of_the_demonstration_is_played_to_its_end(
    path: str, licensing: Department, designer: User
) -> None:
    package = parse_package(yaml.safe_load(text_of(path)), Problems())
    assert package is not None
    acts: list[dict[str, object]] = [{"do": "apply"}]
    for _ in range(MOST_ACTS):
        script = Script.model_validate({"acts": acts})
        report = play(package, script, department=licensing, by=designer)
        assert report.stopped is None, (acts[-1], report.stopped)
        if report.ended:
            break
        acts.append(_next_act(report))
    assert report.ended
    assert report.outcome


@pytest.fixture
def complaint(licensing: Department, designer: User) -> Callable[..., Report]:
    """Plays a service that thinks in states."""
    package = parse_package(COMPLAINT, Problems())
    assert package is not None

    def played(*acts: dict[str, Any]) -> Report:
        return play(package, walk(*acts), department=licensing, by=designer)

    return played


def test_in_a_state_each_action_is_offered_with_who_may_take_it(complaint: Callable[..., Report]) -> None:
    report = complaint(apply_with(street="Mill Lane"))
    (work,) = report.open
    assert (work.step, work.kind) == ("filed", "state")
    assert {choice.key: choice.roles for choice in work.choices}["comment"] == ("applicant", "officer")


def test_staff_the_applicant_and_a_system_take_actions_also_after_the_end(
    complaint: Callable[..., Report],
) -> None:
    acts = [
        apply_with(street="Mill Lane"),
        decide("filed", "charge"),
        decide("unpaid", "pay", by="payments"),
        decide("assigned", "resolve", by="field"),
        decide("resolved", "reopen", by="applicant", reason="It is broken again."),
    ]
    ended = complaint(*acts[:4])
    assert ended.stopped is None
    assert (ended.ended, ended.outcome, ended.open[0].step) == (True, "approved", "resolved")
    reopened = complaint(*acts)
    assert reopened.stopped is None
    assert (reopened.ended, reopened.open[0].step) == (False, "filed")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (decide("filed", "assign", by="applicant"), "not_permitted"),
        (decide("filed", "assign", by="payments"), "not_permitted"),
        (decide("filed", "fly"), "UnknownOutcome"),
        (decide("filed", "reject"), "ReasonMissing"),
        (decide("unpaid", "pay"), "not_open"),
    ],
)
def test_an_action_that_is_not_theirs_stops_the_walk(
    complaint: Callable[..., Report], act: dict[str, Any], code: str
) -> None:
    stopped = complaint(apply_with(street="Mill Lane"), act).stopped
    assert stopped is not None
    assert (stopped.number, stopped.code) == (2, code)
