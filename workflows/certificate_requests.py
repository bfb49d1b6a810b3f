"""What a certificate of a package says: its texts, filled in with the answers of one case or with samples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.timezone import now

from engine.core.text import Text
from engine.departments.models import Department
from engine.documents.certificates.request import CertificateBlock as Printed
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from forms_library.compiled import CompiledForm
from forms_library.field_type import FieldType
from forms_library.nested_type import NestedType
from forms_library.review import field_text
from forms_library.rows_type import RowsType
from workflows.clock import calendar_of
from workflows.parts import CertificateBlock, CertificateDefinition, CertificateTable

# an answer in a text, by its way: {business_name}, {address.town}
PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*)\}")


def question_at(form: CompiledForm, path: str) -> FieldType | None:
    """The question at a way through groups; None where there is none."""
    key, *parts = path.split(".")
    asked = form.fields.get(key)
    question = asked.question if asked else None
    for part in parts:
        question = question.inner(part) if isinstance(question, NestedType) else None
    return question


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

    def rows(self, path: str) -> list[dict[str, Any]]:
        """The rows of a repeating group or table."""
        found: Any = self.answers
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict | Mapping) else None
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def column(self, path: str, key: str) -> FieldType | None:
        """The question of each row with this key."""
        holder = question_at(self.form, path)
        return holder.inner(key) if isinstance(holder, RowsType) else None


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
        title=filled(definition.title, answers),
        statement=filled(definition.statement, answers),
        rows=tuple(_row(answers, row.field, row.label, languages) for row in definition.rows),
        languages=languages,
        holder_name=answers.said(definition.holder, languages[0]),
        valid_from=today.date(),
        valid_until=until,
        blocks=tuple(_block(block, answers, languages) for block in definition.blocks),
        signature=definition.signature,
    )


def filled(text: Text, answers: PrintedAnswers) -> Text:
    """A text with the answers that it names in braces, each as its language says it."""

    def said(found: re.Match[str], language: str) -> str:
        return answers.said(found[1], language)

    return Text(
        {each: PLACEHOLDER.sub(partial(said, language=each), words) for each, words in text.root.items()}
    )


def _block(block: CertificateBlock, answers: PrintedAnswers, languages: tuple[str, ...]) -> Printed:
    above = block.place == "above"
    if not isinstance(block, CertificateTable):
        return Printed(block.type, above, filled(block.words, answers))
    asked = [answers.column(block.rows_of, column.field) for column in block.columns]
    header = tuple(
        column.label or (question.field.label if question else Text(column.field))
        for column, question in zip(block.columns, asked, strict=True)
    )
    cells = tuple(
        tuple(_cell(question, row, languages) for question in asked) for row in answers.rows(block.rows_of)
    )
    return Printed("table", above, header=header, cells=cells)


def _cell(question: FieldType | None, row: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, str]:
    answer = row.get(question.field.key) if question else None
    if question is None or answer is None:
        return {}
    return {each: question.text(answer, each) for each in languages}


def _row(
    answers: PrintedAnswers, path: str, label: Text | None, languages: tuple[str, ...]
) -> CertificateRow:
    values = {language: answers.said(path, language) for language in languages}
    return CertificateRow(label or answers.label(path), values)
