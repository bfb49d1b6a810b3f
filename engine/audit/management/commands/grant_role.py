"""Gives a person a role in a department, from the machine itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engine.audit.people import give_role, take_role
from engine.departments.models import Department, User, WorkRole
from engine.departments.roles import STAFF_ROLES, Role


class Command(BaseCommand):
    """`manage.py grant_role`: how a new department gets its first administrator."""

    help = "Give a person a role in a department (or take it with --take); recorded in the audit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, what, where."""
        parser.add_argument("email", help="the person's e-mail address")
        names = ", ".join(role.value for role in STAFF_ROLES)
        parser.add_argument("role", help=f"{names}, or a role of the department's own")
        parser.add_argument("department", help="the key of the department")
        parser.add_argument("--take", action="store_true", help="take the role instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find both and do it."""
        user = User.objects.filter(email=options["email"]).first()
        department = Department.objects.filter(key=options["department"]).first()
        if user is None or department is None:
            raise CommandError("There is no such person." if user is None else "There is no such department.")
        verb = take_role if options["take"] else give_role
        verb(user, _role(options["role"], department), department, by=None)
        self.stdout.write(f"{user.email}: {options['role']} in {department.key}, done.")


def _role(name: str, department: Department) -> Role | WorkRole:
    if name in [role.value for role in STAFF_ROLES]:
        return Role(name)
    own = WorkRole.objects.filter(department=department, key=name).first()
    if own is None:
        raise CommandError(f'There is no role "{name}" in this department.')
    return own
