"""One case as staff see it: a door to everything that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.departments.models import User
from engine.documents.models import Document
from workflows.clock import calendar_of
from workflows.models import Case, WorkItem
from workflows.selectors.about import About, about_of
from workflows.selectors.actions import Actions, actions_of, current_item
from workflows.selectors.amendments import AmendmentLine, amendments_of, may_ask
from workflows.selectors.answers import HIDDEN, Answers, answers_of
from workflows.selectors.approvals import Approval, approvals_of
from workflows.selectors.case_finding import find_case
from workflows.selectors.certificates import IssuedCertificate, certificates_of
from workflows.selectors.checks import Check, checks_of
from workflows.selectors.clocks import Clocks, clocks_of, lines_of
from workflows.selectors.due import DueChip, due_chip
from workflows.selectors.flags import Labels, flags_on
from workflows.selectors.likeness import AlikeCase, alike_cases
from workflows.selectors.made_documents import MadeDocument, made_for_staff
from workflows.selectors.merges import Merges, merges_of, was_merged
from workflows.selectors.notes import NoteLine, notes_of
from workflows.selectors.opinions import OutsideOpinion, asked_beside, opinions_of
from workflows.selectors.payments import PaymentOfCase, payments_of
from workflows.selectors.queue_filters import QueueFilters, View
from workflows.selectors.queue_position import Position, position_of
from workflows.selectors.related import RelatedCase, related_cases
from workflows.selectors.rights import may_read_answers
from workflows.selectors.stages import Stage, items_of, staff_stages
from workflows.selectors.timeline import Event, timeline_of
from workflows.words import word


@dataclass(frozen=True)
class DocumentTile:
    """A document of a case: what it is, whether it may be opened, and which question it answers."""

    id: str
    name: str
    label: str
    size: int
    content_type: str
    state: str
    scan_state: str


@dataclass(frozen=True)
class CaseView:
    """All that the page of a case shows."""

    case: Case
    applicant: str
    service_title: str
    version_number: int
    state: str
    due: DueChip
    stages: list[Stage]
    answers: Answers
    documents: list[DocumentTile]
    certificates: list[IssuedCertificate]
    amendments: list[AmendmentLine]
    may_amend: bool
    checks: list[Check]
    approvals: list[Approval]
    made: list[MadeDocument]
    opinions: list[OutsideOpinion]
    payments: list[PaymentOfCase]
    timeline: list[Event]
    notes: list[NoteLine] | None  # None: the reader may not see them
    flags: Labels
    actions: Actions
    position: Position | None
    clocks: Clocks
    related: list[RelatedCase]
    alike: list[AlikeCase]
    merges: Merges | None
    about: list[About]


def case_view(
    user: User,
    reference: str,
    *,
    language: str = "en",
    view: View | None = None,
    filters: QueueFilters | None = None,
) -> CaseView:
    """The page of a case; with a view also its position in that list. Refuses staff of other departments."""
    case = find_case(user, reference)
    items = items_of(case)
    item, lines = current_item(user, items), lines_of(case)
    answers = answers_of(user, case, language)
    documents = list(Document.objects.filter(pk__in=list(answers.documents)))
    certificates = certificates_of(case, language)
    timeline, alike = timeline_of(user, case, items, lines, language), alike_cases(user, case, language)
    return CaseView(
        case=case,
        applicant=case.applicant.get_full_name() if may_read_answers(user, case) else "",
        service_title=case.service.name(language),
        version_number=case.version.number,
        state=word(case.state, language),
        due=_due(case, item),
        stages=staff_stages(case, items, user, language),
        answers=answers,
        documents=_tiles(documents, answers),
        certificates=certificates,
        amendments=amendments_of(user, case) if certificates else [],
        may_amend=may_ask(user, case),
        checks=checks_of(case, documents, language, [each.reference for each in alike]),
        approvals=approvals_of(user, case, items, language),
        payments=payments_of(user, case, items, language),
        made=made_for_staff(case, items),
        opinions=[*_beside(user, case, timeline), *opinions_of(user, case, items, language)],
        timeline=timeline,
        notes=notes_of(user, case),
        flags=flags_on(case, language),
        actions=actions_of(user, case, items, language),
        position=position_of(user, item, view=view, filters=filters) if view and item else None,
        clocks=clocks_of(user, case, items, lines, language, current=item),
        related=related_cases(user, case, language),
        alike=alike,
        merges=merges_of(user, case, language) if was_merged(timeline) else None,
        about=about_of(case, item, language, () if may_read_answers(user, case) else HIDDEN),
    )


def _beside(user: User, case: Case, timeline: Sequence[Event]) -> list[OutsideOpinion]:
    """What was asked beside the workflow; most cases need not be asked for it."""
    asked = any(event.verb == "opinion.asked_beside" for event in timeline)
    return asked_beside(user, case) if asked else []


def _due(case: Case, item: WorkItem | None) -> DueChip:
    calendar = calendar_of(case.department_id)
    if case.finished is not None:
        return due_chip(None, calendar)
    due_at = item.due_at if item is not None and case.paused_at is None else case.due_at
    return due_chip(due_at, calendar, paused=case.paused_at is not None)


def _tiles(documents: Sequence[Any], answers: Answers) -> list[DocumentTile]:
    found = {str(document.pk): document for document in documents}
    return [
        DocumentTile(
            key,
            found[key].name,
            label,
            found[key].size,
            found[key].content_type,
            found[key].state,
            found[key].scan_state,
        )
        for key, label in answers.documents.items()
        if key in found
    ]
