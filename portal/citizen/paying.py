"""Paying for one's own application: what it costs, the way to the provider, and back from there."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engine.payments.configured import NoProvider, provider
from portal.citizen.drafts import application_title
from portal.citizen.finding import application_or_404
from portal.shell.requests import SignedInRequest
from workflows import services
from workflows.models import PaymentState
from workflows.selectors.applications import Application
from workflows.selectors.payments import last_payment
from workflows.services.refusals import PaymentAway, WorkRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pay(request: SignedInRequest, reference: str) -> HttpResponse:
    """Show the amount; pressed, lead to the page of the provider."""
    found = application_or_404(request, reference)
    if found.payment is None:
        return redirect("citizen:application", found.case.reference)
    if request.method != "POST":
        return _page(request, found)
    try:
        language = get_language() or "en"
        return redirect(
            services.begin_payment(reference=found.case.reference, by=request.user, language=language)
        )
    except PaymentAway:
        sentence = _("We cannot reach the payment service. Nothing was paid. Try again in a few minutes.")
        return _page(request, found, wrong=sentence, status=HTTPStatus.SERVICE_UNAVAILABLE)
    except WorkRefused:
        messages.info(request, _("This is not open any more. Here is how your application stands now."))
        return redirect("citizen:application", found.case.reference)


@never_cache
@require_safe
@login_required
def back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Back from the provider: what a browser brings proves nothing, so this says what the provider said."""
    found = application_or_404(request, reference)
    payment = last_payment(request.user, found.case.reference)
    match payment.state if payment is not None else None:
        case PaymentState.WAITING if found.payment is not None:
            return _page(request, found, template="citizen/paid_waiting.html")
        case PaymentState.PAID:
            messages.success(request, _("Thank you. Your payment has arrived."))
        case PaymentState.FAILED | PaymentState.CANCELLED if found.payment is not None:
            messages.info(request, _("Nothing was paid. You can try again."))
            return redirect("citizen:pay", found.case.reference)
    return redirect("citizen:application", found.case.reference)


def _page(
    request: SignedInRequest,
    found: Application,
    *,
    wrong: str = "",
    status: int = HTTPStatus.OK,
    template: str = "citizen/pay.html",
) -> HttpResponse:
    case = found.case
    context = {
        "case": case,
        "department": case.department,
        "service_title": application_title(case.version_id, get_language() or "en"),
        "payment": found.payment,
        "wrong": wrong,
    }
    response = render(request, template, context, status=status)
    response._csp_update = {"form-action": _origins()}  # type: ignore[attr-defined]  # read by django-csp
    return response


def _origins() -> list[str]:
    """A form of ours may lead on to the pages of the provider, and nowhere else outside."""
    try:
        origin = provider().origin
    except NoProvider:
        return []
    return [origin] if origin else []
