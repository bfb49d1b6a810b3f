"""Showing what is hidden on a case; each showing is recorded before anything is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from engine.departments.access import require
from engine.departments.permissions import Permission
from portal.clerk import posted
from portal.clerk.case_page import case_page
from portal.clerk.frame import language
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services

FIELD = "_field"


@staff_only
@require_POST
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The case with one answer in full; the next visit hides it again."""
    case = case_or_404(request, reference)
    require(person(request), Permission.SEE_PERSONAL_DATA, case.department_id)
    rows = services.reveal(
        reference=case.reference,
        field_keys=posted.keys(request, FIELD, most=1),
        by=person(request),
        language=language(),
    )
    return case_page(request, case.reference, revealed={row.field_key: row for row in rows})
