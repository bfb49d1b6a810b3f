"""Cases and queues as files for a spreadsheet; every export is recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language
from portal.clerk.staff import case_or_404, person, staff_only
from workflows.services import export_case, export_queue

MARK = "\ufeff"  # by which spreadsheets know that this is Unicode


@staff_only
@require_POST
def queue(request: HttpRequest) -> HttpResponse:
    """What the view shows, with its filters."""
    came = CameFrom.of(request)
    view = came.view or "team"
    return _file(
        f"queue-{view}.csv",
        export_queue(person(request), view=view, filters=came.filters, language=language()),
    )


@staff_only
@require_POST
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case."""
    found = case_or_404(request, reference)
    return _file(f"{found.reference}.csv", export_case(person(request), found.reference))


def _file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(MARK + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
