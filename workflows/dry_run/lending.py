"""The services that a tried one calls: their published packages are lent to the stage of the walk."""

from __future__ import annotations

from engine.departments.models import Department
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.node_type import node_types

MOST = 20  # services that call each other end there, as cases inside each other do


def called_by(package: ServicePackage, department: Department) -> list[ServicePackage]:
    """What a package calls in its department, and what that calls in turn, as far as it is published."""
    found: dict[str, ServicePackage] = {}
    asked = _called(package)
    while asked and len(found) < MOST:
        key = asked.pop()
        services = Service.objects.filter(department=department, key=key, archived_at=None)
        service = services.select_related("current").defer("working").first()
        if key in found or key == package.key or service is None or service.current is None:
            continue
        found[key] = ServicePackage.model_validate(service.current.package)
        asked |= _called(found[key])
    return list(found.values())


def _called(package: ServicePackage) -> set[str]:
    calls = (node_types[options.type].calls(options) for options in package.workflow.nodes)
    return {call.service for call in calls if call is not None}
