"""Files that a person may open: what they sent, a copy of their application, their certificates."""

from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engine.departments.access import require
from engine.departments.permissions import Permission
from engine.documents.application_pdf import Section, application_pdf
from engine.documents.certificates.copies import certificate_file
from engine.documents.models import Certificate
from engine.documents.reading import DocumentDamaged, read_verified
from portal.citizen.case_answers import sections_of_case
from portal.citizen.drafts import application_title
from portal.citizen.finding import own_or_404
from portal.shell import errors
from portal.shell.requests import SignedInRequest
from workflows.selectors.documents import document_for
from workflows.services import open_document

Sent = TypeVar("Sent", bound=HttpResponseBase)
SHOWN_IN_BROWSER = {"application/pdf", "image/jpeg", "image/png"}


@never_cache
@require_safe
@login_required
def document(request: SignedInRequest, document_id: UUID) -> HttpResponseBase:
    """A stored file, for its owner and for staff of the department that holds it."""
    try:
        held = document_for(request.user, document_id)
        if held.as_staff:
            require(request.user, Permission.SEE_PERSONAL_DATA, held.document.department_id)
        opened = open_document(document_id=document_id, by=request.user)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    try:
        file = read_verified(opened)
    except DocumentDamaged:
        return damaged(request)
    return sent_file(file, opened.name, opened.content_type)


@never_cache
@require_safe
@login_required
def certificate(request: SignedInRequest, reference: str, number: str) -> HttpResponseBase:
    """The certificate of one's own application; one that is not in force any more says so on its pages."""
    case = own_or_404(request, reference)
    found = (
        Certificate.objects.exclude(state=Certificate.State.PREPARING)
        .select_related("department", "document")
        .filter(case_reference=case.reference, department_id=case.department_id, number=number)
        .first()
    )
    if found is None:
        raise Http404
    try:
        file = certificate_file(found, get_language() or "en")
    except DocumentDamaged:
        return damaged(request)
    return sent_file(file, f"{found.number}.pdf", "application/pdf")


@never_cache
@require_safe
@login_required
def copy(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was sent, as a PDF to keep."""
    case = own_or_404(request, reference)
    language = get_language() or "en"
    sections = [
        Section(section.title, [(row.label, row.print_html) for row in section.rows])
        for section in sections_of_case(case, language)
    ]
    data = application_pdf(
        department=case.department,
        language=language,
        title=application_title(case.version_id, language),
        sections=sections,
        made_at=case.submitted_at,
        reference=case.reference,
    )
    response = HttpResponse(data, content_type="application/pdf")
    return _guarded(response, f"{case.reference}.pdf", inline=True)


def sent_file(file: SpooledTemporaryFile[bytes], name: str, content_type: str) -> FileResponse:
    """The bytes, shown by the browser only where it can do so safely."""
    response = FileResponse(file, content_type=content_type)
    return _guarded(response, name, inline=content_type in SHOWN_IN_BROWSER)


def _guarded(response: Sent, name: str, *, inline: bool) -> Sent:
    """Nothing that somebody sent may act as a page of ours."""
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def damaged(request: HttpRequest) -> HttpResponse:
    """The bytes are not those that were sent: they are not shown."""
    said = _("This file was damaged where we keep it, so we do not show it. We have been told.")
    return errors.error_page(request, HTTPStatus.GONE, fault=errors.DAMAGED, said=said)
