"""Background steps are played, whatever kind they are."""

from collections.abc import Iterator

import pytest

from workflows.definition import node_types
from workflows.job_step import JobStep


def _kinds(of: type[JobStep]) -> Iterator[type[JobStep]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


KINDS = sorted(
    (kind for kind in _kinds(JobStep) if kind.__module__.startswith("workflows.nodes.")),
    key=lambda kind: kind.__module__,
)


def test_there_are_background_steps() -> None:
    assert len(KINDS) >= 4
    assert len(list(node_types)) > 30


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__module__)
def test_every_background_step_can_be_tried_out(kind: type[JobStep]) -> None:
    assert kind.rehearse is not JobStep.rehearse
