"""Finding a case: staff by their department, applicants by being the applicant."""

import re

from django.db.models import QuerySet

from engine.departments.access import is_staff_member, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Case

REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")


def find_case(user: User, reference: str) -> Case:
    """The case for staff who may see it; staff of another department are refused.

    For people without a role anywhere no case exists.
    """
    wanted = reference.strip().upper()
    case = _cases().filter(reference=wanted).first() if REFERENCE.fullmatch(wanted) else None
    if case is None or not is_staff_member(user):
        raise Case.DoesNotExist
    require(user, Permission.VIEW_CASE, case.department_id)
    return case


def own_case(user: User, reference: str) -> Case:
    """The person's own application; another person's does not exist."""
    wanted = reference.strip().upper()
    if not REFERENCE.fullmatch(wanted):
        raise Case.DoesNotExist
    return _cases().get(reference=wanted, applicant=user)


def _cases() -> QuerySet[Case]:
    related = Case.objects.select_related("department", "service", "applicant", "version")
    return related.defer("version__package", "service__working")
