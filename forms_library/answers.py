"""Answers as they come in: one page read and judged, or the whole form judged again before it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from engine.core.rules import Facts
from engine.core.worktime import WorkingCalendar
from forms_library.compiled import CompiledField, CompiledForm, CompiledPage
from forms_library.field_type import Reading
from forms_library.judging import FieldError, complaints_about, failed_checks, field_error, missing
from forms_library.markup import Raw
from forms_library.page_reader import PageReader
from forms_library.uploads import SentFile, Upload
from forms_library.visibility import Moment, Shown, shown

__all__ = ["FieldError", "PageResult", "Whole", "check_whole", "read_page", "visible_pages"]


@dataclass(frozen=True)
class PageResult:
    """What became of one posted page.

    `answers` holds the fields of this page only: JSON, None where there is no answer. With errors it is
    not saved; `kept` is, for it holds the files that were stored. `raw` is what was typed, to show it again.
    `again`: a button of a question was pressed (add, remove), so the page is shown again as it stands.
    """

    answers: dict[str, Any]
    raw: dict[str, Raw]
    errors: list[FieldError]
    kept: dict[str, Any] = field(default_factory=dict)
    again: bool = False


@dataclass(frozen=True)
class Whole:
    """A whole form judged: the answers without the hidden ones, and the errors by page."""

    answers: dict[str, Any]
    errors: dict[str, list[FieldError]]
    hidden: frozenset[str]


def visible_pages(
    compiled: CompiledForm,
    answers: Mapping[str, Any],
    today: date,
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[str]:
    """The keys of the pages to walk through, in order."""
    return list(shown(compiled, answers, Moment(today, calendar, context or {})).pages)


def read_page(
    compiled: CompiledForm,
    page_key: str,
    data: MultiValueDict[str, str],
    files: MultiValueDict[str, SentFile],
    stored: Mapping[str, Any],
    *,
    today: date,
    language: str,
    upload: Upload,
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
    only: Collection[str] | None = None,
) -> PageResult:
    """Read one posted page; with `only`, other fields of the page are left alone (a correction)."""
    page, moment = compiled.pages[page_key], Moment(today, calendar, context or {})
    reader = PageReader(Reading(today, language, calendar), upload, stored)
    for asked in _asked(page, only):
        reader.read(asked, data, files)
    view = shown(compiled, {**stored, **reader.answers}, moment)
    facts = moment.facts(compiled, view.answers)
    errors = reader.errors(view, facts)
    errors += failed_checks(page, facts, language, {error.field_key for error in errors}, only)
    answers = {key: answer if key in view.fields else None for key, answer in reader.answers.items()}
    if reader.again:
        errors = [error for error in errors if error.field_key in reader.refused]
    return PageResult(answers, reader.raw, errors, reader.kept, reader.again)


def _asked(page: CompiledPage, only: Collection[str] | None) -> list[CompiledField]:
    return [
        asked for asked in page.fields if asked.question.has_answer and (only is None or asked.key in only)
    ]


def check_whole(
    compiled: CompiledForm,
    answers: Mapping[str, Any],
    today: date,
    only: Collection[str] | None = None,
    *,
    language: str = "en",
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
) -> Whole:
    """Judge all stored answers again on this day; with `only`, complain about these fields alone."""
    moment = Moment(today, calendar, context or {})
    view = shown(compiled, answers, moment)
    facts = moment.facts(compiled, view.answers)
    reading = Reading(today, language, calendar)
    errors = {}
    for key in view.pages:
        page = compiled.pages[key]
        found = [error for asked in _asked(page, only) for error in _judged(asked, view, facts, reading)]
        found += failed_checks(page, facts, language, {error.field_key for error in found}, only)
        if found:
            errors[key] = found
    hidden = frozenset(asked.key for asked in compiled.questions()) - view.fields
    return Whole(view.answers, errors, hidden)


def _judged(asked: CompiledField, view: Shown, facts: Facts, reading: Reading) -> list[FieldError]:
    if asked.key not in view.fields:
        return []
    answer = view.answers.get(asked.key)
    complaints = complaints_about(asked.question, answer, reading) or missing(asked, answer, facts)
    return [field_error(asked.question, complaint, reading.language) for complaint in complaints]
