"""A workflow of another system becomes the working copy of a service, with a report of what is not kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.importing.reading import read_source, read_workflows
from workflows.models import Service
from workflows.services.foreign import ForeignImport
from workflows.services.packages import import_package

MOST_WORKFLOWS = 20
LONGEST_KEY = 60


def import_foreign_workflow(*, content: bytes, department: Department, by: User) -> ForeignImport:
    """Read workflows out of a foreign file; raises Refused or DefinitionRefused when nothing comes of it."""
    require(by, Permission.DESIGN_SERVICE, department.pk)
    imported = read_workflows(read_source(content))
    done = ForeignImport(imported.format, [], imported.report)
    with transaction.atomic():  # all of them, or none
        for found in imported.workflows[:MOST_WORKFLOWS]:
            package = {**found.package, "key": _free_key(found.package, department)}
            made = import_package(source=package, department=department, by=by)
            done.services.append(made.service)
            done.problems.extend(made.problems)
    for found in imported.workflows[MOST_WORKFLOWS:]:
        sentence = f'The workflow "{found.name}" is not read: import it alone.'
        imported.report.lost(("workflows",), "too_many", sentence)
    return done


def _free_key(package: dict[str, Any], department: Department) -> str:
    """The same workflow again comes to its service, another one never does."""
    wanted, number = str(package["key"]), 1
    taken = Service.objects.select_related("current").filter(department=department, key__startswith=wanted)
    others = {service.key: _origin(_package_of(service)) for service in taken}
    key = wanted
    while key in others and others[key] != _origin(package):
        number += 1
        tail = f"-{number}"
        key = wanted[: LONGEST_KEY - len(tail)] + tail
    return key


def _package_of(service: Service) -> dict[str, Any]:
    found: dict[str, Any] = service.working or (service.current.package if service.current else {})
    return found


def _origin(package: dict[str, Any]) -> str | None:
    """What the workflow was called in the old system."""
    nodes = (package.get("workflow") or {}).get("nodes") or [{}]
    origin: str | None = nodes[0].get("origin")
    return origin
