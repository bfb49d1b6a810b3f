"""The page that says an application was sent."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.citizen.drafts import address_to_go_on, application_title, open_walk
from portal.citizen.finding import application_or_404
from portal.citizen.my_case import MyCase
from portal.shell.requests import SignedInRequest


@never_cache
@require_safe
@login_required
def sent(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """The reference, what happens next, and where to follow it."""
    walk = open_walk(request.user, draft_id)
    if walk.draft.submitted_case is None:
        return redirect(address_to_go_on(walk))
    found = application_or_404(request, walk.draft.submitted_case.reference)
    case = found.case
    context = {
        "reference": case.reference,
        "department": case.department,
        "service_title": application_title(walk.draft.service_version_id, walk.language),
        "timeline": MyCase(found, walk.language).timeline,
    }
    return render(request, "citizen/sent.html", context)
