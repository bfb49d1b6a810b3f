"""What is wrong with a document that may be incomplete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.core.problems import Problem, Problems
from engine.departments.models import Department
from workflows.definition import ServicePackage, parse_package
from workflows.selectors.staffing import note_roles_without_people
from workflows.validator import check_package


@dataclass(frozen=True)
class Checked:
    """The problems of a document, and the package in it where its shape is right."""

    problems: list[Problem]
    package: ServicePackage | None

    @property
    def complete(self) -> bool:
        """Whether nothing has to be mended before it can be published."""
        return not any(problem.severity == "mend" for problem in self.problems)


def check(document: dict[str, Any], department: Department) -> Checked:
    """Every problem that can be found; of a document of the wrong shape those of its shape."""
    problems = Problems()
    package = parse_package(document, problems)
    if package is None:
        return Checked(list(problems), None)
    found = check_package(package)
    note_roles_without_people(package, department, found)
    return Checked(list(found), package)
