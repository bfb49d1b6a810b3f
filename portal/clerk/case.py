"""One case, for reading and working."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.clerk.case_page import case_page
from portal.clerk.staff import staff_only


@staff_only
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a case."""
    return case_page(request, reference)
