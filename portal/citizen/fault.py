"""A rule that cannot be worked out: the answers are kept, the department is told, and nothing can be sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from engine.core.voice import marking
from portal.citizen.drafts import address_of_page, application_title
from portal.citizen.walk import Walk
from workflows.services import report_faults


def page_or_none(request: HttpRequest, walk: Walk) -> HttpResponse | None:
    """The page that says so, when there is such a rule with the answers as they stand."""
    if not walk.faults:
        return None
    draft = walk.draft
    with marking(False):
        report_faults(draft, walk.faults)
    last = draft.last_page if draft.last_page in walk.pages else walk.pages[0] if walk.pages else ""
    context = {
        "draft": draft,
        "department": draft.department,
        "service_title": application_title(draft.service_version_id, walk.language),
        "change_address": address_of_page(draft, last) if last else "/applications/",
    }
    return render(request, "citizen/fault.html", context)
