"""The queue of the person's departments: views, filters, and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engine.departments.access import departments_with
from engine.departments.permissions import Permission
from portal.clerk import filters as menus
from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language, page
from portal.clerk.staff import person, staff_only
from portal.shell.rooms import rooms_of
from workflows.roles import work_of
from workflows.selectors.queue import QueuePage, queue
from workflows.selectors.queue_filters import VIEWS, Place, View

LIMIT = 25
FIRST_VIEW: View = "team"


@dataclass(frozen=True)
class Tab:
    """One saved view with its count."""

    key: View
    label: str
    count: int
    address: str
    is_current: bool

    @property
    def is_late(self) -> bool:
        """Whether the count is bad news."""
        return self.key == "late" and self.count > 0


def view_names() -> dict[View, str]:
    """What the views are called."""
    return {
        "mine": _("Mine"),
        "team": _("My team"),
        "late": _("Late"),
        "waiting": _("Waiting for applicant"),
    }


def entrance(request: HttpRequest) -> HttpResponseBase:
    """The queue; who only designs services is sent to that room instead of being refused."""
    rooms = rooms_of(request.user)
    if rooms.services and not rooms.cases:
        return redirect("/manage/")
    return show(request)


@staff_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One page of a view."""
    came = _came(request)
    found = queue(
        person(request),
        view=came.view or FIRST_VIEW,
        filters=came.filters,
        after=Place.read(request.GET.get("after")),
        before=Place.read(request.GET.get("before")),
        limit=LIMIT,
        language=language(),
    )
    return page(
        request, "clerk/queue.html", "queue", _context(request, found, came), departments=found.departments
    )


def _came(request: HttpRequest) -> CameFrom:
    query = request.GET.copy()
    if query.get("view") not in VIEWS:
        query["view"] = FIRST_VIEW
    return CameFrom.read(query)


def _context(request: HttpRequest, found: QueuePage, came: CameFrom) -> dict[str, Any]:
    user, view = person(request), came.view or FIRST_VIEW
    query = list(came.as_query().lists())
    flat = [(name, value) for name, values in query for value in values]
    shown = menus.menus(found.departments, came.filters, flat)
    assigns = departments_with(user, Permission.ASSIGN_CASE)
    return {
        "page": found,
        "came": came,
        "tabs": tabs(found, view, flat),
        "view": view,
        "filters": came.filters,
        "menus": shown,
        "hidden": [pair for pair in flat if pair[0] != "reference"],
        "total": found.counts[view],
        "next_address": _place(came, "after", found.next_place),
        "previous_address": _place(came, "before", found.previous_place),
        "here": request.get_full_path(),
        "may_work": bool(work_of(user)),
        "may_export": bool(departments_with(user, Permission.EXPORT_CASE)),
        "colleagues": menus.colleagues([d for d in found.departments if d.pk in assigns]),
        "selectable": bool(assigns) or bool(work_of(user)),
        "flags": menus.flags_offered(found.departments),
    }


def tabs(found: QueuePage, view: View, query: list[tuple[str, str]]) -> list[Tab]:
    """The views with their counts; filters stay when the view changes."""
    kept = [(name, value) for name, value in query if name != "view"]
    return [
        Tab(key, label, found.counts[key], "?" + urlencode([("view", key), *kept]), key == view)
        for key, label in view_names().items()
    ]


def _place(came: CameFrom, name: str, place: Place | None) -> str:
    return f"?{came.query}&{urlencode({name: str(place)})}" if place else ""
