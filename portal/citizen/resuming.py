"""Coming back later: what was saved, a link by e-mail, and the way back by that link."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.citizen.drafts import application_title, open_walk, sent_or_none
from portal.shell.requests import SignedInRequest
from workflows.services import send_resume_link, use_resume_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def later(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Say until when the answers are kept; send a link when asked to."""
    walk = open_walk(request.user, draft_id)
    elsewhere = sent_or_none(walk.draft)
    if elsewhere is not None:
        return elsewhere
    if request.method == "POST":
        send_resume_link(walk.draft, by=request.user, language=walk.language)
        messages.success(request, _("We have sent you an e-mail with a link."))
        return redirect("citizen:applications")
    context = {
        "draft": walk.draft,
        "department": walk.draft.department,
        "service_title": application_title(walk.draft.service_version_id, walk.language),
        "email": request.user.email,
    }
    return render(request, "citizen/later.html", context)


@never_cache
@require_safe
@login_required
def resume(request: SignedInRequest, token: str) -> HttpResponse:
    """Lead to the draft; a link that was used says so, and somebody else's link looks like one."""
    draft = use_resume_link(token, by=request.user)
    if draft is not None:
        return redirect("citizen:draft", draft.pk)
    return render(request, "citizen/link_used.html", status=HTTPStatus.GONE)
