"""What is wrong with a document that may be incomplete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.core.problems import Problem, Problems
from engine.departments.models import Department
from portal.designer.usable_package import WORKFLOW, UsablePackage, stands_in, usable_package
from workflows.definition import ServicePackage, parse_package
from workflows.selectors.readiness import note_what_is_missing_here
from workflows.validator import check_package

LINES = ("form", "workflow", "people", "certificate", "messages")
"""The lines of the checklist that are looked at here."""
ABOUT_QUESTIONS = frozenset({"rule", "unknown_field"})
"""What is said of a step or a certificate that reads a question which cannot be found."""
UNUSED, REST = "unused", "rest"


@dataclass(frozen=True)
class Checked:
    """The problems of a document, and the package in it where its shape is right.

    `waits` says for a line of the checklist what has to be mended before it can be looked at.
    """

    problems: list[Problem]
    package: ServicePackage | None
    waits: Mapping[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether nothing has to be mended before it can be published."""
        return not any(problem.severity == "mend" for problem in self.problems)


def check(document: dict[str, Any], department: Department) -> Checked:
    """Every problem that can be found; of a document of the wrong shape, also those of its right parts."""
    problems = Problems()
    package = parse_package(document, problems)
    if package is None:
        return _parts(document, department, list(problems))
    found = check_package(package)
    note_what_is_missing_here(package, department, found)
    return Checked(list(found), package)


def _parts(document: dict[str, Any], department: Department, shape: list[Problem]) -> Checked:
    if any(problem.code in ("format", "not_a_package") for problem in shape):
        return Checked(shape, None, dict.fromkeys(LINES, REST))
    usable = usable_package(document)
    found, nobody = check_package(usable.package), Problems()
    note_what_is_missing_here(usable.package, department, nobody)
    told = [problem for problem in found if _is_sure(problem, usable, document)]
    told += [_in_its_place(problem, usable) for problem in nobody]
    return Checked([*shape, *told], None, dict(_waits(usable)))


def _is_sure(problem: Problem, usable: UsablePackage, document: dict[str, Any]) -> bool:
    """Whether a problem would be there if the parts of the wrong shape were right."""
    name = problem.path[0] if problem.path else ""
    if problem.code == UNUSED and WORKFLOW not in usable.parts:
        return False
    if name == "forms" and problem.code != UNUSED:
        return problem.path[1] in usable.forms and not stands_in(document, problem.path)
    if problem.code in ABOUT_QUESTIONS and not usable.asks_all:
        return False
    return name in usable.parts


def _waits(usable: UsablePackage) -> Iterator[tuple[str, str]]:
    """What could not be looked at, and what has to be mended first."""
    for line, part in (("workflow", WORKFLOW), ("certificate", "certificates"), ("messages", "messages")):
        if part not in usable.parts:
            yield line, line
        elif line != "messages" and not usable.asks_all:
            yield line, "form"
    for part in ("roles", WORKFLOW):
        if part not in usable.parts:
            yield "people", part


def _in_its_place(problem: Problem, usable: UsablePackage) -> Problem:
    """A problem of a step, where the step stands among those of the wrong shape."""
    match problem.path:
        case (name, "nodes", int(number), *rest) if name == WORKFLOW:
            return replace(problem, path=(name, "nodes", usable.steps[number], *rest))
    return problem
