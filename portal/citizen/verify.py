"""The public pages that say whether a certificate is genuine; reading them needs no session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from engine.documents.certificates.checking import matches_file
from engine.documents.certificates.codes import as_code, looks_like_number
from engine.documents.certificates.lookup import find, replaced_number, status_on
from engine.documents.models import Certificate
from forms_library.uploads import SentFile

RESULTS = {
    "valid": ("good", "shield-check"),
    "revoked": ("bad", "shield-x"),
    "expired": ("warn", "timer"),
    "replaced": ("warn", "refresh-cw"),
}


@dataclass(frozen=True)
class FileVerdict:
    """What comparing a file brought to light; a problem is said when nothing could be compared."""

    is_original: bool = False
    problem: str = ""


@never_cache
@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Asks for the code; the answer has an address of its own, which is also in the QR code."""
    typed = request.GET.get("code", "").strip()
    code = as_code(typed)
    if code:
        return redirect("citizen:verify", code=code)
    problem = _problem(typed) if "code" in request.GET else ""
    return render(request, "citizen/verify_ask.html", {"typed": typed[:60], "problem": problem})


def _problem(typed: str) -> str:
    if not typed:
        return _("Enter the code of the certificate")
    if looks_like_number(typed):
        return _("This is the number of a certificate. Enter its code, which is printed beside the QR code")
    return _("Enter a code of 8 letters and figures, like 7Q4K-M2XD")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Says how the certificate with this code stands, and compares a file with it."""
    certificate = find(code)
    if certificate is None:
        shown = {"typed": code[:60]}
        return render(request, "citizen/verify_unknown.html", shown, status=HTTPStatus.NOT_FOUND)
    now = timezone.now()
    status = status_on(certificate, _day_there(certificate))
    tint, icon = RESULTS[status]
    verdict = _compared(certificate, request.FILES.get("file")) if request.method == "POST" else None
    context = {"certificate": certificate, "status": status, "tint": tint, "icon": icon, "now": now}
    context["replaces"] = replaced_number(certificate)
    return render(
        request,
        "citizen/verify_result.html",
        {**context, "verdict": verdict, "department": certificate.department},
    )


def _day_there(certificate: Certificate) -> date:
    return timezone.localdate(timezone=ZoneInfo(certificate.department.time_zone))


def _compared(certificate: Certificate, file: SentFile | None) -> FileVerdict:
    if not file:
        return FileVerdict(problem=_("Add the PDF that you received"))
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        return FileVerdict(problem=_("The file is larger than any certificate of ours. Add the PDF itself"))
    return FileVerdict(is_original=matches_file(certificate, file.read()))
