"""A page of questions as HTML: built once per question and language, then only filled."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.utils.safestring import SafeString, mark_safe

from engine.core.worktime import WorkingCalendar
from forms_library.compiled import CompiledField, CompiledForm, CompiledPage
from forms_library.complaints import AnswerRefused
from forms_library.controls import Face
from forms_library.field_type import Reading
from forms_library.judging import FieldError
from forms_library.markup import Raw, Template, escape
from forms_library.visibility import Moment, is_required, shown
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
) -> SafeString:
    """All fields of a page; what was typed goes before what is stored.

    `only` shows these fields alone (a correction); `context` is what rules may read beside the answers.
    """
    page = compiled.pages[page_key]
    required = _visible(compiled, page, answers, raw, Moment(today, calendar, context or {}), language)
    sheet = _Sheet(compiled, page, language, errors)
    html = [
        sheet.field(asked, required[asked.key], _typed(asked, answers, raw, language))
        for asked in page.fields
        if asked.key in required and (only is None or asked.key in only)
    ]
    return mark_safe(f'<div class="{WRAPPERS[density]}">{"".join(html)}</div>')  # noqa: S308  every slot is escaped


def _visible(
    compiled: CompiledForm,
    page: CompiledPage,
    answers: Mapping[str, Any],
    raw: Mapping[str, Raw],
    moment: Moment,
    language: str,
) -> dict[str, bool]:
    """The fields of the page that are shown, each with whether it is required."""
    if not any(asked.show or asked.require for asked in page.fields):
        return {asked.key: asked.field.required for asked in page.fields}
    reading = Reading(moment.today, language, moment.calendar)
    given = {
        **answers,
        **{
            asked.key: _provisional(asked, raw[asked.key], reading)
            for asked in page.fields
            if asked.key in raw
        },
    }
    view = shown(compiled, given, moment)
    facts = moment.facts(compiled, view.answers)
    # A hidden page is shown whole when asked for: which pages are walked through is not decided here.
    keys = view.fields if page.key in view.pages else {asked.key for asked in page.fields}
    return {asked.key: is_required(asked, facts) for asked in page.fields if asked.key in keys}


def _provisional(asked: CompiledField, raw: Raw, reading: Reading) -> Any:
    """The answer that was typed, as far as it can be read, so that questions depending on it are shown."""
    try:
        return asked.question.parse(raw, reading)
    except AnswerRefused:
        return None


def _typed(asked: CompiledField, answers: Mapping[str, Any], raw: Mapping[str, Raw], language: str) -> Raw:
    if asked.key in raw and not asked.question.upload_rules:
        return raw[asked.key]
    return asked.question.typed(answers.get(asked.key), language)


class _Sheet:
    """One page in one language, with what is wrong on it."""

    def __init__(
        self, compiled: CompiledForm, page: CompiledPage, language: str, errors: Sequence[FieldError]
    ) -> None:
        self.page, self.language, self.templates = page, language, compiled.templates
        self.heading = page.asks_one
        self.wrong: dict[str, list[tuple[str, str]]] = {}
        for error in errors:
            self.wrong.setdefault(error.field_key, []).append((error.part, error.sentence))

    def field(self, asked: CompiledField, required: bool, raw: Raw) -> str:
        """The HTML of one question; without errors its template is kept for the next time."""
        variant = asked.question.variant(raw)
        if asked.key in self.wrong or (variant and asked.question.varies_freely):
            return self._template(asked, required, variant).fill(raw)
        kept = (asked.key, self.language, required, variant)
        template = self.templates.get(kept)
        if template is None:
            template = self.templates[kept] = self._template(asked, required, variant)
        return template.fill(raw)

    def _template(self, asked: CompiledField, required: bool, variant: str) -> Template:
        field = asked.field
        face = Face(
            key=field.key,
            label=field.label.in_(self.language),
            hint=field.hint.in_(self.language) if field.hint else "",
            language=self.language,
            optional=not required and asked.question.has_answer,
            heading=self.heading,
            variant=variant,
            errors=self.wrong.get(field.key, ()),
        )
        return Template(asked.question.markup(face))


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
