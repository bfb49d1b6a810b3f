"""Another system takes an action in the state of a case: by its role, once for each of its messages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.access import AccessRefused
from engine.departments.models import Department
from engine.departments.permissions import Permission
from workflows.acting import System
from workflows.models import Case, IncomingMessage, WorkItem
from workflows.refusals import WorkRefused
from workflows.services.acting import act

STATE = "STATE"  # how Viewflow's items name the stay of a case in a state
LONGEST_ID = 150


class UnknownCase(WorkRefused):
    """The department has no such case, or none that this system has to do with."""

    sentence = "There is no such case."


@dataclass(frozen=True)
class Wish:
    """What another system wants; `state` is where it believes the case to stand, if it says so."""

    reference: str
    action: str
    state: str = ""
    reason: str = ""


def act_as_system(*, department: Department, role: str, message_id: str, wish: Wish) -> bool:
    """Take the action, in the transaction that keeps the id of the message; False when it came before.

    A refusal is written down and keeps no id: what is sent again is looked at again. Raises UnknownCase, and
    whatever `act` refuses.
    """
    with transaction.atomic():
        message, is_new = IncomingMessage.objects.get_or_create(
            department=department,
            message_id=f"action:{role}:{message_id[:LONGEST_ID]}"[:200],
            defaults={"name": wish.action[:80], "key": wish.reference[:200], "taken_at": timezone.now()}
            | {"came_at": timezone.now()},
        )
        refused = _refusal(department, role, wish) if is_new else None
        if refused is not None:
            message.delete()
    if refused is not None:
        raise refused
    return is_new


def _refusal(department: Department, role: str, wish: Wish) -> WorkRefused | AccessRefused | None:
    """Act; gives why not, which the transaction must outlive."""
    try:
        item_id = _stay(department, wish)
        if item_id is None:
            return _unknown(department, role)
        act(item_id=item_id, action=wish.action, by=System(role), reason=wish.reason)
    except AccessRefused as refused:
        # whoever has nothing to do with a case is not told that there is one
        return UnknownCase() if refused.permission == Permission.VIEW_CASE else refused
    except WorkRefused as refused:
        return refused
    return None


def _stay(department: Department, wish: Wish) -> int | None:
    """The last stay of the case in the state that is meant: the open one, unless it has left it already."""
    case = Case.objects.filter(department=department, reference=wish.reference).first()
    stays = WorkItem.objects.filter(process=case) if case is not None else WorkItem.objects.none()
    named = stays.filter(node_key=wish.state) if wish.state else stays.filter(flow_task_type=STATE)
    # an open one first; of those that have ended the last
    return named.order_by("finished", "pk").reverse().values_list("pk", flat=True).first()


def _unknown(department: Department, role: str) -> UnknownCase:
    audit.record(
        "action.refused",
        chain=audit.department_chain(department.key),
        department_id=department.pk,
        subject=f"department:{department.key}",
        details={"system": role, "why": "UnknownCase"},
    )
    return UnknownCase()
