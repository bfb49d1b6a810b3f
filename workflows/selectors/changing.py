"""Which answers of a case staff can put right, and what a change would make of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from forms_library.bound import CompiledForm
from forms_library.review import ReviewRow, review
from forms_library.visibility import Moment, shown
from workflows.clock import calendar_of
from workflows.models import Case
from workflows.selectors.versions import version_of

PUBLIC = "public"


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer: what it says now, and what it would say."""

    key: str
    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it would say something else."""
        return self.before != self.after


def changeable_fields(case: Case, language: str) -> list[tuple[str, str]]:
    """The questions of the application that are asked in this case, key and label.

    Not those that are worked out, and not those that hold files.
    """
    form, calendar = version_of(case.version_id).start_form, calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    view = shown(form, case.answers, Moment(today, calendar))
    return [
        (asked.key, asked.field.label.in_(language))
        for asked in form.questions()
        if asked.key in view.fields
        and not asked.question.computed
        and not any(each.question.takes_files for each in asked.everything())
    ]


def is_public(form: CompiledForm, key: str) -> bool:
    """Whether everything that the answer to a question says is public."""
    asked = form.fields.get(key)
    return asked is not None and all(each.field.data_class == PUBLIC for each in asked.everything())


def changed_answers(
    case: Case,
    given: Mapping[str, Any],
    language: str,
    *,
    hide: Collection[str] = (),
    reveal: Collection[str] = (),
) -> list[ChangedAnswer]:
    """What these answers would make of the case, question by question as it asks them."""
    old = case.answers
    was, will = (_rows(case, answers, language, hide, reveal) for answers in (old, {**old, **given}))
    return [
        ChangedAnswer(key, row.label, _text(was.get(key)), _text(will.get(key)))
        for key, row in {**was, **will}.items()
        if key in given
    ]


def _rows(
    case: Case, answers: Mapping[str, Any], language: str, hide: Collection[str], reveal: Collection[str]
) -> dict[str, ReviewRow]:
    form, calendar = version_of(case.version_id).start_form, calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    sections = review(form, answers, language, today, hide=hide, reveal=reveal, calendar=calendar)
    return {row.field_key: row for section in sections for row in section.rows}


def _text(row: ReviewRow | None) -> str:
    return "" if row is None else row.value_text
