"""Where a case stands in the list that its reader came from: "3 of 9", previous and next."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from engine.departments.models import User
from workflows.models import WorkItem
from workflows.selectors.queue import departments_of_queue, now_and_tomorrow, page_keys
from workflows.selectors.queue_filters import Place, QueueFilters, Slice, View
from workflows.selectors.queue_sql import Conditions, conditions_of, count_sql


@dataclass(frozen=True)
class Position:
    """The place in the list, counted no further than a thousand, and the neighbours by reference."""

    number: int
    total: int
    previous: str
    next: str


def position_of(user: User, item: Any, *, view: View, filters: QueueFilters | None = None) -> Position | None:
    """The position of a work item in a view; None when it is not in it."""
    chosen = filters or QueueFilters()
    departments = departments_of_queue(user, chosen)
    if not departments:
        return None
    now, tomorrow = now_and_tomorrow(departments)
    wanted = conditions_of(view, chosen, user.pk, now, tomorrow)
    place = Place(item.due_at, item.pk)
    here = wanted.with_("i.id=%s", item.pk)
    counted = _counts([department.pk for department in departments], [here, _before(wanted, place), wanted])
    if not counted[0]:
        return None
    previous, _ = page_keys(user, departments, view, chosen, Slice(before=place, limit=1))
    following, _ = page_keys(user, departments, view, chosen, Slice(after=place, limit=1))
    references = dict(
        WorkItem.objects.filter(pk__in=[*previous, *following]).values_list("pk", "process__reference")
    )
    return Position(
        counted[1] + 1,
        counted[2],
        references.get(previous[0], "") if previous else "",
        references.get(following[0], "") if following else "",
    )


def _before(wanted: Conditions, place: Place) -> Conditions:
    if place.due_at is None:
        return wanted.with_("(i.due_at IS NOT NULL OR i.id<%s)", place.item_id)
    return wanted.with_("(i.due_at,i.id)<(%s,%s)", place.due_at, place.item_id)


def _counts(departments: list[int], each: list[Conditions]) -> tuple[int, ...]:
    sql, values = count_sql(departments, each)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[int, ...] = cursor.fetchone() or (0,) * len(each)
    return found
