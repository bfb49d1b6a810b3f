"""Taking work, giving it back, taking the next: each a POST that ends on a page that says what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.clerk.back import back
from portal.clerk.came_from import CameFrom
from portal.clerk.posted import numbers
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.models import Case, WorkItem
from workflows.services.refusals import WorkRefused


@staff_only
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Give the person what is due first among what they may do."""
    item = services.claim_next(by=person(request))
    if item is None:
        messages.info(request, _("Nothing waits to be taken now."))
        return back(request)
    messages.success(request, _("%(reference)s is yours.") % {"reference": item.process.reference})
    mine = CameFrom.read(QueryDict("view=mine"))
    return redirect(mine.case_address(item.process.reference))


@staff_only
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take the selected work items; each that can not be taken is named with the reason."""
    keys = numbers(request, "item")
    if not keys:
        messages.info(request, _("Select the work items that you want to take."))
        return back(request)
    taken = sum(_taken(request, *item_or_404(request, key)) for key in keys)
    if taken:
        words = ngettext("%(number)s work item is yours.", "%(number)s work items are yours.", taken)
        messages.success(request, words % {"number": taken})
    return back(request)


def _taken(request: HttpRequest, item: WorkItem, case: Case) -> bool:
    try:
        services.claim(item_id=item.pk, by=person(request))
    except WorkRefused as refused:
        messages.warning(request, f"{case.reference}: {said(refused, case.department.time_zone)}")
        return False
    return True


@staff_only
@require_POST
def claim(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take one work item and stay on its case."""
    item, case = item_or_404(request, item_id)
    try:
        services.claim(item_id=item.pk, by=person(request))
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))


@staff_only
@require_POST
def release(request: HttpRequest, item_id: int) -> HttpResponse:
    """Give one work item back to the queue and stay on its case."""
    item, case = item_or_404(request, item_id)
    try:
        services.release(item_id=item.pk, by=person(request))
        messages.success(request, _("%(reference)s is back in the queue.") % {"reference": case.reference})
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))


@staff_only
@require_POST
def escalate(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ask for help with one work item and stay on its case."""
    item, case = item_or_404(request, item_id)
    try:
        services.escalate(item_id=item.pk, by=person(request))
        messages.success(request, _("Help was asked for %(reference)s.") % {"reference": case.reference})
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))
