"""What fits while somebody types in a long list, for the owner of the draft alone."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from forms_library.suggesting import suggestions
from portal.citizen.drafts import open_walk
from portal.shell.requests import SignedInRequest

LONGEST_TEXT, LONGEST_NAME = 200, 300


@never_cache
@require_POST
@login_required
def suggest(request: SignedInRequest, draft_id: UUID) -> JsonResponse:
    """The choices that fit; what is typed comes in the body, for addresses stand in logs."""
    walk = open_walk(request.user, draft_id)
    name = request.POST.get("field", "")[:LONGEST_NAME]
    found = suggestions(walk.form, name, request.POST.get("text", "")[:LONGEST_TEXT], walk.language)
    return JsonResponse({"found": [{"key": entry.key, "label": entry.label} for entry in found]})
