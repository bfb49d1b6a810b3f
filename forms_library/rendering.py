"""A page of questions as HTML: built once per question and language, then only filled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.utils.safestring import SafeString, mark_safe

from engine.core.worktime import WorkingCalendar
from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.drawn import fields_on, given_on, view_of
from forms_library.field_type import Reading
from forms_library.filled_rows import rows_typed
from forms_library.judging import FieldError
from forms_library.markup import Raw, escape
from forms_library.page_judge import PageJudge
from forms_library.repeated import repeated_answers
from forms_library.sheet import FIRST_BUTTON, Sheet
from forms_library.visibility import Moment, Shown, is_required, shown
from forms_library.words import word

Density = Literal["portal", "workbench"]
WRAPPERS: Mapping[Density, str] = {"portal": "cw-fields", "workbench": "cw-fields cw-fields--workbench"}


def render_page(
    compiled: CompiledForm,
    page_key: str,
    *,
    answers: Mapping[str, Any],
    raw: Mapping[str, Raw],
    errors: Sequence[FieldError],
    language: str,
    today: date,
    calendar: WorkingCalendar | None = None,
    context: Mapping[str, Mapping[str, Any]] | None = None,
    only: Collection[str] | None = None,
    density: Density = "portal",
    known: Mapping[str, str] | None = None,
) -> SafeString:
    """All fields of a page; what was typed goes before what is stored.

    `only` shows these fields alone (a correction); `context` is what rules may read beside the answers.
    The fields in `known` are only read, each with the sentence that says where its answer is from.
    """
    page = compiled.pages[page_key]
    given = given_on(page, answers, raw, Reading(today, language, calendar))
    moment = Moment(today, calendar, context or {})
    view = view_of(compiled, page, given, moment)
    required = _required(compiled, page, given, view)
    sheet = Sheet(compiled, page, language, errors, view)
    html = [
        sheet.known(asked, given.get(asked.key), known[asked.key])
        if known and asked.key in known
        else sheet.field(
            asked,
            required[asked.key],
            repeated_answers(compiled, asked, shown(compiled, given, moment), language)
            if asked.question.repeats_answers
            else _typed(asked, given, raw, view, language),
        )
        for asked in page.fields
        if asked.key in required and (only is None or asked.key in only)
    ]
    if any(asked.has_rows for asked in page.everything()):
        html.insert(0, FIRST_BUTTON)
    return mark_safe(f'<div class="{WRAPPERS[density]}">{"".join(html)}</div>')  # noqa: S308  every slot is escaped


def _required(
    compiled: CompiledForm, page: CompiledPage, given: Mapping[str, Any], view: Shown | None
) -> dict[str, bool]:
    """The fields of the page that are shown, each with whether it is required."""
    if view is None:
        return {asked.key: asked.field.required for asked in page.fields}
    facts = PageJudge(compiled, page, view, given, "").facts
    return {asked.key: is_required(asked, facts) for asked in fields_on(page, view)}


def _typed(
    asked: CompiledField,
    given: Mapping[str, Any],
    raw: Mapping[str, Raw],
    view: Shown | None,
    language: str,
) -> Raw:
    if asked.question.computed:
        return asked.question.typed(view.answers.get(asked.key) if view else None, language)
    if asked.children:
        worked_out = view.answers.get(asked.key) if view else None
        return rows_typed(asked, raw.get(asked.key), given.get(asked.key), worked_out, language)
    if asked.key in raw and not asked.question.upload_rules:
        return raw[asked.key]
    return asked.question.typed(given.get(asked.key), language)


def error_summary(errors: Sequence[FieldError], language: str) -> SafeString:
    """The box above the page that names every error and links to its input; empty without errors."""
    if not errors:
        return SafeString("")
    links = "".join(
        f'<li><a href="#{escape(error.anchor)}">{escape(error.sentence)}</a></li>' for error in errors
    )
    title = escape(word("problem", language))
    return mark_safe(  # noqa: S308  every part is escaped
        '<div class="govuk-error-summary" data-module="govuk-error-summary" tabindex="-1"><div role="alert">'
        f'<h2 class="govuk-error-summary__title">{title}</h2><div class="govuk-error-summary__body">'
        f'<ul class="govuk-list govuk-error-summary__list">{links}</ul></div></div></div>'
    )
