"""Cases and queues as files; every export is recorded."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language
from portal.clerk.staff import case_or_404, person, staff_only
from workflows.services import export_answers, export_case_answers, export_queue
from workflows.services.exporting_answers import (
    CONTENT_TYPES,
    LIST_KINDS,
    AnswerFile,
    exportable_services,
)

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
def case(request: HttpRequest, reference: str) -> HttpResponseBase:
    """One case."""
    found, kind = case_or_404(request, reference), request.POST.get("kind", "csv")
    made = export_case_answers(
        person(request),
        found.reference,
        kind=kind if kind in CONTENT_TYPES else "csv",
        in_full=request.POST.get("in_full") == "yes",
        language=language(),
    )
    return _named(HttpResponse(b"".join(made.parts), content_type=made.content_type), made)


@staff_only
@require_POST
def cases(request: HttpRequest) -> HttpResponseBase:
    """The cases of one service, sent while they are read."""
    department, _, key = request.POST.get("service", "").partition("/")
    found = exportable_services(person(request))
    service = next((each for each in found if (each.department.key, each.key) == (department, key)), None)
    if service is None:
        raise Http404
    kind = request.POST.get("kind", "csv")
    made = export_answers(
        person(request),
        service,
        kind=kind if kind in LIST_KINDS else "csv",
        state=request.POST.get("state", ""),
        in_full=request.POST.get("in_full") == "yes",
    )
    return _named(StreamingHttpResponse(made.parts, content_type=made.content_type), made)


def _named(response: HttpResponseBase, made: AnswerFile) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(MARK + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
