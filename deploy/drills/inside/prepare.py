"""Tables, a key that signs, departments, people, published services, and applicants of the drill."""

from __future__ import annotations

from django.core.management import call_command

from engine.departments.models import Department, User
from workflows.demonstration.packages import load_packages
from workflows.demonstration.places import load_departments, load_people

APPLICANTS = 8


def run(keys: str) -> None:
    """Everything lies on the network folder until a drill says otherwise."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("make_signing_key", folder=keys, verbosity=0)
    departments = load_departments()
    load_packages(departments, load_people())
    Department.objects.update(document_store="nas")
    for number in range(APPLICANTS):
        User.objects.create_user(email=email(number), name=f"Applicant {number}", password=None)


def email(number: int) -> str:
    """The address of one applicant."""
    return f"applicant-{number}@example.org"
