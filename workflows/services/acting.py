"""Acting in a state: staff, the applicant or a system take one of the actions that their roles allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.departments.access import AccessRefused, may
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.acting import Actor, System, acts_as
from workflows.models import WorkItem
from workflows.node_type import Action
from workflows.person import Correction
from workflows.recording import recorded
from workflows.services.claiming import has_it
from workflows.services.deciding import Decision, checked_decision, cleaned, give_time
from workflows.services.refusals import (
    AlreadyDecided,
    NotOpen,
    NotYours,
    OnHold,
    ReasonMissing,
    UnknownOutcome,
)
from workflows.services.refused import refusals_recorded
from workflows.unit import open_item


def act(
    *,
    item_id: int,
    action: str,
    by: Actor,
    reason: str = "",
    answers: Mapping[str, Any] | None = None,
    return_fields: Sequence[str] = (),
    note: str = "",
    days: int | None = None,
) -> WorkItem:
    """Take an action in the state that the work item stands for; the case goes on in the same transaction.

    The item is one stay of the case in the state: whoever comes later, or twice, is told who was first.
    """
    person = by if isinstance(by, User) else None
    system = {"system": by.role} if isinstance(by, System) else {}
    made = Decision(action, cleaned(reason), answers or {}, Correction(return_fields, cleaned(note), days))
    with refusals_recorded(item_id, person, action=action, **system), open_item(item_id) as activation:
        chosen, capacity = _chosen(activation, action, by)
        made = _checked(activation, chosen, made, person if capacity == "staff" else None)
        item = activation.task
        absent = _absent(item, by, capacity)
        more: dict[str, Any] = {**system, **({"instead_of": absent} if absent else {})}
        by_applicant = capacity == "applicant"
        more |= {"as": "applicant"} if by_applicant else {}
        how = {"instead_of": absent, "as_applicant": by_applicant}
        activation.act(person, chosen, made.reason, made.answers, made.correction, **how)
        recorded("work.decided", item, person, outcome=action, fields=list(made.correction.fields), **more)
        if person is not None:
            give_time(activation.process, made.correction.days, person)
    acted: WorkItem = item
    return acted


def _checked(activation: Any, chosen: Action, made: Decision, staff: User | None) -> Decision:
    """Staff say all that the action asks for; the applicant and other systems say why at most."""
    if staff is not None:
        return checked_decision(activation, chosen, made, staff.language)
    if chosen.reason == "required" and not made.reason:
        raise ReasonMissing
    return Decision(made.outcome, made.reason)


def _chosen(activation: Any, key: str, by: Actor) -> tuple[Action, str]:
    """The action, and as what it is taken; refuses in the order in which it gives least away."""
    step, item, case = activation.flow_task, activation.task, activation.process
    _refuse_strangers(step, case, by)
    if not step.node_type.actions(step.options):
        raise NotOpen
    if item.finished is not None:
        raise AlreadyDecided(_name_for(by, item), item.finished)
    chosen: Action | None = step.choices.get(key)
    if chosen is None:
        raise UnknownOutcome
    capacity = acts_as(by, chosen, case, step.who)
    if capacity is None:
        raise AccessRefused(Permission.WORK_CASE, case.department_id)
    if capacity == "staff" and isinstance(by, User):
        if case.held_at is not None:
            raise OnHold
        if item.owner_id is not None and not has_it(by, item):
            raise NotYours
        activation.refuse_same_person(by)
    return chosen, capacity


def _absent(item: Any, by: Actor, capacity: str) -> int | None:
    """Who has the work and is away, where a deputy acts."""
    stands_in = capacity == "staff" and isinstance(by, User) and item.owner_id not in (None, by.pk)
    return item.owner_id if stands_in else None


def _refuse_strangers(step: Any, case: Any, by: Actor) -> None:
    """Whoever has nothing to do with the case is not even told how it stands."""
    if isinstance(by, System):
        known = getattr(step, "who", None) is not None and step.who(by.role) == "system"
    else:
        known = by.pk == case.applicant_id or may(by, Permission.VIEW_CASE, case.department_id)
    if not known:
        raise AccessRefused(Permission.VIEW_CASE, case.department_id)


def _name_for(by: Actor, item: Any) -> str:
    """Who was first; the applicant is not told the names of staff."""
    staff = isinstance(by, User) and by.pk != item.process.applicant_id
    return item.owner.get_full_name() if staff and item.owner_id else ""
