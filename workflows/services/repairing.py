"""Repairing what cannot go on: a failed step is tried again or skipped, a wrong answer is put right."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from viewflow.workflow import STATUS

from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Case, CaseNote
from workflows.recording import recorded, recorded_case
from workflows.selectors.case_finding import find_case
from workflows.selectors.changing import changed_answers, is_public
from workflows.selectors.repairs import cannot_go_on
from workflows.selectors.versions import version_of
from workflows.services.changing_answers import judged, keep_change
from workflows.services.deciding import cleaned
from workflows.services.refusals import CannotBeSkipped, GoesOn, NotFailed, ReasonMissing
from workflows.services.refused import refusals_noted
from workflows.unit import lock_case, open_item, unit

LONGEST_REASON = 2000
LONGEST_VALUE = 200
MASKED = "••••••"
GOES_ON = "next"  # the way out of a step that has done its work


@refusals_noted
def retry_step(*, item_id: int, by: User) -> None:
    """Begin a failed step anew, with all its attempts; its key for the other side stays the same."""
    with _failed(item_id, by) as activation:
        activation.retry()
        recorded("work.retried", activation.task, by)


@refusals_noted
def skip_step(*, item_id: int, reason: str, by: User) -> None:
    """Go on without a failed step; the work item keeps why."""
    with _failed(item_id, by) as activation:
        words = reason.strip()[:LONGEST_REASON]
        if not words:
            raise ReasonMissing
        if GOES_ON not in activation.flow_task.routes:
            raise CannotBeSkipped
        activation.skip(words)
        activation.activate_next()
        recorded("work.skipped", activation.task, by)


@refusals_noted
def mend_answers(*, reference: str, given: Mapping[str, Any], reason: str, by: User) -> Case:
    """Put answers right of a case that cannot go on; those before stay among its submissions.

    The record holds what public answers said before and say now, and of all others that they were changed.
    """
    found = find_case(by, reference)
    require(by, Permission.ADMINISTER_DEPARTMENT, found.department_id)
    words = cleaned(reason)
    with unit():
        case: Case = lock_case(found.pk)
        if not words:
            raise ReasonMissing
        if not cannot_go_on(case):
            raise GoesOn
        answers = judged(case, given, by.language)
        values = _recorded_values(case, answers)
        changed = keep_change(case, answers, by)
        CaseNote.objects.create(case=case, by=by, text=words, key=uuid.uuid4())
        recorded_case("case.answers_mended", case, by, fields=changed, values=values)
    return case


def _recorded_values(case: Case, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each answer said and says, in the language of the case; only public ones in words."""
    form = version_of(case.version_id).start_form
    rows = changed_answers(case, answers, case.language)
    return {
        row.key: [row.before[:LONGEST_VALUE], row.after[:LONGEST_VALUE]]
        if is_public(form, row.key)
        else [MASKED, MASKED]
        for row in rows
        if row.differs
    }


@contextmanager
def _failed(item_id: int, by: User) -> Iterator[Any]:
    """The activation of a failed step, locked, for who administers its department."""
    with open_item(item_id) as activation:
        require(by, Permission.ADMINISTER_DEPARTMENT, activation.task.department_id)
        if not activation.repairable or activation.task.status != STATUS.ERROR:
            raise NotFailed
        yield activation
