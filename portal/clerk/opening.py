"""Opening cases that nobody applied for: the list of what one may open, and the press that opens one."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from portal.clerk.frame import language, page
from portal.clerk.staff import person, staff_only
from portal.shell import errors
from workflows.models import Service
from workflows.selectors.staff_starts import StaffStart, staff_starts
from workflows.services import ServiceClosed, open_case, start_draft


@staff_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the person may open, by department."""
    starts = staff_starts(person(request), language=language())
    if not starts:
        raise PermissionDenied
    groups: dict[str, list[StaffStart]] = {}
    for start in starts:
        groups.setdefault(start.department_name, []).append(start)
    departments = list({start.service.department_id: start.service.department for start in starts}.values())
    context = {"groups": list(groups.items()), "press": uuid.uuid4()}
    return page(request, "clerk/opening.html", "cases", context, departments=departments)


@staff_only
@require_POST
def open_one(request: HttpRequest, department: str, service: str, start: str) -> HttpResponse:
    """Open a case at once, or begin to fill in what is asked for it."""
    user = person(request)
    services = Service.objects.select_related("department", "current").defer("working")
    found = services.filter(department__key=department, key=service, current__isnull=False).first()
    if found is None:
        raise Http404
    asks = {each.key: each.asks for each in staff_starts(user, language=language()) if each.service == found}
    try:
        if asks.get(start):
            return redirect("citizen:draft", start_draft(user, found, language(), start=start).pk)
        case = open_case(service=found, start=start, by=user, language=language(), press=_press(request))
    except ServiceClosed:  # closed while the page was open
        return errors.gone(request)
    return redirect("clerk:case", case.reference)


def _press(request: HttpRequest) -> uuid.UUID:
    """The same press of the button twice opens one case; without the mark of a page each press is its own."""
    try:
        return uuid.UUID(request.POST.get("press", ""))
    except ValueError:
        return uuid.uuid4()
