"""Answers of a case that staff put right: judged as those of the applicant are, kept as a submission."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from engine.departments.models import User
from forms_library.answers import check_whole
from forms_library.visibility import Moment, shown
from workflows.clock import calendar_of
from workflows.duties import note_change
from workflows.models import Case
from workflows.selectors.changing import changeable_fields
from workflows.selectors.versions import version_of
from workflows.services.likeness import note_likeness
from workflows.services.refusals import AnswersRefused, FieldsMissing, NothingChanged
from workflows.services.summaries import summaries_of
from workflows.submissions import changed_fields, record_submission


def judged(case: Case, given: Mapping[str, Any], language: str) -> dict[str, Any]:
    """All answers of the case with these new ones; raises AnswersRefused and NothingChanged.

    What was not asked before and is asked because of them must be answered with them.
    """
    unknown = given.keys() - {key for key, _label in changeable_fields(case, language)}
    if unknown or not given:
        raise FieldsMissing(sorted(unknown))
    form, calendar = version_of(case.version_id).start_form, calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    before = case.answers
    wanted = {key: answer for key, answer in {**before, **given}.items() if answer is not None}
    asked = [shown(form, answers, Moment(today, calendar)).fields for answers in (before, wanted)]
    only = {*given, *(asked[1] - asked[0])}
    whole = check_whole(form, wanted, today, only, language=language, calendar=calendar)
    if whole.errors or whole.faults:
        raise AnswersRefused(whole.errors)
    if not changed_fields(before, whole.answers):
        raise NothingChanged
    return whole.answers


def keep_change(case: Case, answers: Mapping[str, Any], by: User, node_key: str = "") -> list[str]:
    """Take the answers in a case that is locked; those before stay among its submissions."""
    version, changed = version_of(case.version_id), changed_fields(case.answers, answers)
    case.keep_answers(answers)
    note_change(case, by.pk)
    case.summary, case.summaries = summaries_of(version, dict(answers))
    case.save(update_fields=["data", "summary", "summaries"])
    record_submission(case, case.flow_class.form_key, node_key, by, changed)
    note_likeness(case)
    return changed
