"""Doing one thing with several work items; each that it could not be done with is named with the reason."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from engine.departments.access import AccessRefused
from portal.clerk import posted
from portal.clerk.back import back
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.models import Case, WorkItem
from workflows.services.refusals import WorkRefused

FLAG = "_flag"
Act = Callable[[WorkItem, Case], None]


@staff_only
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Give the selected work items back to the queue."""

    def act(item: WorkItem, case: Case) -> None:
        services.release(item_id=item.pk, by=person(request))

    done = _each(request, act)
    sentence = ngettext(
        "%(number)s work item is back in the queue.",
        "%(number)s work items are back in the queue.",
        done or 0,
    )
    return _told(request, done, sentence)


@staff_only
@require_POST
def set_flag(request: HttpRequest) -> HttpResponse:
    """Set a flag on the cases of the selected work items."""
    key = posted.key(request, FLAG)

    def act(item: WorkItem, case: Case) -> None:
        services.set_flag(reference=case.reference, key=key, by=person(request))

    done = _each(request, act)
    sentence = ngettext("%(number)s case is flagged.", "%(number)s cases are flagged.", done or 0)
    return _told(request, done, sentence)


def _each(request: HttpRequest, act: Act) -> int | None:
    """With how many it could be done; None where none was selected."""
    keys = posted.numbers(request, "item")
    found = [item_or_404(request, key) for key in keys]  # a stranger is refused before anything is done
    return sum(_done(request, act, item, case) for item, case in found) if keys else None


def _done(request: HttpRequest, act: Act, item: WorkItem, case: Case) -> bool:
    try:
        act(item, case)
    except WorkRefused as refused:
        messages.warning(request, f"{case.reference}: {said(refused, case.department.time_zone)}")
        return False
    except AccessRefused:
        messages.warning(request, _("%(reference)s: you may not do this.") % {"reference": case.reference})
        return False
    return True


def _told(request: HttpRequest, done: int | None, sentence: str) -> HttpResponse:
    if done is None:
        messages.info(request, _("Select work items first."))
    elif done:
        messages.success(request, sentence % {"number": done})
    return back(request)
