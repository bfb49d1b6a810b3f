"""The cases that a member of staff may open, by department."""

from dataclasses import dataclass
from typing import Any

from engine.departments.models import User
from workflows.models import Service
from workflows.node_type import node_types
from workflows.roles import work_of
from workflows.selectors.first_actions import form_of_start
from workflows.selectors.versions import version_of


@dataclass(frozen=True)
class StaffStart:
    """One start that staff may use: of which service, and what they are told of it."""

    service: Service
    key: str
    title: str
    service_title: str
    summary: str
    department_name: str
    asks: bool  # whether a form is filled in before the case is opened


def staff_starts(user: User, *, language: str) -> list[StaffStart]:
    """What the person may open, by department, service and the order in which the service writes it."""
    allowed = set(work_of(user))
    services = Service.objects.filter(
        department_id__in={department for department, _ in allowed}, archived_at=None, current__isnull=False
    )
    ordered = services.select_related("department").defer("working").order_by("department__key", "key")
    return [
        _start(service, options, language)
        for service in ordered
        for options in starts_of(service.current_id or 0)
        if allowed.intersection(_who_may(service, options))
    ]


def starts_of(version_id: int) -> list[Any]:
    """The starts of a version at which staff open cases."""
    nodes = version_of(version_id).package.nodes.values()
    return [options for options in nodes if node_types[options.type].opened_by_staff(options)]


def _who_may(service: Service, options: Any) -> set[tuple[int, str]]:
    package = version_of(service.current_id or 0).package
    return {(service.department_id, role) for role in package.staff_roles(options)}


def _start(service: Service, options: Any, language: str) -> StaffStart:
    package = version_of(service.current_id or 0).package
    return StaffStart(
        service,
        options.key,
        options.title.in_(language),
        package.title.in_(language),
        package.summary.in_(language),
        service.department.name(language),
        bool(form_of_start(version_of(service.current_id or 0), options.key)),
    )
