"""Cases that nobody applied for: the calendar, a signal or a message opens them, once for each occasion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from engine.departments.standing import account_of
from workflows.clock import calendar_of
from workflows.models import Case, Opening, OpeningKind, Service
from workflows.recording import recorded_case
from workflows.recurring import Recurrence
from workflows.references import next_reference
from workflows.starting import Beginning, start_case
from workflows.unit import unit

NOTHING: Mapping[str, Any] = {}


def openings(kind: OpeningKind, name: str, department_id: int) -> QuerySet[Opening]:
    """The starts of a department that a message or signal of this name sets off."""
    found = Opening.objects.filter(department_id=department_id, kind=kind, name=name)
    return found.filter(service__archived_at=None).order_by("id")


def open_by_event(
    opening_id: int, occasion: str, *, cause: Any = None, answers: Mapping[str, Any] = NOTHING
) -> Case | None:
    """Open the case that an occasion sets off; None when it was opened before, or the start is gone.

    `cause` is the case that the occasion comes from.
    """
    found = Opening.objects.filter(pk=opening_id).values_list("service_id", flat=True).first()
    with unit():
        service = None if found is None else _locked(found)
        opening = Opening.objects.filter(pk=opening_id).first()
        if service is None or opening is None:
            return None
        origin = f"{opening.kind}:{occasion}:{service.pk}:{opening.node_key}"
        return _open(service, opening.node_key, origin, cause, answers)


def due_openings(at: datetime | None = None) -> QuerySet[Opening]:
    """Starts whose next day in the calendar has come, oldest first."""
    return Opening.objects.filter(kind=OpeningKind.SCHEDULE, due_at__lte=at or now()).order_by("due_at", "id")


def open_by_calendar(opening_id: int) -> Case | None:
    """Open the case of one occurrence, and wait for the next; None when there is nothing to do any more.

    Both are one transaction, so an occurrence opens exactly one case. Those of the time in which a service
    was archived open none.
    """
    found = due_openings().filter(pk=opening_id).values_list("service_id", flat=True).first()
    with unit():
        service = None if found is None else _locked(found)
        opening = due_openings().filter(pk=opening_id).first()
        if service is None or opening is None or opening.due_at is None:
            return None
        occurrence, calendar = opening.due_at, calendar_of(opening.department_id)
        rule = Recurrence.model_validate_json(opening.rule)
        opening.due_at = rule.next_after(occurrence, calendar)
        opening.save(update_fields=["due_at"])
        day = occurrence.astimezone(calendar.zone)
        # a day that became a holiday since moves to another, or opens nothing
        if service.archived_at is not None or not rule.comes_at(occurrence, calendar):
            return None
        origin = f"schedule:{day.isoformat()}:{service.pk}:{opening.node_key}"
        return _open(service, opening.node_key, origin, None, NOTHING)


def _locked(service_id: int) -> Service | None:
    """The service, locked before its openings as publishing does, so that its version does not change now."""
    services = Service.objects.select_for_update(of=("self",), no_key=True)
    return services.select_related("department", "current").filter(pk=service_id).first()


def _open(
    service: Service, node_key: str, origin: str, cause: Any, answers: Mapping[str, Any]
) -> Case | None:
    version = service.current
    if version is None or Case.objects.filter(origin=origin).exists():
        return None
    version.service = service
    department, calendar = service.department, calendar_of(service.department_id)
    start = next(node for node in version.package["workflow"]["nodes"] if node["key"] == node_key)
    same = cause is not None and start.get("same_applicant", False)
    case = start_case(
        version,
        applicant=cause.applicant if same else account_of(department),
        reference=next_reference(version.package["reference_prefix"], now(), calendar.time_zone),
        language=cause.language if same else department.languages[0],
        answers=answers,
        beginning=Beginning(start=node_key, parent=cause, origin=origin),
    )
    recorded_case("case.opened", case, None, node=node_key)
    return case
