"""Taking the last decision back, as long as nothing has followed from it that cannot be taken back.

Steps that only find the way (a condition, a split) leave nothing behind; what writes, sends or issues does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from viewflow.workflow import STATUS

from workflows.advancing import CLOSED, advance, cancel_items
from workflows.course_refusals import CourseRefused
from workflows.models import WorkItem, WorkKind
from workflows.models.cases import OUTCOME
from workflows.refusals import Barred
from workflows.roles import may_do_any
from workflows.states import being_checked

UNDO_WITHIN = timedelta(minutes=10)  # who ended a step may take it back for so long
UNDONE = "undone"  # in the data of an item: its decision was taken back
WAITING = (WorkKind.PERSON, WorkKind.APPLICANT, WorkKind.EVENT)


def last_decided(items: Iterable[Any]) -> Any:
    """The step that a person ended last; None where nobody has."""
    decided = [item for item in items if item.kind == WorkKind.PERSON and item.status == STATUS.DONE]
    return max(decided, key=lambda item: (item.finished, item.pk), default=None)


def refuse_undo(case: Any, items: Sequence[Any], decided: Any, language: str) -> list[Any]:
    """Refuse what cannot be taken back; gives the open items that came of the decision."""
    if case.finished is not None:
        raise CourseRefused("ended")
    if decided is None:
        raise CourseRefused("nothing_done")
    if decided.flow_task.flow_class is not case.flow_class:
        raise CourseRefused("other_version")
    if decided.flow_task.task_type == "VOTES":
        raise CourseRefused("vote")
    followers = _followers(items, decided)
    for item in followers:
        _refuse_follower(item, language)
    return [item for item in followers if item.status not in CLOSED]


def undo(case: Any, decided: Any, followers: Sequence[Any]) -> Any:
    """Bring a case that is locked back to the step before the decision; gives the new work item."""
    cancel_items(case, followers)
    decided.process = case
    before = decided.flow_task.activation_class(decided)
    _forget(case, decided)
    again = decided.flow_task._create(before, decided.token)
    advance([again])
    _give_back(again, decided.owner)
    being_checked(case)
    return again.task


def _followers(items: Sequence[Any], decided: Any) -> list[Any]:
    """The items that came of the end of an item, near ones first; not those that its lateness had begun."""
    items = [item for item in items if item.created >= decided.finished]
    found: list[Any] = []
    frontier = {decided.pk}
    links = _links(items)
    known = {item.pk: item for item in items}
    while frontier:
        following = {key for key, before in links if before in frontier} - {item.pk for item in found}
        found += [known[key] for key in sorted(following) if key in known]
        frontier = following
    return found


def _links(items: Sequence[Any]) -> list[tuple[int, int]]:
    """Which item came of which."""
    field = WorkItem._meta.get_field("previous")
    through: Any = WorkItem.previous.through
    here, there = field.m2m_column_name(), field.m2m_reverse_name()
    rows = through.objects.filter(**{f"{here}__in": [item.pk for item in items]})
    return list(rows.values_list(here, there))


def _refuse_follower(item: Any, language: str) -> None:
    step = item.flow_task
    title = step.options.title.in_(language) or item.node_key
    if item.status == STATUS.STARTED and item.lease_until is not None:
        raise CourseRefused("running", title)
    if item.status in (STATUS.CANCELED, STATUS.REVIVED) or (item.kind in WAITING and item.finished is None):
        return
    if item.status == STATUS.SCHEDULED and item.attempts == 0:
        return
    if not step.node_type.undoable:
        raise CourseRefused("went_on", title)


def _forget(case: Any, decided: Any) -> None:
    """The case knows what it knew before: the record of an earlier visit of the step, or none."""
    key, work = decided.node_key, case.data.setdefault("work", {})
    earlier = WorkItem.objects.filter(process=case, node_key=key, status=STATUS.DONE).exclude(pk=decided.pk)
    before = earlier.order_by("finished", "pk").last()
    work.pop(key, None)
    if before is not None:
        work[key] = {**before.data.get("answers", {}), OUTCOME: before.outcome}
    others = set(earlier.values_list("owner_id", flat=True))
    done_by = case.data.get("done_by", {})
    gone = {decided.owner_id, decided.data.get("instead_of")} - others
    done_by[key] = [person for person in done_by.get(key, []) if person not in gone]
    case.data.pop("correction", None)
    case.save(update_fields=["data"])
    case.data_changed()
    decided.data = {**decided.data, UNDONE: True}
    decided.status = STATUS.CANCELED
    decided.save(update_fields=["data", "status"])


def _give_back(again: Any, owner: Any) -> None:
    """To who had it, if they may still do it."""
    if (
        owner is None
        or not owner.is_active
        or not may_do_any(owner, again.task.roles, again.task.department_id)
    ):
        return
    try:
        again.hand_over(owner)
    except Barred:
        return
