"""Taking an application back, after asking once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.citizen.drafts import application_title
from portal.citizen.finding import own_or_404
from portal.shell.requests import SignedInRequest
from workflows import services
from workflows.handling import may_withdraw


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask, then do it."""
    case = own_or_404(request, reference)
    if not may_withdraw(case):
        return redirect("citizen:application", case.reference)
    if request.method == "POST":
        try:
            case = services.withdraw(reference=case.reference, by=request.user)
        except services.NotOpen:  # decided in the meantime: the application says how
            return redirect("citizen:application", case.reference)
        ended = _("Your application was withdrawn.")
        asked = _("We have your wish to withdraw the application, and deal with it now.")
        messages.success(request, ended if case.finished else asked)
        return redirect("citizen:application", case.reference)
    context = {
        "reference": case.reference,
        "department": case.department,
        "service_title": application_title(case.version_id, get_language() or "en"),
    }
    return render(request, "citizen/withdraw.html", context)
