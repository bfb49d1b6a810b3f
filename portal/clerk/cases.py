"""All cases of the person's departments: found by reference, or looked through by state."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engine.departments.access import departments_with
from engine.departments.permissions import Permission
from portal.clerk.frame import language, page
from portal.clerk.staff import person, staff_only
from portal.shell.statuses import status_of
from workflows.models import CaseState
from workflows.selectors.case_list import CasePlace, case_list, references_like
from workflows.selectors.staff_starts import staff_starts
from workflows.selectors.step_times import timed_departments
from workflows.services.exporting_answers import exportable_services

LIMIT = 25
LONGEST = 40
ARCHIVE = "archive"  # stands among the states in the address of the list


@dataclass(frozen=True)
class StateTab:
    """One state to look through."""

    label: str
    address: str
    is_current: bool


@staff_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Straight to the case that is meant, or the list with what was not found."""
    wanted = request.GET.get("reference", "").strip()[:LONGEST]
    found = references_like(person(request), wanted) if wanted else []
    if len(found) == 1:
        return redirect("clerk:case", found[0])
    state = request.GET.get("state", "")
    state = state if state in {*CaseState.values, ARCHIVE} else ""
    listed = case_list(
        person(request),
        state=state,
        archived=state == ARCHIVE,
        after=CasePlace.read(request.GET.get("after")),
        before=CasePlace.read(request.GET.get("before")),
        limit=LIMIT,
        language=language(),
    )
    context = {
        "page": listed,
        "wanted": wanted if wanted.isprintable() else "",
        "several": found,
        "tabs": _tabs(state),
        "state": state,
        "next_address": _place(state, "after", listed.next_place),
        "previous_address": _place(state, "before", listed.previous_place),
        "may_open": bool(staff_starts(person(request), language=language())),
        "exportable": list(exportable_services(person(request))),
        "may_time": bool(timed_departments(person(request))),
        "may_see": bool(departments_with(person(request), Permission.SEE_PERSONAL_DATA)),
    }
    return page(request, "clerk/cases.html", "cases", context, departments=listed.departments)


def _tabs(current: str) -> list[StateTab]:
    found = [StateTab(_("All"), "?", current == "")]
    for state in CaseState.values:
        waits = state == CaseState.WAITING_FOR_YOU
        label = _("Waiting for applicant") if waits else str(status_of(state).word)
        found.append(StateTab(label, "?" + urlencode({"state": state}), state == current))
    found.append(StateTab(_("Archive"), "?" + urlencode({"state": ARCHIVE}), current == ARCHIVE))
    return found


def _place(state: str, name: str, place: CasePlace | None) -> str:
    if place is None:
        return ""
    return "?" + urlencode({**({"state": state} if state else {}), name: str(place)})
