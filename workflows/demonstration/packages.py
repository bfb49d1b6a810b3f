"""The services of the demonstration, imported and published by the people whose work that is."""

from engine.departments.models import Department, User
from workflows.demonstration import files
from workflows.models import Service
from workflows.services import import_package, publish


def load_packages(departments: dict[str, Department], people: dict[str, User]) -> dict[str, Service]:
    """The services by key; the same packages again make no new version."""
    found = {}
    for department, text in files.packages():
        designer = people[_member(department, "designer")]
        publisher = people[_member(department, "publisher")]
        report = import_package(source=text, department=departments[department], by=designer)
        publish(service=report.service, by=publisher, note="First version")
        found[report.service.key] = Service.objects.select_related("current", "department").get(
            pk=report.service.pk
        )
    return found


def _member(department: str, role: str) -> str:
    return next(
        person.email for person in files.staff() if person.department == department and role in person.roles
    )
