"""A step that is set on a whole case: it begins beside all that is open there, or in its place."""

from __future__ import annotations

from typing import Any

from viewflow.workflow.token import Token

from workflows.advancing import CLOSED, cancel_items
from workflows.models import WorkItem


def begin_on_case(step: Any, case: Any, name: str, data: dict[str, Any], *, interrupting: bool) -> None:
    """Begin at the step of a locked case; `name` tells paths beside the case apart."""
    origin = WorkItem.objects.filter(process=case).order_by("created", "id").first()
    if origin is None:
        return
    if interrupting:
        cancel_items(case, WorkItem.objects.filter(process=case).exclude(status__in=CLOSED))
    origin.process = case
    token = Token("start") if interrupting else Token(f"beside_{name}")
    mine = step._create(origin.flow_task.activation_class(origin), token)
    mine.task.data = data
    mine.complete()
    mine.activate_next()
