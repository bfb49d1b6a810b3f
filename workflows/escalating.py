"""Raising an escalation: at a step, from inside one, and from a case to the one that waits for it."""

from __future__ import annotations

from typing import Any

from engine.messages import outbox
from workflows.handling import caught_by, handler_of, raised_inside
from workflows.step import OPEN
from workflows.unit import open_item, unit

KIND = "escalation"
TOPIC = "workflow.escalated"
BY_STAFF = "staff"  # the code and the source of what a member of staff raises
HEARD = "escalated"  # in the data of a work item: what raised the escalations that were heard there


def was_raised(item: Any) -> bool:
    """Whether staff have raised it before."""
    return BY_STAFF in item.data.get(HEARD, ())


def raise_at(host: Any, code: str, source: str) -> bool:
    """Bring an escalation to a step; False when nobody waits for it there or for the whole case.

    `source` names what raised it: the same source is heard once, however often it is delivered.
    """
    catcher = caught_by(host, KIND, code)
    if catcher is None:
        return False
    heard = list(host.task.data.get(HEARD, ()))
    if source not in heard:
        host.task.data = {**host.task.data, HEARD: [*heard, source]}
        host.task.save(update_fields=["data"])
        catcher.leave(host, f"{host.task.pk}_{len(heard)}", {"code": code, "by": source})
    return True


def raise_from(activation: Any, code: str) -> None:
    """Raise an escalation where a case comes to a step that does so; one that nobody waits for is no fault.

    Around the step, then in the whole case, then, after the commit, in the case that waits for this one.
    """
    case, source = activation.process, f"item:{activation.task.pk}"
    inside = raised_inside(activation, KIND, code)
    if inside is not None:
        raise_at(inside[0], code, source)
        return
    handler = handler_of(case, KIND, code)
    if handler is not None:
        handler.leave(activation, str(activation.task.pk), {"code": code, "by": source})
    elif case.awaited_by_id is not None:
        _ask(case, activation.task.pk, code)


def raise_above(thrown: int, above: int, code: str) -> bool:
    """Bring an escalation to the step of another case that waits for its case, and on if it is not heard.

    One case in one transaction: two would be locked from below, and cancelling locks them from above. Safe to
    repeat.
    """
    with open_item(above) as host:
        if host.status not in OPEN:
            return False
        heard = raise_at(host, code, f"item:{thrown}")
        if not heard and host.process.awaited_by_id is not None:
            _ask(host.process, thrown, code)
    return heard


def _ask(case: Any, thrown: int, code: str) -> None:
    above = case.awaited_by_id
    payload = {"thrown": thrown, "above": above, "code": code}
    row = outbox.row(TOPIC, payload, key=f"escalated:{thrown}:{above}", department_id=case.department_id)
    with unit() as open_unit:
        open_unit.insert(outbox.TABLE, **row)
