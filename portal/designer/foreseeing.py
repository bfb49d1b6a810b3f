"""What an import would do, before it is done: on the way from a test to production it is looked at first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from engine.core.problems import Problem
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from portal.designer.designs import outside
from portal.designer.differences import differences
from portal.designer.effects import Line, effect_of, outlook_of
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.selectors.readiness import note_what_is_missing_here
from workflows.services.packages import Source, checked


@dataclass(frozen=True)
class Foreseen:
    """The service that would change, in sentences what would, what it means for open cases, and problems."""

    key: str
    is_new: bool
    changes: list[dict[str, Any]] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def foresee_import(*, source: Source, department: Department, by: User, language: str) -> Foreseen:
    """Read and check a package against what is here; nothing is changed. Raises DefinitionRefused.

    The sentences are in the given language, whatever page asks for them.
    """
    require(by, Permission.DESIGN_SERVICE, department.pk)
    package, problems = checked(source)
    note_what_is_missing_here(package, department, problems)
    service = Service.objects.select_related("current").filter(department=department, key=package.key).first()
    before = outside(service) if service else None
    with override(language):
        return Foreseen(
            package.key,
            service is None,
            differences(before or {}, package.written(), language),
            effect_of(service)["sentences"] if service else [],
            _lines(service, package, by, language) if service else [],
            list(problems),
        )


def _lines(service: Service, package: ServicePackage, by: User, language: str) -> list[Line]:
    found = outlook_of(service, package, by=by, language=language)
    return [*found["cases"], *found["drafts"]]
