"""The same answers to be read: check-your-answers, the case page, and texts for PDF and certificate."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from engine.core.worktime import WorkingCalendar
from forms_library.compiled import CompiledField, CompiledForm, CompiledPage
from forms_library.markup import escape
from forms_library.visibility import Moment, Shown, shown
from forms_library.words import word


@dataclass(frozen=True)
class ReviewRow:
    """One question with its answer. A masked row holds the answer nowhere."""

    field_key: str
    label: str
    value_html: SafeString
    value_text: str
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
    rows = []
    for asked in page.fields:
        if asked.key in view.fields and asked.question.has_answer and not asked.question.unseen:
            masked = asked.key not in reveal and (
                asked.field.data_class in hide or asked.question.masking != "none"
            )
            rows.append(_row(asked, view.answers.get(asked.key), language, masked))
    return ReviewSection(page.key, page.page.title.in_(language), rows)


def _row(asked: CompiledField, answer: Any, language: str, masked: bool) -> ReviewRow:
    question, field = asked.question, asked.field
    answered = not question.is_empty(answer)
    masked_text = question.mask(answer, language) if answered else ""
    if not answered:
        text = word("not_answered", language)
        html = f'<span class="govuk-hint">{escape(text)}</span>'
    elif masked:
        text = masked_text
        html = f'<bdi dir="ltr">{escape(text)}</bdi>'
    else:
        text, html = question.text(answer, language), question.html(answer, language)
    return ReviewRow(
        field_key=field.key,
        label=field.label.in_(language),
        value_html=mark_safe(html),  # noqa: S308  the field type escapes
        value_text=text,
        data_class=field.data_class,
        masked_text=masked_text,
        documents=() if masked else question.documents(answer),
        masked=masked and answered,
        answered=answered,
        anchor=question.anchor(""),
    )


def field_text(compiled: CompiledForm, path: str, answers: Mapping[str, Any], language: str) -> str:
    """The text of one answer in full, for certificates and letters; "address.town" names one part of it."""
    key, _, part = path.partition(".")
    answer = answers.get(key)
    if key not in compiled.fields or answer is None:
        return ""
    if part:
        return str(answer.get(part, "")) if isinstance(answer, dict) else ""
    return compiled.fields[key].question.text(answer, language)


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
        answer, masked = answers.get(asked.key), asked.field.data_class in hide
        columns = asked.question.export(answer)
        row.update(
            dict.fromkeys(columns, asked.question.mask(answer, "en") if answer is not None else None)
            if masked
            else columns
        )
    return row
