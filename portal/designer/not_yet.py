"""What cannot be done yet with a service whose first draft has something to mend: said with what that is."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from engine.core.problems import Problem
from portal.designer.checking import check
from portal.designer.models import ServiceDesign
from workflows.models import Service


def not_yet(
    request: HttpRequest, service: Service, title: str, problems: Sequence[Problem] = ()
) -> HttpResponse:
    """The page that names what to mend first; without problems, those of the draft."""
    if not problems:
        design = ServiceDesign.objects.filter(service=service).first()
        if design is None:
            raise Http404
        problems = check(design.document, service.department).problems
    context = {"service": service, "department": service.department, "problems": problems, "title": title}
    return render(request, "designer/not_yet.html", context, status=422)
