"""A form goes out in the format of another system; what the format cannot hold is shown before."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from engine.core.languages import own_name
from portal.designer.reports import Group, groups_of
from portal.designer.rights import designers_only, find_service, person, what_they_may
from workflows.models import Service
from workflows.services.exporting_forms import FormFile, NoSuchExport, export_form, form_exports
from workflows.services.refusals import NothingToPublish


@dataclass(frozen=True)
class Format:
    """One format with its report."""

    file: FormFile
    groups: list[Group]


@designers_only
@require_safe
def show(request: HttpRequest, department_key: str, key: str, form_key: str) -> HttpResponse:
    """Every format of a form, with what it cannot hold."""
    service = _service(request, department_key, key)
    try:
        found = form_exports(
            service=service,
            form_key=form_key,
            by=person(request),
            number=_number(request.GET.get("version", "")),
            language=request.GET.get("language") or get_language() or "en",
        )
    except (NoSuchExport, NothingToPublish):
        raise Http404 from None
    context = {
        "service": service,
        "department": service.department,
        "form_key": form_key,
        "exports": found,
        "formats": [Format(file, groups_of(file.report)) for file in found.files],
        "numbers": list(service.versions.order_by("-number").values_list("number", flat=True)),
        "languages": [(code, own_name(code)) for code in found.languages],
    }
    return render(request, "designer/export_form.html", context)


@designers_only
@require_POST
def download(request: HttpRequest, department_key: str, key: str, form_key: str) -> HttpResponse:
    """The form as a file; taking it is recorded."""
    service = _service(request, department_key, key)
    try:
        file = export_form(
            service=service,
            form_key=form_key,
            kind=request.POST.get("kind", "")[:60],
            by=person(request),
            number=_number(request.POST.get("version", "")),
            language=request.POST.get("language", "")[:35],
        )
    except (NoSuchExport, NothingToPublish):
        raise Http404 from None
    answer = HttpResponse(file.content, content_type=f"{file.content_type}; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _service(request: HttpRequest, department_key: str, key: str) -> Service:
    service = find_service(request, department_key, key)
    if not what_they_may(person(request), service.department)["may_design"]:
        raise PermissionDenied
    return service


def _number(said: str) -> int | None:
    """The number of a version; None for what is not published yet."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None
