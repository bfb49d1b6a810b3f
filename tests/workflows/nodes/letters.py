"""A letter that a workflow makes from a message of the package."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from engine.documents.models import Document
from engine.documents.reading import read_verified

LETTER: dict[str, Any] = {
    "key": "letter",
    "type": "generate_document",
    "title": "Decision",
    "message": "decision",
    "rows": [{"field": "trade"}, {"field": "amount", "label": "Sum"}],
    "next": "check",
}
MESSAGES = {
    "decision": {
        "subject": {"en": "Decision on {reference}", "fr": "Décision sur {reference}"},
        "body": {"en": "Dear {applicant},\n\nwe agree.", "fr": "Bonjour {applicant},\n\nnous acceptons."},
    }
}


def bytes_of(document: Document) -> bytes:
    """The whole file."""
    with read_verified(document) as file:
        return file.read()


def language_of(data: bytes) -> str:
    """The language that the file says it is in."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(pdf.Root.Lang)
