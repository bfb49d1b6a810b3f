"""Opinions of people outside: what whoever has the link may see, and what the page of a case tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from django.utils import timezone

from engine.core.text import Text
from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.review import ReviewRow, review
from forms_library.visibility import Moment, shown
from workflows.clock import calendar_of
from workflows.link_keys import hash_of
from workflows.models import Case, Opinion
from workflows.opinion_choices import USUAL, FreeQuestion
from workflows.selectors.rights import may_read_answers
from workflows.selectors.versions import version_of

WhyClosed = Literal["unknown", "given", "taken_back", "late", "held"]
LineState = Literal["waiting", "given", "taken_back", "late"]
NEVER_SHOWN = ("sensitive",)


class LinkClosed(Exception):
    """The link of a letter leads nowhere, or nowhere any more; `why` says which."""

    def __init__(self, why: WhyClosed) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class AskedOutside:
    """What whoever has the link is asked and shown."""

    opinion: Opinion

    @property
    def case(self) -> Case:
        """The case that it is about."""
        found: Case = self.opinion.case
        return found

    @property
    def until(self) -> datetime | None:
        """Until when the opinion can be given; later than that while the clocks stand still."""
        item = self.opinion.work_item
        until: datetime | None = self.opinion.due_at if item is None else item.due_at
        return until

    @cached_property
    def options(self) -> Any:
        """The step as the department wrote it, or what a member of staff asked beside the workflow."""
        item = self.opinion.work_item
        if item is None:
            return FreeQuestion(Text(self.opinion.question), self.opinion.fields)
        return version_of(self.case.version_id).node(item.node_key)

    def rows(self, language: str) -> list[ReviewRow]:
        """The answers that the step shows, in its order, and nothing else."""
        calendar = calendar_of(self.case.department_id)
        today = timezone.now().astimezone(calendar.zone).date()
        form = version_of(self.case.version_id).start_form
        sections = review(form, self.case.answers, language, today, hide=NEVER_SHOWN, calendar=calendar)
        found = {row.field_key: row for section in sections for row in section.rows}
        return [found[key] for key in self.options.fields if key in found]


def asked_by_link(key: str) -> AskedOutside:
    """What the link leads to; raises LinkClosed."""
    related = ("case__service", "case__department", "department", "document", "work_item")
    opinion = Opinion.objects.select_related(*related).filter(key_sha256=hash_of(key)).first()
    if opinion is None:
        raise LinkClosed("unknown")
    refuse_closed(opinion, opinion.work_item)
    return AskedOutside(opinion)


def refuse_closed(opinion: Opinion, item: Any) -> None:
    """Raise LinkClosed where the opinion cannot be given any more, or not now."""
    if opinion.given_at is not None:
        raise LinkClosed("given")
    if _is_over(opinion) if item is None else _has_left(item):
        raise LinkClosed("late")
    if opinion.taken_back_at is not None:
        raise LinkClosed("taken_back")
    if opinion.case.held_at is not None:
        raise LinkClosed("held")


def _has_left(item: Any) -> bool:
    """Whether the step waits no more; its clock may stand still."""
    return item.finished is not None or (item.paused_at is None and _passed(item.due_at))


def _is_over(opinion: Opinion) -> bool:
    """Whether what was asked beside the workflow is of no use any more."""
    return opinion.case.finished is not None or _passed(opinion.due_at)


def _passed(at: datetime | None) -> bool:
    return at is not None and at <= timezone.now()


@dataclass(frozen=True)
class OpinionLine:
    """One person who was asked, as the page of a case tells it."""

    address: str
    asked_at: datetime
    asked_by: str
    state: LineState
    at: datetime | None
    recommendation: str
    text: str
    document_id: str
    document_name: str


@dataclass(frozen=True)
class OutsideOpinion:
    """One step at which somebody outside is asked."""

    item_id: int
    title: str
    question: str
    until: datetime | None
    lines: list[OpinionLine]
    is_open: bool
    may_ask: bool
    opinion_id: int = 0  # of what was asked beside the workflow


def opinions_of(user: User, case: Case, items: Sequence[Any], language: str) -> list[OutsideOpinion]:
    """The opinions of a case, the last step first; what was said only to who may read the answers."""
    asked = {item.pk: item for item in items if item.flow_task_type == "OPINION"}
    if not asked:
        return []
    rows = Opinion.objects.filter(work_item__in=asked).select_related("asked_by", "document")
    by_item: dict[int | None, list[Opinion]] = {}
    for row in rows.order_by("-asked_at", "-pk"):
        by_item.setdefault(row.work_item_id, []).append(row)
    may_work = may(user, Permission.WORK_CASE, case.department_id)
    may_read = may_read_answers(user, case)
    return [
        _step(item, by_item.get(item.pk, []), language, may_work=may_work, may_read=may_read)
        for item in reversed(asked.values())
        if by_item.get(item.pk) or item.finished is None
    ]


def asked_beside(user: User, case: Case) -> list[OutsideOpinion]:
    """What was asked beside the workflow, the last first; what was said only to who may read the answers."""
    rows = Opinion.objects.filter(case=case, work_item=None).select_related("asked_by", "document")
    may_work = may(user, Permission.WORK_CASE, case.department_id)
    may_read, labels = may_read_answers(user, case), {each.key: each.label for each in USUAL}
    found = []
    for row in rows.order_by("-asked_at", "-pk"):
        row.case = case
        said = {key: label.in_(user.language) for key, label in labels.items()}
        line = _line(row, None, said, may_read=may_read)
        open_now = line.state == "waiting"
        until = row.due_at if open_now else None
        question = row.question if may_read else ""
        found.append(OutsideOpinion(0, "", question, until, [line], open_now, open_now and may_work, row.pk))
    return found


def showable_fields(case: Case, language: str) -> list[tuple[str, str]]:
    """The answers and documents that somebody outside may be shown, key and label; never sensitive ones."""
    form, calendar = version_of(case.version_id).start_form, calendar_of(case.department_id)
    today = timezone.now().astimezone(calendar.zone).date()
    view = shown(form, case.answers, Moment(today, calendar))
    return [
        (asked.key, asked.field.label.in_(language))
        for asked in form.questions()
        if asked.key in view.fields
        and not any(each.field.data_class in NEVER_SHOWN for each in asked.everything())
    ]


def _step(
    item: Any, rows: Sequence[Opinion], language: str, *, may_work: bool, may_read: bool
) -> OutsideOpinion:
    options = item.flow_task.options
    labels = {each.key: each.label.in_(language) for each in options.recommendations}
    return OutsideOpinion(
        item_id=item.pk,
        title=options.title.in_(language),
        question=options.question.in_(language),
        until=item.due_at if item.finished is None else None,
        lines=[_line(row, item, labels, may_read=may_read) for row in rows],
        is_open=item.finished is None,
        may_ask=item.finished is None and may_work,
    )


def _line(row: Opinion, item: Any, labels: dict[str, str], *, may_read: bool) -> OpinionLine:
    document = row.document if may_read else None
    return OpinionLine(
        address=row.address,
        asked_at=row.asked_at,
        asked_by=row.asked_by.get_full_name() if row.asked_by is not None else "",
        state=_state(row, item),
        at=row.given_at or row.taken_back_at,
        recommendation=labels.get(row.recommendation, row.recommendation),
        text=row.text if may_read else "",
        document_id=str(document.pk) if document is not None else "",
        document_name=document.name if document is not None else "",
    )


def _state(row: Opinion, item: Any) -> LineState:
    """What became of the question; a link that was open to the end of its time was not taken back."""
    if row.given_at is not None:
        return "given"
    if item is None:
        return "taken_back" if row.taken_back_at else "late" if _is_over(row) else "waiting"
    if row.taken_back_at is None:
        return "waiting"
    ran_out = item.outcome == "timeout" and row.taken_back_at >= item.finished
    return "late" if ran_out else "taken_back"
