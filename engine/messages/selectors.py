"""Reading letters: one's own, or those of a case in a department where one may see cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from engine.departments import access
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.messages.models import Letter


@dataclass(frozen=True)
class SentLetter:
    """A letter in the timeline of a case: what it was, never what it says or to whom."""

    kind: str
    subject: str
    created: datetime
    sent_at: datetime | None


def letters_to(user: User) -> QuerySet[Letter]:
    """The letters to this person, newest first."""
    return Letter.objects.filter(recipient=user).select_related("department").order_by("-created")


def letters_of_case(user: User, department_id: int, reference: str) -> list[SentLetter]:
    """The letters about a case, for staff who may see the cases of its department."""
    access.require(user, Permission.VIEW_CASE, department_id)
    letters = Letter.objects.filter(department_id=department_id, case_reference=reference)
    columns = letters.order_by("created", "pk").values_list("kind", "subject", "created", "sent_at")
    return [SentLetter(*found) for found in columns]
