"""What has happened in a case, step by step and link by link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from viewflow.workflow.status import STATUS

from workflows.models import Case, WorkItem

State = Literal["done", "open", "failed", "cancelled"]
STATES: dict[str, State] = {
    STATUS.DONE: "done",
    STATUS.CANCELED: "cancelled",
    STATUS.REVIVED: "cancelled",
    STATUS.ERROR: "failed",
}


@dataclass(frozen=True)
class Live:
    """The state of every step that was visited, how often, and the links that were taken."""

    states: dict[str, State] = field(default_factory=dict)
    visits: Counter[str] = field(default_factory=Counter)
    taken: frozenset[tuple[str, str]] = frozenset()


def live_state(case: Case) -> Live:
    """Read the steps of a case; the last visit decides, but an open one goes before all."""
    items = WorkItem.objects.filter(process=case).order_by("created", "id")
    states: dict[str, State] = {}
    visits: Counter[str] = Counter()
    for key, status in items.values_list("node_key", "status"):
        visits[key] += 1
        if states.get(key) != "open":
            states[key] = STATES.get(status, "open")
    links = items.filter(previous__isnull=False).values_list("previous__node_key", "node_key")
    return Live(states, visits, frozenset(links))
