"""Reading the audit record; every read goes through a right in the department."""

from django.db.models import QuerySet

from engine.audit.models import AuditEntry
from engine.departments import access
from engine.departments.models import User
from engine.departments.permissions import Permission


def history(chain: str) -> QuerySet[AuditEntry]:
    """The entries of a chain in order; the caller has checked that the reader may see its subject."""
    return AuditEntry.objects.filter(chain=chain).select_related("actor").order_by("position")


def audit_record(user: User) -> QuerySet[AuditEntry]:
    """All entries of the departments whose audit record this person may read, newest first."""
    allowed = access.departments_with(user, Permission.READ_AUDIT)
    entries = AuditEntry.objects.filter(department_id__in=allowed)
    return entries.select_related("actor", "department").order_by("-id")
