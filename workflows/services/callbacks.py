"""The other side of a service call says how it came out: once, in time, and only for its own case."""

from __future__ import annotations

from typing import Any, Literal

from viewflow.workflow import STATUS

from engine.calls.failures import CallFailed
from workflows.calling import item_of_callback
from workflows.models import WorkItem
from workflows.services.recording import recorded
from workflows.unit import open_item

Result = Literal["taken", "twice", "late", "wrong", "unknown"]


def call_back(*, token: str, data: Any) -> Result:
    """Take what the other side says about its call.

    twice: it said so before, and nothing changes; late: nobody waits any more; wrong: it does not fit what
    the workflow keeps; unknown: not an address of ours.
    """
    item_id = item_of_callback(token)
    if item_id is None:
        return "unknown"
    try:
        with open_item(item_id) as activation:
            return _taken(activation, data)
    except WorkItem.DoesNotExist:
        return "unknown"


def _taken(activation: Any, data: Any) -> Result:
    item, step = activation.task, activation.flow_task
    if item.status == STATUS.DONE:
        return "twice" if item.data.get("called_back") else "late"
    # the answer may still be on its way to our worker: then its own end finds the work done
    if item.status != STATUS.STARTED or getattr(step.options, "callback", None) is None:
        return "late"
    try:
        result = step.called_back(data)
    except CallFailed as failed:
        recorded("call.answered_wrong", item, None, code=failed.code)
        return "wrong"
    activation.finish(result)
    recorded("call.answered", item, None)
    return "taken"
