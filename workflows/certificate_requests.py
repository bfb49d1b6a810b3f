"""What a certificate of a package says: its texts, filled in with the answers of one case or with samples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import now

from engine.core.text import Text
from engine.departments.models import Department
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from forms_library.compiled import CompiledForm
from forms_library.review import field_text
from workflows.clock import calendar_of
from workflows.parts import CertificateDefinition


class PrintedAnswers:
    """The answers of a case as a certificate prints them."""

    def __init__(self, form: CompiledForm, answers: Mapping[str, Any]) -> None:
        self.form, self.answers = form, answers

    def said(self, path: str, language: str) -> str:
        """The text of one answer."""
        return field_text(self.form, path, self.answers, language)

    def label(self, path: str) -> Text:
        """What is asked there."""
        asked = self.form.fields.get(path.partition(".")[0])
        return asked.field.label if asked else Text(path)


def request_for(
    definition: CertificateDefinition,
    answers: PrintedAnswers,
    *,
    department: Department,
    kind: str,
    idempotency_key: str,
    case_reference: str,
) -> CertificateRequest:
    """What is to be printed; the same key always means the same certificate."""
    calendar = calendar_of(department.pk)
    today = now().astimezone(calendar.zone)
    until = calendar.add(today, definition.valid_for).date() if definition.valid_for else None
    languages = tuple(definition.languages)
    return CertificateRequest(
        department=department,
        kind=kind,
        prefix=definition.prefix,
        idempotency_key=idempotency_key,
        case_reference=case_reference,
        title=definition.title,
        statement=definition.statement,
        rows=tuple(_row(answers, row.field, row.label, languages) for row in definition.rows),
        languages=languages,
        holder_name=answers.said(definition.holder, languages[0]),
        valid_from=today.date(),
        valid_until=until,
    )


def _row(
    answers: PrintedAnswers, path: str, label: Text | None, languages: tuple[str, ...]
) -> CertificateRow:
    values = {language: answers.said(path, language) for language in languages}
    return CertificateRow(label or answers.label(path), values)
