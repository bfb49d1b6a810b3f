"""A form whose secret does not fit any more: after signing in elsewhere, an open page has an outdated one."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.citizen import kept
from portal.citizen.drafts import unsent_draft
from portal.citizen.page_token import was_drawn_for
from portal.citizen.posted import TOKEN
from portal.citizen.quiet import is_quiet, refused
from portal.shell import errors


def failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A question page that we drew is shown again with what was typed; anything else is refused."""
    if is_quiet(request):
        return refused(HTTPStatus.FORBIDDEN)
    match = request.resolver_match
    if match is not None and match.view_name == "citizen:page":
        draft = unsent_draft(match.kwargs["draft_id"])
        if draft is not None and was_drawn_for(draft, request.POST.get(TOKEN, "")):
            kept.keep(request, draft.pk, match.kwargs["page_key"])
            return redirect(request.path)
    said = _(
        "This page was open for a long time, or you signed in again meanwhile. Open it again and repeat."
    )
    return errors.error_page(request, HTTPStatus.FORBIDDEN, said=said)
