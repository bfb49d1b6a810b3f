"""Gives every role in every department exactly the rights that this release defines."""

from typing import Any

from django.core.management.base import BaseCommand

from engine.departments.access import role_group
from engine.departments.models import Department, WorkRole
from engine.departments.roles import STAFF_ROLES


class Command(BaseCommand):
    """`manage.py sync_roles`: run after an upgrade that changed what a role may do."""

    help = "Give every role in every department exactly the rights of this release. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk all departments and roles."""
        departments = list(Department.objects.all())
        for department in departments:
            for role in STAFF_ROLES:
                role_group(role, department)
        own = list(WorkRole.objects.select_related("department"))
        for work_role in own:
            role_group(work_role, work_role.department)
        figures = f"{len(departments)} departments, {len(STAFF_ROLES)} roles each, {len(own)} of their own"
        self.stdout.write(f"{figures}: up to date.")
