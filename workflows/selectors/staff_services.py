"""The services for staff that a person may apply to, by department."""

from engine.departments.access import departments_with
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Audience, Service
from workflows.selectors.catalogue import DepartmentServices, ServiceLine, folded
from workflows.selectors.versions import package_of


def staff_services(user: User, *, language: str) -> list[DepartmentServices]:
    """What the person may ask for; each path is where applying starts."""
    allowed = departments_with(user, Permission.APPLY_INTERNAL)
    found: dict[int, DepartmentServices] = {}
    services = Service.objects.filter(
        department_id__in=allowed, audience=Audience.STAFF, archived_at=None, current__isnull=False
    )
    for service in services.select_related("department").defer("working").order_by("department__key", "key"):
        department, package = service.department, package_of(service.current_id or 0)
        if not package.takes_applications:
            continue
        group = found.setdefault(department.pk, DepartmentServices(department, department.name(language)))
        line = ServiceLine(
            f"/apply/{service.address}/",
            package.title.in_(language),
            package.summary.in_(language),
            group.name,
            service.audience,
        )
        group.services.append(line)
    return sorted(found.values(), key=lambda group: folded(group.name))
