"""A certificate and a message of a draft as people would get them: the real page and the real letter."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from engine.core.text import LANGUAGE_TAG
from engine.departments.models import Department
from engine.documents.certificates.issuing import sample
from engine.documents.pictures import pages_as_png
from engine.messages.writing import as_html, as_text
from forms_library.localising import date_text
from portal.designer.differences import said
from portal.designer.posted_json import BadPost
from portal.designer.sample_answers import sample_answers
from portal.designer.usable_part import usable_part
from workflows.certificate_requests import request_for
from workflows.letters import sample_letter
from workflows.models import Service
from workflows.parts import CertificateDefinition, MessageDefinition

WIDTH = 1240  # pixels of a picture: sharp at the width of the pane and at twice that
DUE_DAYS = 14
APPLICANT = "Leila Haddad"
Document = dict[str, Any]


def certificate_pdf(service: Service, document: Document, key: str, sample_number: int) -> bytes:
    """The PDF with SAMPLE across it; raises BadPost where there is no such certificate."""
    given = _part(document, "certificates", key)
    language = _first_language(document, service.department)
    stand_ins = {"title": "", "statement": "", "prefix": "X", "languages": [language], "holder": "name"}
    definition = usable_part(CertificateDefinition, given, stand_ins)
    request = request_for(
        definition,
        sample_answers(document, sample_number, language),
        department=service.department,
        kind=f"{service.key}:{key}",
        idempotency_key="sample",
        case_reference=_reference(document),
    )
    return sample(request)


def certificate_pictures(
    service: Service, document: Document, key: str, sample_number: int
) -> dict[str, Any]:
    """The pages of the certificate as pictures that a page can hold."""
    pictures = pages_as_png(certificate_pdf(service, document, key, sample_number), WIDTH)
    return {"pages": [f"data:image/png;base64,{base64.b64encode(picture).decode()}" for picture in pictures]}


def message_letter(service: Service, document: Document, key: str, language: str) -> dict[str, Any]:
    """The letter as HTML and as text; raises BadPost where there is no such message, or language."""
    if not LANGUAGE_TAG.fullmatch(language):
        raise BadPost(_("This is not a language."))
    definition = usable_part(MessageDefinition, _part(document, "messages", key), {"subject": "", "body": ""})
    letter = sample_letter(
        definition,
        department=service.department,
        language=language,
        values=_values(service, document, language),
    )
    return {"subject": letter.subject, "html": as_html(letter), "text": as_text(letter)}


def _part(document: Document, name: str, key: str) -> Any:
    parts = document.get(name)
    if not isinstance(parts, dict) or key not in parts:
        raise BadPost(_("There is no such part in this service."), "no_part", 422)
    return parts[key]


def _first_language(document: Document, department: Department) -> str:
    given = document.get("languages")
    languages = given if isinstance(given, list) else []
    found = [one for one in languages if isinstance(one, str) and LANGUAGE_TAG.fullmatch(one)]
    return found[0] if found else str(department.languages[0])


def _reference(document: Document) -> str:
    prefix = document.get("reference_prefix")
    return f"{prefix if isinstance(prefix, str) and prefix else 'X'}-{timezone.now().year}-000000"


def _values(service: Service, document: Document, language: str) -> dict[str, str]:
    """What is filled in: the names of the real service, and an applicant who does not exist."""
    return {
        "reference": _reference(document),
        "service": said(document.get("title"), language) or service.name(language),
        "department": service.department.name(language),
        "applicant": APPLICANT,
        "due": date_text((timezone.now() + timedelta(days=DUE_DAYS)).date(), language),
    }
