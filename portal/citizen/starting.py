"""Beginning an application: one press, and somebody who has begun already is offered to go on."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engine.departments.access import may
from engine.departments.permissions import Permission
from portal.citizen.changed import newer_or_none
from portal.citizen.drafts import address_to_go_on, application_title, open_walk, sent_or_none
from portal.shell import errors
from portal.shell.reading import settle
from portal.shell.requests import SignedInRequest
from workflows.models import Audience, Service
from workflows.selectors.versions import package_of
from workflows.services import ServiceClosed, ask_registers, discard_draft, start_draft, unsent_drafts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: SignedInRequest, department: str, service: str) -> HttpResponse:
    """Start a draft, or show those of this service that are not sent yet."""
    found = _service(request, department, service)
    language = settle(package_of(found.current_id or 0).languages, found.department.languages)
    if found.archived_at:
        return errors.gone(request)
    drafts = [draft for draft in unsent_drafts(request.user, found) if draft.revision]
    if request.method == "POST" and (request.POST.get("new") or not drafts):
        try:
            draft = ask_registers(start_draft(request.user, found, language), by=request.user)
        except ServiceClosed:  # closed while the page was open
            return errors.gone(request)
        return redirect("citizen:draft", draft.pk)
    context = {
        "drafts": drafts,
        "department": found.department,
        "service_title": found.name(language),
        "service_address": f"/{found.address}/",
        "address": request.path,
    }
    return render(request, "citizen/start.html", context)


def _service(request: SignedInRequest, department: str, service: str) -> Service:
    """A published service; one for staff exists only for who may apply there."""
    found = (
        Service.objects.filter(department__key=department, key=service, current__isnull=False)
        .select_related("department")
        .defer("working")
        .first()
    )
    if found is None:
        raise Http404
    if not package_of(found.current_id or 0).takes_applications:
        raise Http404
    if found.audience == Audience.STAFF and not may(
        request.user, Permission.APPLY_INTERNAL, found.department_id
    ):
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD"])
@login_required
def go_on(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """A draft where it was left."""
    walk = open_walk(request.user, draft_id)
    return sent_or_none(walk.draft) or newer_or_none(request, walk) or redirect(address_to_go_on(walk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def discard(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Give up what is not sent yet, after asking."""
    walk = open_walk(request.user, draft_id)
    elsewhere = sent_or_none(walk.draft)
    if elsewhere is not None or walk.draft.work_item_id is not None:
        return elsewhere or redirect(address_to_go_on(walk))
    if request.method == "POST":
        discard_draft(walk.draft, by=request.user)
        messages.success(request, _("The answers were deleted."))
        return redirect("citizen:applications")
    context = {
        "draft": walk.draft,
        "department": walk.draft.department,
        "service_title": application_title(walk.draft.service_version_id, walk.language),
    }
    return render(request, "citizen/discard.html", context)
