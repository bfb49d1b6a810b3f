"""The same answers to be read: check-your-answers, the case page, and texts for PDF and certificate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from engine.core.worktime import WorkingCalendar
from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.field_type import FieldType
from forms_library.markup import escape
from forms_library.nested_type import NestedType, as_html, as_text
from forms_library.visibility import Moment, Shown, shown
from forms_library.words import word


@dataclass(frozen=True)
class ReviewRow:
    """One question with its answer. A masked row holds the answer nowhere."""

    field_key: str
    label: str
    value_html: SafeString
    value_text: str
    print_html: SafeString
    data_class: str
    masked_text: str
    documents: tuple[str, ...]
    masked: bool = False
    answered: bool = True
    anchor: str = ""


@dataclass(frozen=True)
class ReviewSection:
    """The rows of one page."""

    page_key: str
    title: str
    rows: list[ReviewRow]


def review(
    compiled: CompiledForm,
    answers: Mapping[str, Any],
    language: str,
    today: date,
    *,
    hide: Collection[str] = (),
    reveal: Collection[str] = (),
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[ReviewSection]:
    """The answers page by page, without what is hidden.

    Fields of the data classes in `hide` come masked, and so do kinds that are always masked (an identity
    number), unless the key of the field is in `reveal`.
    """
    view = shown(compiled, answers, Moment(today, calendar, context or {}))
    sections = (_section(compiled.pages[key], view, language, hide, reveal) for key in view.pages)
    return [section for section in sections if section.rows]


def _section(
    page: CompiledPage, view: Shown, language: str, hide: Collection[str], reveal: Collection[str]
) -> ReviewSection:
    rows = [
        _row(asked, view.answers.get(asked.key), language, _Mask(hide, asked.key in reveal))
        for asked in page.fields
        if asked.key in view.fields and asked.question.has_answer and _is_seen(asked)
    ]
    return ReviewSection(page.key, page.page.title.in_(language), rows)


def _is_seen(asked: CompiledField) -> bool:
    return not asked.question.unseen and bool(getattr(asked.question.options, "visible", True))


class _Mask:
    """Which questions may not be read; it remembers whether it hid one."""

    def __init__(self, hide: Collection[str], revealed: bool) -> None:
        self.hide, self.revealed, self.used = hide, revealed, False

    def __call__(self, question: FieldType) -> bool:
        masked = not self.revealed and (question.field.data_class in self.hide or question.masking != "none")
        self.used = self.used or masked
        return masked


def _row(asked: CompiledField, answer: Any, language: str, mask: _Mask) -> ReviewRow:
    question, field = asked.question, asked.field
    answered, masked = not question.is_empty(answer), mask(question)
    masked_text = question.mask(answer, language) if answered else ""
    printed = ""
    if not answered:
        text = word("not_answered", language)
        html = f'<span class="govuk-hint">{escape(text)}</span>'
    elif masked:
        text = masked_text
        html = f'<bdi dir="ltr">{escape(text)}</bdi>'
    elif isinstance(question, NestedType):
        lines = list(question.lines(answer, language, 0, mask))
        text, html, masked = as_text(lines), as_html(lines), mask.used
    else:
        text, html = question.text(answer, language), question.html(answer, language)
        printed = question.print_html(answer, language)
    return ReviewRow(
        field_key=field.key,
        label=field.label.in_(language),
        value_html=mark_safe(html),  # noqa: S308  the field type escapes
        value_text=text,
        print_html=mark_safe(printed or escape(text)),  # noqa: S308  the field type escapes
        data_class=field.data_class,
        masked_text=masked_text,
        documents=_documents(question, answer, mask) if answered else (),
        masked=masked and answered,
        answered=answered,
        anchor=question.anchor(""),
    )


def _documents(question: FieldType, answer: Any, mask: _Mask) -> tuple[str, ...]:
    if mask(question):
        return ()
    if not isinstance(question, NestedType):
        return question.documents(answer)
    return tuple(
        document
        for record in (answer if isinstance(answer, list) else [answer])
        for part in question.asked
        if record.get(part.field.key) is not None
        for document in _documents(part, record[part.field.key], mask)
    )


def field_text(compiled: CompiledForm, path: str, answers: Mapping[str, Any], language: str) -> str:
    """The text of one answer in full, for certificates and letters; "address.town" names one part of it."""
    key, *parts = path.split(".")
    asked, answer = compiled.fields.get(key), answers.get(key)
    if asked is None or answer is None:
        return ""
    question = asked.question
    while parts and isinstance(question, NestedType) and isinstance(answer, dict):
        inner = question.inner(parts[0])
        if inner is None or answer.get(parts[0]) is None:
            return ""
        question, answer = inner, answer[parts.pop(0)]
    if parts:
        return str(answer.get(parts[0], "")) if isinstance(answer, dict) else ""
    return question.text(answer, language)


def search_texts(compiled: CompiledForm, answers: Mapping[str, Any], language: str) -> list[str]:
    """What a search may find a case by: never what is sensitive or masked."""
    return [
        text
        for asked in compiled.questions()
        if asked.field.data_class != "sensitive"
        and (answer := answers.get(asked.key)) is not None
        and (text := asked.question.search_text(answer, language))
    ]


def export_row(
    compiled: CompiledForm, answers: Mapping[str, Any], hide: Collection[str] = ()
) -> dict[str, Any]:
    """One line of an export: every column of every question; masked what may not be seen."""
    row: dict[str, Any] = {}
    for asked in compiled.questions():
        answer, question = answers.get(asked.key), asked.question
        if isinstance(question, NestedType) and asked.field.data_class not in hide:
            row.update(question.columns(answer, lambda part: part.field.data_class in hide))
            continue
        columns = question.export(answer)
        if asked.field.data_class in hide:
            columns = dict.fromkeys(columns, question.mask(answer, "en") if answer is not None else None)
        row.update(columns)
    return row
