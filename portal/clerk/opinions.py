"""Asking somebody outside again, and taking a link back, from the page of the case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.clerk.came_from import CameFrom
from portal.clerk.case_page import Typed, case_page
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.services.refusals import OpinionIncomplete, WorkRefused

ADDRESS = "_address"
LONGEST = 254


@staff_only
@require_POST
def ask(request: HttpRequest, item_id: int) -> HttpResponse:
    """Send a new link to the address that was typed."""
    item, case = item_or_404(request, item_id)
    address = request.POST.get(ADDRESS, "").strip()[:LONGEST]
    try:
        services.ask_for_opinion(item_id=item.pk, address=address, by=person(request))
        messages.success(request, _("A new link is on its way. The one before leads nowhere any more."))
    except OpinionIncomplete:
        sentence = _("Enter an e-mail address, like name@example.org")
        typed = Typed(address=address, wrong_address=sentence)
        return case_page(request, case.reference, typed=typed, status=422)
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))


@staff_only
@require_POST
def take_back(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take the link back that was sent last."""
    item, case = item_or_404(request, item_id)
    try:
        services.take_opinion_back(item_id=item.pk, by=person(request))
        messages.success(request, _("The link leads nowhere any more."))
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect(CameFrom.of(request).case_address(case.reference))
