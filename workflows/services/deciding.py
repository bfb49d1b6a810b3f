"""Deciding a work item: with a reason where the definition asks for one, with the form of the step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from engine.core.worktime import Span
from engine.departments.models import User
from forms_library.answers import check_whole
from forms_library.visibility import Moment, shown
from workflows.clock import calendar_of, change_time
from workflows.models import WorkItem, WorkKind
from workflows.node_type import NodeOptions, Outcome
from workflows.person import Correction
from workflows.recording import recorded
from workflows.selectors.versions import Version, version_of
from workflows.services.claiming import has_it, opened, refuse_finished
from workflows.services.refusals import (
    AnswersRefused,
    FieldsMissing,
    NotYours,
    OnHold,
    ReasonMissing,
    UnknownOutcome,
)
from workflows.services.refused import refusals_noted

LONGEST_NOTE = 4000
MOST_DAYS = 365


@dataclass(frozen=True)
class Decision:
    """What a clerk decided."""

    outcome: str
    reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    correction: Correction = field(default_factory=Correction)


@refusals_noted
def decide(
    *,
    item_id: int,
    by: User,
    outcome: str,
    reason: str = "",
    answers: Mapping[str, Any] | None = None,
    return_fields: Sequence[str] = (),
    note: str = "",
    days: int | None = None,
) -> WorkItem:
    """End a step with one of its outcomes; the case goes on in the same transaction."""
    made = Decision(outcome, cleaned(reason), answers or {}, Correction(return_fields, cleaned(note), days))
    with opened(item_id, by) as activation:
        item = activation.task
        refuse_finished(item)
        if activation.process.held_at is not None:
            raise OnHold
        instead_of = item.owner_id if item.owner_id not in (None, by.pk) else None
        if instead_of is not None and not has_it(by, item):
            raise NotYours
        chosen = activation.flow_task.choices.get(outcome)
        if chosen is None:
            raise UnknownOutcome
        activation.refuse_same_person(by)
        made = checked_decision(activation, chosen, made, by.language)
        fields, more = list(made.correction.fields), activation.in_the_record()
        more |= {"instead_of": instead_of} if instead_of else {}
        recorded("work.decided", item, by, outcome=outcome, fields=fields, **more)
        activation.decide(
            by,
            outcome,
            reason=made.reason,
            answers=made.answers,
            return_fields=made.correction.fields,
            note=made.correction.note,
            days=made.correction.days,
            instead_of=instead_of,
        )
        give_time(activation.process, activation.days_to_answer(made.correction.days), by)
    decided: WorkItem = item
    return decided


def checked_decision(activation: Any, chosen: Outcome, made: Decision, language: str) -> Decision:
    """A decision of staff with what its outcome asks for: a reason, the form of the step, what to correct."""
    version = version_of(activation.process.version_id)
    if asks_applicant(version, chosen):
        correction = _correction(activation.process, version, made.correction)
        return Decision(made.outcome, made.reason or correction.note, {}, correction)
    if chosen.reason == "required" and not made.reason:
        raise ReasonMissing
    if chosen.style == "return":
        return Decision(made.outcome, made.reason)
    answers = _staff_answers(activation, version, made.answers, language)
    return Decision(made.outcome, made.reason, answers)


def asks_applicant(version: Version, chosen: Outcome) -> bool:
    """Whether this outcome leads to the applicant, who must then be told what to correct."""
    following = version.node(chosen.next)
    return following is not None and following.type == "applicant_task"


def _correction(case: Any, version: Version, asked: Correction) -> Correction:
    form, today = version.start_form, timezone.now().date()
    view = shown(form, case.answers, Moment(today, calendar_of(case.department_id)))
    known = [question.key for question in form.questions() if question.key in view.fields]
    unknown = [key for key in asked.fields if key not in known]
    if unknown or not asked.fields or not asked.note:
        raise FieldsMissing(unknown)
    fields = [key for key in known if key in asked.fields]
    days = None if asked.days is None else max(1, min(asked.days, MOST_DAYS))
    return Correction(fields, asked.note, days)


def _staff_answers(
    activation: Any, version: Version, given: Mapping[str, Any], language: str
) -> dict[str, Any]:
    form_key = form_of(activation.flow_task.options)
    if not form_key:
        return {}
    calendar = calendar_of(activation.process.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    whole = check_whole(version.staff_form(form_key), given, today, language=language, calendar=calendar)
    if whole.errors:
        raise AnswersRefused(whole.errors)
    return whole.answers


def form_of(options: NodeOptions) -> str:
    """The form that staff fill in at a step; empty where there is none."""
    return str(getattr(options, "form", None) or "")


def give_time(case: Any, days: int | None, by: User) -> None:
    """The clerk said how long the applicant has."""
    if days is None:
        return
    for item in WorkItem.objects.filter(process=case, kind=WorkKind.APPLICANT, finished=None):
        item.process = case
        change_time(item, Span(working_days=days), by_id=by.pk)


def cleaned(text: str) -> str:
    """What somebody wrote, without signs that nobody can type, and not without end."""
    kept = "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
    return kept.strip()[:LONGEST_NOTE]
