"""Which finished steps of a case are to be undone, and in which order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from viewflow.workflow import STATUS

from workflows.catchers import catcher_of
from workflows.models import WorkItem

KIND = "compensation"
UNDONE = "undone_by"  # in the data of a work item: which one undid it


def undoing_of(step: Any) -> Any:
    """The first step of the path that undoes a step; None where nothing does."""
    return catcher_of(step, KIND, "")


def to_undo(case: Any, only: Collection[str]) -> WorkItem | None:
    """The visit that was finished last and can be undone and was not yet; `only` these steps, if any."""
    keys = [step.node_key for step in case.flow_class.steps() if undoing_of(step) is not None]
    wanted = [key for key in keys if not only or key in only]
    done = WorkItem.objects.filter(process=case, node_key__in=wanted, status=STATUS.DONE)
    found: WorkItem | None = done.exclude(data__has_key=UNDONE).order_by("-finished", "-pk").first()
    return found
