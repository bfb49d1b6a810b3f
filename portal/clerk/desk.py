"""A payment at the counter: what was paid, how, and under which number its receipt is."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from engine.departments.access import require
from engine.departments.permissions import Permission
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.models import Case, PaymentMethod, WorkItem
from workflows.selectors.payments import payable
from workflows.services.desk_payments import LONGEST_RECEIPT
from workflows.services.refusals import NotOpen, PaymentIncomplete, WorkRefused

AMOUNT, METHOD, RECEIPT = "_amount", "_method", "_receipt"
SENTENCES = {
    "amount": gettext_lazy("The amount has changed meanwhile. Look at what is to be paid now"),
    "method": gettext_lazy("Select how it was paid"),
    "receipt": gettext_lazy("Enter the number of the receipt"),
    "receipt_used": gettext_lazy("This receipt belongs to another payment. Look at its number"),
}
PLACES = {"receipt_used": "receipt"}
METHODS = {PaymentMethod.CASH: gettext_lazy("Cash"), PaymentMethod.CARD: gettext_lazy("Card")}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ask how it was paid, then record it; the case goes on."""
    item, case = item_or_404(request, item_id)
    require(person(request), Permission.WORK_CASE, case.department_id)
    try:
        return _taken(request, item, case) if request.method == "POST" else _asked(request, item, case, [])
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return redirect("clerk:case", case.reference)


def _taken(request: HttpRequest, item: WorkItem, case: Case) -> HttpResponse:
    try:
        services.take_at_desk(
            item_id=item.pk,
            method=posted.key(request, METHOD),
            receipt=posted.text(request, RECEIPT, LONGEST_RECEIPT),
            amount=posted.key(request, AMOUNT),
            by=person(request),
        )
    except PaymentIncomplete as incomplete:
        return _asked(request, item, case, incomplete.missing)
    messages.success(request, _("The payment is recorded. The case goes on."))
    return redirect("clerk:case", case.reference)


def _asked(request: HttpRequest, item: WorkItem, case: Case, missing: Sequence[str]) -> HttpResponse:
    due = payable(item, language())
    if due is None:
        raise NotOpen
    wrong = {PLACES.get(name, name): str(SENTENCES[name]) for name in missing}
    errors = [
        FieldError(name, "", words, "required", f"desk-{PLACES.get(name, name)}")
        for name, words in wrong.items()
    ]
    context = {
        "case": case,
        "due": due,
        "methods": [(method.value, label) for method, label in METHODS.items()],
        "method": posted.key(request, METHOD),
        "receipt": posted.text(request, RECEIPT, LONGEST_RECEIPT),
        "longest": LONGEST_RECEIPT,
        "wrong": wrong,
        "summary_html": error_summary(errors, language()) if errors else "",
    }
    status = 422 if errors else 200
    return page(request, "clerk/desk.html", "cases", context, department=case.department, status=status)
