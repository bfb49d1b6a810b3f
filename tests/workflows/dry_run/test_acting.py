"""Every service of the demonstration can be played to an end by the people that a trial makes up."""

import pytest
import yaml

from engine.core.problems import Problems
from engine.departments.models import Department, User
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
