"""The answers of a case under the new version: nothing is lost, and nothing comes to mean something else.

What is safe stands in `forms_library.rebasing`. The answers are judged as on the day on which they were sent,
and only what is worse than in the old version counts: some cases were opened with answers that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.core.rules import Group
from forms_library.answers import Whole, check_whole
from forms_library.compiled import CompiledForm
from forms_library.rebasing import LeftOver, Rebased, rebase
from forms_library.visibility import Moment
from workflows.clock import calendar_of
from workflows.moving.course import Course
from workflows.moving.matching import flow_of
from workflows.moving.reasons import Reason, reason

WHY = {"removed": "removed", "hidden": "hidden", "refused": "again", "kind": "again"}
# notes that leave a case safe
LEFT = "left_in_record"  # the answer stays in what was sent in, and is not used any more
WORKED_OUT = "worked_out"  # a value that the server works out is another one now


@dataclass(frozen=True)
class Carried:
    """The answers as the new version holds them; None where they stay as they are."""

    answers: dict[str, Any] | None = None
    reasons: list[Reason] = field(default_factory=list)


def carry(case: Any, course: Course) -> Carried:
    """The answers of a case in the new version, and what somebody must know of them."""
    told = list(_recorded(case, course))
    if course.same_form:
        return Carried(reasons=told)
    old, new, answers = course.old.start_form, course.new.start_form, case.answers
    moment = _moment(case)
    found = rebase(old, new, answers, {}, list(old.pages), moment=moment, language=case.language)
    before, after = _whole(old, answers, moment, case), _whole(new, found.answers, moment, case)
    reasons = [*_left(found.left, course), *_asked(found, before), *_checks(before, after)]
    reasons += _worked_out(answers, after.answers, course)
    beside = {key: answer for key, answer in answers.items() if key not in old.fields}
    carried = {**beside, **found.answers, **after.answers}
    return Carried(carried if carried != answers else None, [*told, *reasons])


def _moment(case: Any) -> Moment:
    calendar = calendar_of(case.department_id)
    return Moment(case.submitted_at.astimezone(calendar.zone).date(), calendar)


def _whole(form: CompiledForm, answers: dict[str, Any], moment: Moment, case: Any) -> Whole:
    return check_whole(form, answers, moment.today, language=case.language, calendar=moment.calendar)


def _left(left: tuple[LeftOver, ...], course: Course) -> Iterator[Reason]:
    for each in left:
        code = WHY[each.why]
        stays = course.leaves_removed and code == "removed" and each.key not in course.new.start_form.fields
        yield reason(LEFT if stays else code, field=each.key)


def _asked(found: Rebased, before: Whole) -> Iterator[Reason]:
    """Questions that must be answered now; not those that were without an answer all along."""
    lacked = {error.field_key for errors in before.errors.values() for error in errors}
    yield from (reason("asked", field=key) for key in sorted(found.missing - lacked))


def _checks(before: Whole, after: Whole) -> Iterator[Reason]:
    """What else is refused now: a check across answers, an exit, a rule that fails."""
    known = {(error.field_key, error.code) for errors in before.errors.values() for error in errors}
    for page, errors in after.errors.items():
        fresh = [each for each in errors if each.code != "required"]
        if any((each.field_key, each.code) not in known for each in fresh):
            yield reason("checks", page=page)


def _worked_out(answers: dict[str, Any], carried: dict[str, Any], course: Course) -> Iterator[Reason]:
    for asked in course.new.start_form.questions():
        if asked.question.computed and answers.get(asked.key) != carried.get(asked.key):
            yield reason(WORKED_OUT, field=asked.key)


def _recorded(case: Any, course: Course) -> Iterator[Reason]:
    """What was recorded at steps must be of the same kind for the rules of the new version."""
    work = case.data.get("work", {})
    if not work:
        return
    old, new = (flow_of(version).schema.roots["work"] for version in (course.old, course.new))
    for key, recorded in work.items():
        before, after = old.fields.get(key), new.fields.get(course.key(key))
        if not isinstance(before, Group) or not isinstance(after, Group):
            continue
        for name in recorded:
            kinds = before.fields.get(name), after.fields.get(name)
            if None not in kinds and kinds[0] != kinds[1]:
                yield reason("recorded", step=key, name=name)
