"""Who may begin a case, and where; staff open cases that nobody applied for."""

import uuid

from django.utils import timezone

from engine.departments.access import AccessRefused, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.clock import calendar_of
from workflows.models import Audience, Case, Draft, Service
from workflows.recording import recorded_case
from workflows.references import next_reference
from workflows.roles import require_any
from workflows.selectors.first_actions import actions_of_start, first_actions, form_of_start
from workflows.selectors.staff_starts import starts_of
from workflows.selectors.versions import package_of, version_of
from workflows.services.refusals import NotOpen, ServiceClosed, UnknownOutcome
from workflows.starting import Beginning, start_case
from workflows.unit import unit


def require_start(by: User, service: Service, version_id: int, start: str) -> None:
    """Refuse who may not begin a case here; without a start it is an application."""
    if start:
        package, starts = package_of(version_id), starts_of(version_id)
        roles = [role for options in starts if options.key == start for role in package.staff_roles(options)]
        require_any(by, roles, service.department_id)
        return
    if service.audience == Audience.STAFF:
        require(by, Permission.APPLY_INTERNAL, service.department_id)
    if not package_of(version_id).takes_applications:
        raise ServiceClosed


def chosen_action(by: User, draft: Draft, action: str) -> str:
    """The action by which a draft becomes a case; the only one that the person may take needs no name."""
    version = version_of(draft.service_version_id)
    allowed = [each.key for each in first_actions(by, version, draft.department_id, draft.start)]
    known = [each.key for each in actions_of_start(version, draft.start)]
    if not known:
        return ""
    chosen = action or (allowed[0] if len(allowed) == 1 else "")
    if chosen not in known:
        raise UnknownOutcome
    if chosen not in allowed:
        raise AccessRefused(Permission.WORK_CASE, draft.department_id)
    return chosen


def open_case(*, service: Service, start: str, by: User, language: str, press: uuid.UUID) -> Case:
    """Open a case at a start that asks nothing; `press` is one press of the button, which opens one case."""
    with unit():
        locked = Service.objects.select_for_update(of=("self",), no_key=True)
        found = locked.select_related("department", "current").get(pk=service.pk)
        if found.current is None or found.archived_at is not None:
            raise ServiceClosed
        require_start(by, found, found.current.pk, start)
        if form_of_start(version_of(found.current.pk), start):
            raise NotOpen  # what is asked here is filled in first
        origin = f"staff:{press}"
        opened = Case.objects.filter(origin=origin, applicant=by).first()
        return opened or _opened(found, start, by, language, origin)


def _opened(service: Service, start: str, by: User, language: str, origin: str) -> Case:
    version, calendar = service.current, calendar_of(service.department_id)
    if version is None:
        raise ServiceClosed
    version.service = service
    prefix = package_of(version.pk).reference_prefix
    case = start_case(
        version,
        applicant=by,
        reference=next_reference(prefix, timezone.now(), calendar.time_zone),
        language=language,
        answers={},
        beginning=Beginning(start=start, by=by, origin=origin),
    )
    recorded_case("case.opened", case, by, node=start)
    return case
