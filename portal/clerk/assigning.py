"""Giving work to a colleague."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from engine.departments.access import AccessRefused, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from portal.clerk.back import back
from portal.clerk.came_from import CameFrom
from portal.clerk.posted import numbers
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.models import Case
from workflows.roles import people_who_may_do, require_any
from workflows.services.refusals import (
    AlreadyVoted,
    ChangedAnswers,
    OwnApplication,
    SamePerson,
    WorkRefused,
)

TO = "_to"


def colleagues(case: Case, roles: Iterable[str]) -> list[User]:
    """Who can be given a step of these roles in the department of the case."""
    return people_who_may_do(roles, case.department)


@staff_only
@require_POST
def assign(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give one work item to a colleague."""
    item, case = item_or_404(request, item_id)
    require(person(request), Permission.ASSIGN_CASE, case.department_id)
    colleague = _colleague(request)
    if colleague is None:
        messages.info(request, _("Select the colleague who is to do this."))
    elif _gave(request, item.pk, case.reference, colleague):
        words = _("%(name)s has %(reference)s now.")
        messages.success(request, words % {"name": colleague.get_full_name(), "reference": case.reference})
    return back(request)


@staff_only
@require_POST
def delegate(request: HttpRequest, item_id: int) -> HttpResponse:
    """Hand one's own work item to a colleague."""
    item, case = item_or_404(request, item_id)
    require_any(person(request), item.roles, case.department_id)
    colleague = _colleague(request)
    if colleague is None:
        messages.info(request, _("Select the colleague who is to do this."))
    elif _tried(request, case.reference, colleague, partial(services.delegate, item_id=item.pk)):
        words = _("%(name)s has %(reference)s now.")
        messages.success(request, words % {"name": colleague.get_full_name(), "reference": case.reference})
        return redirect(CameFrom.of(request).queue_address)
    return back(request)


@staff_only
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the selected work items to a colleague; each that can not be given is named with the reason."""
    keys, colleague = numbers(request, "item"), _colleague(request)
    if not keys or colleague is None:
        messages.info(request, _("Select work items and the colleague who is to do them."))
        return back(request)
    given = 0
    for key in keys:
        item, case = item_or_404(request, key)
        require(person(request), Permission.ASSIGN_CASE, case.department_id)
        given += _gave(request, item.pk, case.reference, colleague)
    if given:
        words = ngettext(
            "%(name)s has %(number)s work item more.", "%(name)s has %(number)s work items more.", given
        )
        messages.success(request, words % {"name": colleague.get_full_name(), "number": given})
    return back(request)


def _colleague(request: HttpRequest) -> User | None:
    try:
        chosen = UUID(request.POST.get(TO, ""))
    except ValueError:
        return None
    return User.objects.filter(public_id=chosen, is_active=True).first()


def _gave(request: HttpRequest, item_id: int, reference: str, colleague: User) -> bool:
    return _tried(request, reference, colleague, partial(services.assign, item_id=item_id))


def _tried(request: HttpRequest, reference: str, colleague: User, give: Callable[..., None]) -> bool:
    """Give work to a colleague, or say why they cannot have it."""
    try:
        give(to=colleague, by=person(request))
    except SamePerson as refused:
        words = _("%(reference)s: %(name)s did “%(step)s” in this case, so somebody else must do this step.")
        parts = {"reference": reference, "name": colleague.get_full_name(), "step": refused.step}
        messages.warning(request, words % parts)
        return False
    except (OwnApplication, ChangedAnswers):
        words = _("%(reference)s: %(name)s applied or changed answers, so somebody else must do this step.")
        messages.warning(request, words % {"reference": reference, "name": colleague.get_full_name()})
        return False
    except AlreadyVoted:
        words = _("%(reference)s: %(name)s has a vote in this approval already.")
        messages.warning(request, words % {"reference": reference, "name": colleague.get_full_name()})
        return False
    except WorkRefused as refused:
        messages.warning(request, f"{reference}: {said(refused)}")
        return False
    except AccessRefused:  # the right of the person who gives was checked before
        messages.warning(
            request, _("%(reference)s: this colleague may not do this step.") % {"reference": reference}
        )
        return False
    return True
