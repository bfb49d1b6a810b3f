"""Putting a mistake on a certificate right: asked by one person, decided by another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.changing import Wording, change_answers
from portal.clerk.documents import certificate_or_404
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services
from workflows.amendment_refusals import AmendmentRefused
from workflows.models import Amendment, Case
from workflows.refusals import WorkRefused
from workflows.selectors.amendments import MOST, amendment_in, may_ask, may_settle, waiting_amendments
from workflows.services.deciding import LONGEST_NOTE
from workflows.services.refusals import AnswersRefused

APPROVE, REFUSE = "approve", "refuse"
REASON_ID = "amendment-reason"


@staff_only
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Every correction that waits for a decision in the reader's departments."""
    context = {"lines": waiting_amendments(person(request), language()), "most": MOST}
    return page(request, "clerk/corrections.html", "cases", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Say which answers are wrong and what they shall be; somebody else decides."""
    case = case_or_404(request, reference)
    if not may_ask(person(request), case):
        raise PermissionDenied
    certificate = certificate_or_404(case.reference, case.department_id, number)
    wording = Wording(
        _("Correct a mistake on certificate %(number)s") % {"number": certificate.number},
        gettext_lazy(
            "Nothing changes until a colleague has approved it. Then this certificate is not valid any more, "
            "and a new one with the new answers takes its place."
        ),
        gettext_lazy("Say what is wrong and how you know. Only staff read it."),
        gettext_lazy("Ask for approval"),
    )

    def act(given: Mapping[str, Any], reason: str) -> str:
        services.ask_for_amendment(
            reference=case.reference,
            number=certificate.number,
            given=given,
            reason=reason,
            by=person(request),
        )
        messages.success(request, _("A colleague who may approve it is asked."))
        return reverse("clerk:case", args=[case.reference])

    try:
        return change_answers(request, case, wording, act)
    except WorkRefused as refused:
        messages.warning(request, said(refused))
        return redirect("clerk:case", case.reference)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, reference: str, amendment_id: int) -> HttpResponse:
    """Show what would change, and take the decision."""
    case = case_or_404(request, reference)
    if not may_settle(person(request), case.department_id):
        raise PermissionDenied
    try:
        amendment = amendment_in(case, amendment_id)
    except Amendment.DoesNotExist as unknown:
        raise Http404 from unknown
    if amendment.state != Amendment.State.WAITING:
        messages.warning(request, said(AmendmentRefused("settled")))
        return redirect("clerk:case", case.reference)
    if request.method != "POST":
        return _asked(request, case, amendment)
    outcome, reason = posted.key(request, posted.OUTCOME), posted.text(request, posted.REASON)
    if outcome == REFUSE and not reason:
        wrong = FieldError(posted.REASON, "", _("Enter a reason"), "required", REASON_ID)
        return _asked(request, case, amendment, [wrong])
    return _settled(request, case, amendment, outcome, reason)


def _settled(
    request: HttpRequest, case: Case, amendment: Amendment, outcome: str, reason: str
) -> HttpResponse:
    which: dict[str, Any] = {
        "reference": case.reference,
        "amendment_id": amendment.pk,
        "by": person(request),
    }
    try:
        if outcome == APPROVE:
            services.approve_amendment(**which)
            messages.success(request, _("It is approved. The new certificate is being made."))
        elif outcome == REFUSE:
            services.refuse_amendment(**which, reason=reason)
            messages.success(request, _("It is refused. The certificate stays as it is."))
        else:
            return _asked(request, case, amendment)
    except AnswersRefused as refused:
        return _asked(request, case, amendment, refused.all())
    except WorkRefused as refused:
        messages.warning(request, said(refused))
    return redirect("clerk:case", case.reference)


def _asked(
    request: HttpRequest, case: Case, amendment: Amendment, wrong: list[FieldError] | None = None
) -> HttpResponse:
    """What would change, in full: reading it is recorded."""
    changes = services.read_amendment(
        reference=case.reference, amendment_id=amendment.pk, by=person(request), language=language()
    )
    context = {
        "case": case,
        "amendment": amendment,
        "changes": changes,
        "zone": case.department.time_zone,
        "is_own": amendment.asked_by_id == person(request).pk,
        "reason": posted.text(request, posted.REASON),
        "longest": LONGEST_NOTE,
        "error": next((each.sentence for each in wrong or () if each.field_key == posted.REASON), ""),
        "summary_html": error_summary(wrong, language()) if wrong else "",
    }
    status = 422 if wrong else 200
    return page(request, "clerk/amendment.html", "cases", context, department=case.department, status=status)
