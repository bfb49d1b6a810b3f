"""A service that changed while somebody was applying: what is kept, and what is asked again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engine.core.voice import marking
from portal.citizen.drafts import address_to_go_on, application_title, open_walk, sent_or_none
from portal.citizen.walk import Walk
from portal.shell.requests import SignedInRequest
from workflows.services import DraftMoved, is_outdated, rebase_draft, rebased


def newer_or_none(request: HttpRequest, walk: Walk) -> HttpResponse | None:
    """A draft of an earlier version moves on by itself when nothing is to be asked, and says so otherwise."""
    draft = walk.draft
    if not is_outdated(draft):
        return None
    if not rebased(draft, walk.language).is_safe:
        return redirect("citizen:changed", draft.pk)
    try:
        with marking(False):
            rebase_draft(draft, by=draft.owner, revision=draft.revision, language=walk.language)
    except DraftMoved:  # another window saved something: look at it again
        return redirect("citizen:draft", draft.pk)
    if draft.revision:
        messages.info(request, _("This service has changed. Your answers were kept."))
    return redirect("citizen:draft", draft.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def changed(request: SignedInRequest, draft_id: UUID) -> HttpResponse:
    """Show what changed; go on with it when the person says so."""
    walk = open_walk(request.user, draft_id)
    elsewhere = sent_or_none(walk.draft)
    if elsewhere is not None:
        return elsewhere
    if not is_outdated(walk.draft):
        return redirect(address_to_go_on(walk))
    if request.method == "POST" and request.POST.get("revision") == str(walk.draft.revision):
        try:
            rebase_draft(walk.draft, by=request.user, revision=walk.draft.revision, language=walk.language)
        except DraftMoved:  # another window saved something: look at it again
            return redirect("citizen:changed", draft_id)
        return redirect("citizen:draft", draft_id)
    return render(request, "citizen/changed.html", _context(walk))


@marking()
def _context(walk: Walk) -> dict[str, Any]:
    draft, found = walk.draft, rebased(walk.draft, walk.language)
    said = {
        "refused": _("This answer cannot be kept as it is"),
        "kind": _("This is asked in another way now"),
        "removed": _("This is not asked any more. The answer is deleted when you continue"),
        "hidden": _("With your answers this is not asked any more"),
    }
    return {
        "draft": draft,
        "department": draft.department,
        "service_title": application_title(draft.service_version_id, walk.language),
        "asked": found.asked,
        "offered": found.offered,
        "left": [{"label": left.label, "text": left.text, "why": said[left.why]} for left in found.left],
        "kept": len(found.answers),
    }
