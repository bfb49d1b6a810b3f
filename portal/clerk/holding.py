"""Holding a case, on a page that asks why and until when, and letting it go on."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engine.departments.access import require
from engine.departments.permissions import Permission
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services
from workflows.models import Case
from workflows.services.holding import LONGEST_REASON
from workflows.services.refusals import HeldTooLong, WorkRefused

UNTIL = "_until"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why and until when, then stop every clock of the case."""
    case = case_or_404(request, reference)
    require(person(request), Permission.WORK_CASE, case.department_id)
    if request.method != "POST":
        return _ask(request, case)
    reason, typed = posted.text(request, posted.REASON), request.POST.get(UNTIL, "").strip()
    wrong, until = _checked(reason, typed)
    if not wrong:
        try:
            services.hold(reference=case.reference, by=person(request), reason=reason, until=until)
            messages.success(request, _("%(reference)s is on hold.") % {"reference": case.reference})
        except HeldTooLong as refused:
            wrong = [FieldError(UNTIL, "", said(refused), "range", "hold-until")]
        except WorkRefused as refused:
            messages.warning(request, said(refused, case.department.time_zone))
    return _ask(request, case, wrong) if wrong else _to_case(request, case)


@staff_only
@require_POST
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a held case go on."""
    case = case_or_404(request, reference)
    require(person(request), Permission.WORK_CASE, case.department_id)
    try:
        services.resume(reference=case.reference, by=person(request))
        messages.success(request, _("%(reference)s goes on.") % {"reference": case.reference})
    except WorkRefused as refused:
        messages.warning(request, said(refused, case.department.time_zone))
    return _to_case(request, case)


def _to_case(request: HttpRequest, case: Case) -> HttpResponse:
    return redirect(CameFrom.of(request).case_address(case.reference))


def _checked(reason: str, typed: str) -> tuple[list[FieldError], date | None]:
    wrong, until = [], None
    if not reason:
        wrong.append(FieldError(posted.REASON, "", _("Enter a reason"), "required", "hold-reason"))
    if typed:
        try:
            until = date.fromisoformat(typed)
        except ValueError:
            sentence = _("Enter a date, like 2026-12-24")
            wrong.append(FieldError(UNTIL, "", sentence, "format", "hold-until"))
    return wrong, until


def _ask(request: HttpRequest, case: Case, wrong: list[FieldError] | None = None) -> HttpResponse:
    context = {
        "case": case,
        "came": CameFrom.of(request),
        "reason": posted.text(request, posted.REASON),
        "until": request.POST.get(UNTIL, "")[:10],
        "longest": LONGEST_REASON,
        "wrong": {error.field_key: error.sentence for error in wrong or ()},
        "wrong_until": next((error.sentence for error in wrong or () if error.field_key == UNTIL), ""),
        "wrong_reason": next(
            (error.sentence for error in wrong or () if error.field_key == posted.REASON), ""
        ),
        "summary_html": error_summary(wrong, language()) if wrong else "",
    }
    status = 422 if wrong else 200
    return page(request, "clerk/hold.html", "queue", context, department=case.department, status=status)
