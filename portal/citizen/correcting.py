"""Answering what a clerk asked: the same pages, with the named questions only."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.citizen.finding import own_or_404
from portal.shell.requests import SignedInRequest
from workflows.services import NotOpen, start_correction


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """Begin or go on; a link in a letter leads to the application, where the button is."""
    case = own_or_404(request, reference)
    if request.method == "POST":
        try:
            draft = start_correction(case.reference, by=request.user)
        except NotOpen:  # answered before, or the time is over: the application says so
            return redirect("citizen:application", case.reference)
        return redirect("citizen:draft", draft.pk)
    return redirect("citizen:application", case.reference)
