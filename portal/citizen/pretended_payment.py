"""The page of the payment provider of the demonstration, which says that no money moves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from engine.messages import outbox
from engine.messages.models import OutboxMessage
from engine.payments.configured import PRETEND
from engine.payments.pretended import order_on_page, signed_message
from engine.payments.provider import OUTCOMES
from forms_library.localising import money_text
from workflows.services import take_payment_message

TOPIC = "payment.pretended"
TOLD = ("payment", "amount", "currency", "reference", "department")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Three buttons; the one that is pressed is told to Caseway in a signed message, after a moment."""
    page = (request.POST if request.method == "POST" else request.GET).get("for", "")
    told = order_on_page(page) if settings.PAYMENT_PROVIDER == PRETEND else None
    if told is None:
        raise Http404
    outcome = request.POST.get("outcome", "")
    if outcome in OUTCOMES:
        key = f"pretended:{told['payment']}:{outcome}"
        outbox.put(TOPIC, {**{name: told[name] for name in TOLD}, "outcome": outcome}, key=key)
        return redirect(told["back"])
    amount = money_text(Decimal(told["amount"]), told["currency"], get_language() or "en")
    context = {"told": told, "page": page, "amount": amount}
    return render(request, "citizen/pretended_payment.html", context)


def tell_caseway(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """What a real provider would do over the network: sign the message and hand it in."""
    headers, body = signed_message(dict(payload), payload["outcome"], int(timezone.now().timestamp()))
    take_payment_message(department=payload["department"], headers=headers, body=body)
