"""The questions of a form on paper."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.designer.rights import designers_only, find_service, person, what_they_may
from workflows.services.printing import NoSuchForm, questions_pdf
from workflows.services.refusals import NothingToPublish


@designers_only
@require_safe
def show(request: HttpRequest, department_key: str, key: str, form_key: str) -> HttpResponse:
    """A PDF; with ?languages=en,fr the texts stand side by side."""
    service = find_service(request, department_key, key)
    if not what_they_may(person(request), service.department)["may_design"]:
        raise PermissionDenied
    wanted = [part for part in request.GET.get("languages", "")[:200].split(",") if part]
    reading = get_language() or "en"
    try:
        data = questions_pdf(
            service=service, form_key=form_key, by=person(request), reading=reading, languages=wanted
        )
    except (NoSuchForm, NothingToPublish):
        raise Http404 from None
    answer = HttpResponse(data, content_type="application/pdf")
    name = f"{service.key}-{form_key}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
