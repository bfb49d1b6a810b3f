"""Raising an escalation at a step that a case is at."""

from __future__ import annotations

from typing import Any

from workflows.catchers import catcher_of

KIND = "escalation"


def raise_at(host: Any, code: str, source: str) -> bool:
    """Bring an escalation to the edge of a step; False when nobody waits for it there.

    `source` names what raised it: the same source is heard once, however often it is delivered.
    """
    catcher = catcher_of(host.flow_task, KIND, code)
    if catcher is None:
        return False
    heard = list(host.task.data.get("escalated", ()))
    if source not in heard:
        host.task.data = {**host.task.data, "escalated": [*heard, source]}
        host.task.save(update_fields=["data"])
        catcher.leave(host, f"{host.task.pk}_{len(heard)}", {"code": code, "by": source})
    return True
