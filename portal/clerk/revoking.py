"""Revoking a certificate, on a page of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engine.departments.access import require
from engine.departments.permissions import Permission
from engine.documents.certificates.revoking import NotInForce
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.documents import certificate_or_404
from portal.clerk.frame import language, page
from portal.clerk.staff import case_or_404, person, staff_only
from workflows.services import revoke_certificate

LONGEST_REASON = 500


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """Ask why, then revoke; what was revoked stays revoked."""
    case = case_or_404(request, reference)
    require(person(request), Permission.REVOKE_CERTIFICATE, case.department_id)
    certificate = certificate_or_404(case.reference, case.department_id, number)
    reason, error = posted.text(request, posted.REASON), ""
    if request.method == "POST":
        error = _problem(reason)
        if not error:
            return _revoke(request, case.reference, certificate.number, reason)
    wrong = [FieldError(posted.REASON, "", error, "required", "revoke-reason")] if error else []
    context = {
        "case": case,
        "certificate": certificate,
        "reason": reason,
        "error": error,
        "longest": LONGEST_REASON,
        "summary_html": error_summary(wrong, language()),
    }
    status = 422 if error else 200
    return page(request, "clerk/revoke.html", "cases", context, department=case.department, status=status)


def _problem(reason: str) -> str:
    if not reason:
        return _("Enter a reason")
    if len(reason) > LONGEST_REASON:
        return _("The reason must be %(most)s characters or fewer") % {"most": LONGEST_REASON}
    return ""


def _revoke(request: HttpRequest, reference: str, number: str, reason: str) -> HttpResponse:
    try:
        revoke_certificate(reference=reference, number=number, by=person(request), reason=reason)
        messages.success(request, _("Certificate %(number)s is revoked.") % {"number": number})
    except NotInForce:
        messages.warning(request, _("Certificate %(number)s was not in force any more.") % {"number": number})
    return redirect("clerk:case", reference)
