"""The drafts of a person."""

from engine.departments.models import User
from workflows.models import Draft, Service


def unsent_drafts(user: User, service: Service | None = None) -> list[Draft]:
    """What the person has begun and not sent, newest first; corrections are not among them."""
    mine = Draft.objects.filter(owner=user, submitted_case=None, work_item=None)
    if service is not None:
        mine = mine.filter(service_version__service=service)
    related = mine.select_related("department", "service_version__service")
    return list(
        related.defer("service_version__package", "service_version__service__working").order_by("-updated_at")
    )
