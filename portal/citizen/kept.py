"""What somebody typed while signed out: kept with their browser's session until they have signed in again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from portal.citizen.drafts import unsent_draft, walk_of
from portal.citizen.page_token import was_drawn_for
from portal.citizen.posted import TOKEN, Posted
from portal.citizen.uploads import keeper
from workflows.models import Draft
from workflows.sealed_fields import opened, sealed

SESSION_KEY = "kept_page"
LONGEST = 300_000  # characters of one page; more is nothing that a person types
GOOD_FOR = timedelta(hours=2)


@dataclass(frozen=True)
class Kept:
    """A page that was posted while signed out."""

    posted: Posted
    files_lost: bool


def keep_and_sign_in(request: HttpRequest, draft_id: UUID, page_key: str) -> HttpResponse:
    """To the sign-in page, and back to this page after it."""
    if request.method == "POST":
        keep(request, draft_id, page_key)
    return redirect_to_login(request.path)


def keep(request: HttpRequest, draft_id: UUID, page_key: str) -> None:
    """Remember what was posted; files only when we drew the page for the owner of the draft."""
    data = request.POST.copy()
    data.pop("csrfmiddlewaretoken", None)
    body = data.urlencode()
    if len(body) > LONGEST:
        return
    draft = unsent_draft(draft_id)
    if draft is None:
        return
    uploads: Mapping[str, Any] = {}
    if request.FILES and was_drawn_for(draft, request.POST.get(TOKEN, "")):
        uploads = _stored(draft, page_key, Posted.of(request))
    request.session[SESSION_KEY] = {
        "draft": str(draft_id),
        "page": page_key,
        "body": sealed({page_key: body}, draft.sealing("raw")[1], place_of(draft)),
        "uploads": dict(uploads),
        "files_lost": len(request.FILES) > len(uploads),
        "at": timezone.now().timestamp(),
    }


def _stored(draft: Draft, page_key: str, posted: Posted) -> Mapping[str, Any]:
    walk = walk_of(draft)
    if page_key not in walk.form.pages:
        return {}
    return walk.read(page_key, posted, keeper(draft, walk.page(page_key))).kept


def place_of(draft: Draft) -> str:
    """What sensitive answers in a session are bound to."""
    return f"kept:{draft.pk}"


def is_waiting(request: HttpRequest, draft: Draft) -> bool:
    """Whether something that was typed while signed out waits for a page of this draft."""
    return (request.session.get(SESSION_KEY) or {}).get("draft") == str(draft.pk)


def take(request: HttpRequest, draft: Draft, page_key: str) -> Kept | None:
    """What was kept for this page of this draft; it is given once, and only to the owner of the draft."""
    found = request.session.get(SESSION_KEY)
    if not found:
        return None
    same = (found["draft"], found["page"]) == (str(draft.pk), page_key)
    fresh = timezone.now().timestamp() - found["at"] < GOOD_FOR.total_seconds()
    if same or not fresh:
        del request.session[SESSION_KEY]
    if not (same and fresh):
        return None
    body = opened(found["body"], place_of(draft))[page_key]
    return Kept(Posted(QueryDict(body), uploads=found["uploads"]), files_lost=found["files_lost"])
