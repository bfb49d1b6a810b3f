"""What was merged into a case, and two cases side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import now

from engine.departments.models import User
from forms_library.review import ReviewRow, review
from workflows.clock import calendar_of
from workflows.models import Case, CaseMerge, CaseState
from workflows.selectors.answers import HIDDEN, answers_of
from workflows.selectors.notes import NoteLine, notes_of
from workflows.selectors.rights import may_read_answers
from workflows.selectors.timeline import Event
from workflows.selectors.versions import version_of

TELLING = ("case.merged", "case.took_in")


@dataclass(frozen=True)
class ComparedAnswer:
    """One question as two cases answer it; what may not be read is masked, but told apart."""

    label: str
    before: str
    after: str
    differs: bool


@dataclass(frozen=True)
class MergedCase:
    """A case that was merged into another, with what staff still need of it."""

    reference: str
    documents: list[tuple[str, str]]  # key and the question that it answers
    notes: list[NoteLine]


@dataclass(frozen=True)
class Merges:
    """The case into which this one was merged, or those that were merged into it."""

    into: str
    taken_in: list[MergedCase]


def was_merged(events: Iterable[Event]) -> bool:
    """Whether the story of a case tells of a merge, so that most cases need not be asked for it."""
    return any(event.verb in TELLING for event in events)


def merges_of(user: User, case: Case, language: str) -> Merges | None:
    """How a case is merged with others; None for most."""
    rows = CaseMerge.objects.filter(Q(duplicate=case) | Q(kept=case), undone_at=None)
    found = list(rows.select_related("duplicate__department", "kept").order_by("at"))
    if not found:
        return None
    into = next((merge.kept.reference for merge in found if merge.duplicate_id == case.pk), "")
    taken_in = [
        MergedCase(
            merge.duplicate.reference,
            list(answers_of(user, merge.duplicate, language).documents.items()),
            notes_of(user, merge.duplicate) or [],
        )
        for merge in found
        if merge.kept_id == case.pk
    ]
    return Merges(into, taken_in)


def kept_case(case: Case) -> Case | None:
    """The case into which this one was merged, for its applicant if it is theirs too."""
    if case.state != CaseState.MERGED:
        return None
    merge = CaseMerge.objects.select_related("kept").filter(duplicate=case, undone_at=None).first()
    return merge.kept if merge is not None and merge.kept.applicant_id == case.applicant_id else None


def compared_answers(user: User, case: Case, other: Case, language: str) -> list[ComparedAnswer]:
    """The answers of two cases of one service, question by question."""
    one, two = (_rows(user, each, language) for each in (case, other))
    return [
        ComparedAnswer(
            row.label,
            one[key].value_text if key in one else "",
            two[key].value_text if key in two else "",
            case.answers.get(key) != other.answers.get(key),
        )
        for key, row in {**two, **one}.items()
    ]


def _rows(user: User, case: Case, language: str) -> dict[str, ReviewRow]:
    hide = () if may_read_answers(user, case) else HIDDEN
    form, calendar = version_of(case.version_id).start_form, calendar_of(case.department_id)
    today = now().astimezone(calendar.zone).date()
    sections = review(form, case.answers, language, today, hide=hide, calendar=calendar)
    return {row.field_key: row for section in sections for row in section.rows}
