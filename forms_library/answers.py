"""Answers as they come in: one page read and judged, or the whole form judged again before it is sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from engine.core.worktime import WorkingCalendar
from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.field_type import Reading
from forms_library.judging import FieldError
from forms_library.markup import Raw
from forms_library.page_judge import PageJudge
from forms_library.page_reader import PageReader
from forms_library.uploads import SentFile, Upload
from forms_library.visibility import Moment, Shown, shown, worked_out
from forms_library.words import word

__all__ = [
    "FieldError",
    "PageResult",
    "Whole",
    "check_whole",
    "fault_errors",
    "read_page",
    "visible_pages",
]


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
    view: Shown | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Whole:
    """A whole form judged: the answers without the hidden ones, the errors by page, and rules that failed.

    With an error, an exit page on the way or a rule that failed (named by its place) nothing can be sent.
    """

    answers: dict[str, Any]
    errors: dict[str, list[FieldError]]
    hidden: frozenset[str]
    exit_page: str | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


def visible_pages(
    compiled: CompiledForm,
    answers: Mapping[str, Any],
    today: date,
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[str]:
    """The keys of the pages to walk through, in order."""
    return list(shown(compiled, answers, Moment(today, calendar, context or {}), walk=True).pages)


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
    fixed: Mapping[str, Any] | None = None,
) -> PageResult:
    """Read one posted page; with `only`, other fields of the page are left alone (a correction).

    The answers in `fixed` are known and not read: whatever was sent for them counts for nothing.
    """
    page, moment = compiled.pages[page_key], Moment(today, calendar, context or {})
    reader = PageReader(Reading(today, language, calendar), upload, stored)
    for asked in _asked(page, only):
        if fixed and asked.key in fixed:
            reader.answers[asked.key] = fixed[asked.key]
        else:
            reader.read(asked, data, files)
    given = {**stored, **reader.answers}
    view = shown(compiled, given, moment, page=page_key, saving=True)
    judge = PageJudge(compiled, page, view, given, language)
    errors = [
        error
        for asked in reader.asked
        for error in judge.typed(asked, reader.complaints)
        if not reader.again or asked.key in reader.refused
    ]
    if not reader.again:
        errors += judge.checks({error.field_key for error in errors}, only)
    answers = {key: view.answers.get(key) for key in reader.answers}
    answers |= {key: view.answers.get(key) for key in worked_out(compiled) if key in judge.found}
    if reader.again:
        answers |= {key: given[key] for key in reader.answers}
    return PageResult(answers, reader.raw, errors, reader.kept, reader.again, view)


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
    reading = Reading(today, language, calendar)
    errors = {}
    for key in view.pages:
        judge = PageJudge(compiled, compiled.pages[key], view, answers, language)
        found = [error for asked in _asked(judge.page, only) for error in judge.stored(asked, reading)]
        found += judge.checks({error.field_key for error in found}, only)
        if key == view.exit_page:
            found.append(FieldError("", "", word("exit", language), "exit", "main"))
        found += fault_errors(view, language, key)
        if found:
            errors[key] = found
    hidden = frozenset(asked.key for asked in compiled.questions()) - view.fields
    return Whole(view.answers, errors, hidden, view.exit_page, dict(view.faults))


def fault_errors(view: Shown | None, language: str, page_key: str | None = None) -> list[FieldError]:
    """That a rule could not be worked out, once for the page; which one is for the department to know."""
    places = view.faults if view is not None else {}
    if view is None or not any(page_key in (None, view.page_of(place)) for place in places):
        return []
    return [FieldError("", "", word("rule_failed", language), "fault", "main")]
