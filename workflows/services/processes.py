"""Workflows come in and go out as BPMN 2.0."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.audit import log as audit
from engine.core.problems import DefinitionRefused, Problem
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from forms_library.importing.report import Report
from workflows.bpmn import read_bpmn, write_bpmn
from workflows.definition import ServicePackage
from workflows.models import Service, ServiceVersion
from workflows.services.packages import import_package
from workflows.services.refusals import NothingToPublish


@dataclass(frozen=True)
class ProcessImport:
    """The service that was made, what was not as it was, and what is worth a look."""

    service: Service
    steps: int
    report: Report
    problems: list[Problem] = field(default_factory=list)


class ProcessRefused(DefinitionRefused):
    """The process cannot be a service as it is; carries the report as well."""

    def __init__(self, refused: DefinitionRefused, report: Report) -> None:
        super().__init__(refused.problems)
        self.report = report


def import_process(*, content: bytes, department: Department, by: User) -> ProcessImport:
    """Make the largest process of a BPMN file the working copy of a service.

    Raises Refused for a file that cannot be read at all, and ProcessRefused with everything to mend.
    """
    require(by, Permission.DESIGN_SERVICE, department.pk)
    found = read_bpmn(content)
    try:
        done = import_package(source=found.document, department=department, by=by)
    except DefinitionRefused as refused:
        raise ProcessRefused(refused, found.report) from refused
    steps = len(found.package.workflow.nodes) if found.package else 0
    return ProcessImport(done.service, steps, found.report, done.problems)


def export_process(*, service: Service, version: ServiceVersion | None, by: User, language: str) -> bytes:
    """A version as BPMN; without one what is not published yet, or what is live."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    stored = version.package if version else service.working or (service.current and service.current.package)
    if not stored:
        raise NothingToPublish
    audit.record(
        "service.exported",
        chain=audit.department_chain(service.department.key),
        actor=by,
        department_id=service.department_id,
        subject=f"service:{service.key}",
        details={"format": "bpmn", "number": version.number if version else 0},
    )
    return write_bpmn(ServicePackage.model_validate(stored), language)
