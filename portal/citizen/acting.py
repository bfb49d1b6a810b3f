"""What an applicant does where their case stands: one press of one of the buttons of the state."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.citizen.applications import page_of
from portal.citizen.finding import own_or_404
from portal.shell.requests import SignedInRequest
from workflows.models import Case, WorkItem
from workflows.services import act as take
from workflows.services.refusals import ReasonMissing, WorkRefused

MOST_DIGITS = 18


@never_cache
@require_POST
@login_required
def act(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take an action; what cannot be done any more is said on the page of the application."""
    case = own_or_404(request, reference)
    reason = request.POST.get("reason", "")
    try:
        take(
            item_id=_item(case, request.POST.get("item", "")),
            action=request.POST.get("action", ""),
            by=request.user,
            reason=reason,
        )
    except ReasonMissing:
        return page_of(request, reference, reason_missing=True, reason=reason, status=422)
    except WorkRefused:
        messages.info(request, _("This is not open any more. Here is how your application stands now."))
    else:
        messages.success(request, _("Thank you. Here is how your application stands now."))
    return redirect("citizen:application", case.reference)


def _item(case: Case, text: str) -> int:
    """The item that was on the page; one of another case does not exist."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
    if not WorkItem.objects.filter(pk=number, process=case).exists():
        raise Http404
    return number
