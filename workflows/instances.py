"""One step for each item of a list: which items there are, and which one a work item is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.rules import Group, Kind, Rows
from workflows.models import WorkItem

EACH = "each"  # where rules find the item that a path is about, by the step that goes through its list
POSITION = "position"  # of the item in its list, counted from 1
VALUE = "value"  # of an item that is a choice and not a row


def kind_at(roots: Mapping[str, Group], path: str) -> Kind | None:
    """What stands at answers.people or work.check.faults; None where there is nothing."""
    root, *keys = path.split(".")
    found: Kind | None = roots.get(root)
    for key in keys:
        found = found.fields.get(key) if isinstance(found, Group) else None
    return found


def item_kind(kind: Kind | None) -> Group | None:
    """What rules read of one item of a list; None for what is no list."""
    if isinstance(kind, Rows):
        return Group({POSITION: "integer", **kind.fields})
    return Group({POSITION: "integer", VALUE: "text"}) if kind == "choices" else None


def list_at(case: Any, path: str) -> list[Any]:
    """The list as it is now; empty where nothing was answered."""
    root, *keys = path.split(".")
    found: Any = case.answers if root == "answers" else case.work
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, list) else []


def as_item(value: Any, index: int) -> dict[str, Any]:
    """One item as rules read it."""
    fields = value if isinstance(value, Mapping) else {VALUE: value}
    return {POSITION: index + 1, **fields}


@dataclass(frozen=True)
class Instance:
    """The item that a work item is about: of which step, which of how many, and where in its list."""

    step: Any
    number: int
    of: int
    index: int

    def item(self, case: Any) -> dict[str, Any]:
        """The item as it stands in the list now."""
        found = list_at(case, self.step.options.over)
        return as_item(found[self.index] if self.index < len(found) else {}, self.index)


def instances_of(case: Any, token: Any) -> Iterator[Instance]:
    """The items that a path is about, the outermost first: a list can be gone through inside another."""
    numbers: dict[int, int] = {}
    for part in str(token).split("/")[1:]:
        key, _, number = part.partition("_")
        if key.isdigit() and number.isdigit():
            numbers[int(key)] = int(number)
    if not numbers:
        return
    owners = WorkItem.objects.filter(pk__in=numbers, flow_task_type="OWNER").order_by("pk")
    for key, node_key, data in owners.values_list("pk", "node_key", "data"):
        places = data.get("places") or ()
        if numbers[key] <= len(places):
            step = case.flow_class.step(node_key)
            yield Instance(step, numbers[key], len(places), places[numbers[key] - 1])


def each_of(case: Any, item: Any) -> dict[str, Any]:
    """What rules read under `each` for a work item."""
    return {instance.step.node_key: instance.item(case) for instance in instances_of(case, item.token)}
