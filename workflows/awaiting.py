"""Things that come from outside a case: who waits for them, and telling each of those once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now

from workflows.models import Awaited, AwaitedKind
from workflows.step import OPEN
from workflows.unit import lock_case, open_item, unit

_TABLE = Awaited._meta.db_table


def expect(
    case: Any, node_key: str, kind: AwaitedKind, name: str, *, item: Any = None, key: str = ""
) -> None:
    """The case waits for this from now on, at an item or as long as it is open."""
    row = {
        "case_id": case.pk,
        "work_item_id": item.pk if item is not None else None,
        "department_id": case.department_id,
        "node_key": node_key,
        "kind": kind.value,
        "name": name,
        "key": key,
        "since": now(),
    }
    with unit() as open_unit:
        open_unit.insert(_TABLE, **row)


def forget(item: Any) -> None:
    """Nothing is awaited at this item any more."""
    _delete("work_item_id=%s", [item.pk])


def keep_on(item: Any) -> None:
    """The item waits for the same, at a step that may be called otherwise now."""
    Awaited.objects.filter(work_item=item.pk).update(node_key=item.node_key)


def forget_case(case: Any) -> None:
    """The case waits for nothing any more."""
    _delete("case_id=%s", [case.pk])


def _delete(condition: str, values: list[Any]) -> None:
    sql = f"DELETE FROM {_TABLE} WHERE {condition}"  # noqa: S608 - names of ours
    with unit() as open_unit:
        open_unit.also(_TABLE, sql, values)


def who_waits(
    kind: AwaitedKind, name: str, *, department_id: int, before: datetime, key: str = ""
) -> QuerySet[Awaited]:
    """What waits in a department for a thing that came at a moment; who began to wait later does not."""
    found = Awaited.objects.filter(department_id=department_id, kind=kind, name=name, key=key)
    return found.filter(since__lte=before).order_by("id")


def reach(awaited_id: int, before: datetime, said: dict[str, Any] | None = None) -> bool:
    """Tell one case, in a transaction of its own; False when it waits no more or has heard this already.

    `said` is what the message brings, for the step to keep.
    """
    found = Awaited.objects.filter(pk=awaited_id).values_list("work_item_id", "case_id").first()
    if found is None:
        return False
    item_id, case_id = found
    if item_id is None:
        return _reach_case(awaited_id, case_id, before, said or {})
    with open_item(item_id) as host:
        row = _still(awaited_id, before)
        if row is None or host.status not in OPEN:
            return False
        host.flow_class.step(row.node_key).came(host, said or {})
    return True


def _reach_case(awaited_id: int, case_id: int, before: datetime, said: dict[str, Any]) -> bool:
    with unit():
        case = lock_case(case_id)
        row = _still(awaited_id, before)
        if row is None or case.finished is not None:
            return False
        row.since = now()  # a second delivery of the same thing finds nobody
        row.save(update_fields=["since"])
        case.flow_class.step(row.node_key).came_to_case(case, said)
    return True


def _still(awaited_id: int, before: datetime) -> Awaited | None:
    """The row, read after the lock."""
    return Awaited.objects.filter(pk=awaited_id, since__lte=before).first()
