"""Documents and certificates of cases, for staff; opening one is recorded, and nothing in it can act."""

from __future__ import annotations

from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engine.departments.access import AccessRefused
from engine.departments.permissions import Permission
from engine.documents.certificates.copies import certificate_file
from engine.documents.models import Certificate
from engine.documents.reading import DocumentDamaged, read_verified
from portal.clerk.frame import language
from portal.clerk.staff import case_or_404, person, staff_only
from portal.shell import errors
from workflows.selectors.rights import may_read_answers
from workflows.services import open_document

SHOWN_IN_BROWSER = {"application/pdf", "image/jpeg", "image/png"}
NOTHING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# A PDF is drawn by a part of the browser that a sandbox would keep from starting.
PDF_POLICY = f"{NOTHING}; object-src 'self'"
POLICY = f"{NOTHING}; img-src 'self' data:; sandbox"


@staff_only
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """What an applicant sent."""
    try:
        opened = open_document(document_id=document_id, by=person(request))
        file = read_verified(opened)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    except DocumentDamaged:
        return damaged(request)
    return sent(file, opened.name, opened.content_type)


@staff_only
@require_safe
def certificate(request: HttpRequest, reference: str, number: str) -> HttpResponseBase:
    """A certificate of a case; one that is not in force any more says so on its pages."""
    case = case_or_404(request, reference)
    if not may_read_answers(person(request), case):
        raise AccessRefused(Permission.SEE_PERSONAL_DATA, case.department_id)
    found = certificate_or_404(case.reference, case.department_id, number)
    try:
        if found.document_id:
            open_document(document_id=found.document_id, by=person(request))
        file = certificate_file(found, language())
    except DocumentDamaged:
        return damaged(request)
    return sent(file, f"{found.number}.pdf", "application/pdf")


def certificate_or_404(reference: str, department_id: int, number: str) -> Certificate:
    """An issued certificate of this case."""
    issued = Certificate.objects.exclude(state=Certificate.State.PREPARING).select_related(
        "department", "document"
    )
    found = issued.filter(case_reference=reference, department_id=department_id, number=number).first()
    if found is None:
        raise Http404
    return found


def sent(file: SpooledTemporaryFile[bytes], name: str, content_type: str) -> FileResponse:
    """The bytes, shown by the browser only where it can do so safely."""
    response = FileResponse(file, content_type=content_type)
    inline = content_type in SHOWN_IN_BROWSER
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Security-Policy"] = PDF_POLICY if content_type == "application/pdf" else POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def damaged(request: HttpRequest) -> HttpResponse:
    """The bytes are not those that were sent: they are not shown."""
    said = _("This file was damaged where we keep it, so we do not show it. We have been told.")
    return errors.error_page(request, HTTPStatus.GONE, fault=errors.DAMAGED, said=said)
