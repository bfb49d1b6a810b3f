"""Before a service is published its workflow is walked by itself: no step of it may break with an error."""

from __future__ import annotations

from engine.core.problems import Problems
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.services.packages import proofs
from workflows.walking.findings import Problem
from workflows.walking.walker import Budget, walk

WALKS = 3
MOST_MOVES, MOST_SECONDS = 40, 0.5  # what is not seen within them is left to saved walks and the walker
MOST_STEPS = 300  # a larger workflow takes too long to be set up once more


def prove_by_walking(package: ServicePackage, service: Service, problems: Problems) -> None:
    """Note every step that broke; ways that were not gone, and cases that came to no end, are no proof."""
    if len(package.workflow.nodes) > MOST_STEPS:
        return
    findings = walk(package, service.department, seeds=WALKS, budget=Budget(MOST_MOVES, MOST_SECONDS))
    places = {options.key: number for number, options in enumerate(package.workflow.nodes)}
    for found in findings.problems:
        if found.kind == "fault":
            where = ("workflow", "nodes", places[found.step]) if found.step in places else ("workflow",)
            problems.at(*where).mend("walk_breaks", _sentence(found))


def _sentence(found: Problem) -> str:
    way = " > ".join(found.moves)
    return f"When this workflow was walked as a trial, it broke here. After {way}: {found.sentence}"


if prove_by_walking not in proofs:
    proofs.append(prove_by_walking)
