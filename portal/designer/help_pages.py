"""Help with pictures: from nothing to a certificate. The test that makes this service took the pictures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.designer.rights import designers_only


@designers_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Each step with its picture."""
    return render(request, "designer/help.html")
