"""The queue: what staff have to do, in the departments where they may see cases.

A page costs the same number of statements whatever it holds: the rights (once for each user object), the
departments, the keys of the page, its rows, the counts of the views, and names of flags where some are set.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from engine.departments.access import departments_with
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.clock import calendar_of
from workflows.models import WorkKind
from workflows.roles import may_do_any
from workflows.selectors.due import DueChip, due_chip
from workflows.selectors.flags import Labels, flags_of_departments, labels_of
from workflows.selectors.queue_filters import VIEWS, Place, QueueFilters, Slice, View
from workflows.selectors.queue_sql import COLUMNS, COUNT_LIMIT, ROWS, conditions_of, count_sql, page_sql
from workflows.selectors.rights import may_read_personal_data
from workflows.selectors.steps import Step, step_of


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue."""

    item_id: int
    reference: str
    applicant: str
    summary: str
    step: Step
    service_id: int
    department_id: int
    due: DueChip
    age_days: int
    assigned_to: str
    assigned_to_me: bool
    standing_in: bool  # it is with somebody who is away, and the reader stands in
    may_take: bool
    flags: list[str]
    place: Place
    part: str = ""  # which item of a list it is about: "2/3"


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; the places are None where the list ends."""

    rows: list[QueueRow]
    counts: dict[View, int]
    next_place: Place | None
    previous_place: Place | None
    departments: list[Department]

    @property
    def most(self) -> int:
        """Counts stop here: "999+"."""
        return COUNT_LIMIT - 1


def queue(
    user: User,
    *,
    view: View = "team",
    filters: QueueFilters | None = None,
    after: Place | None = None,
    before: Place | None = None,
    limit: int = 25,
    language: str = "en",
) -> QueuePage:
    """One page of a view; people without a department where they may see cases get an empty one."""
    chosen = filters or QueueFilters()
    departments = departments_of_queue(user, chosen)
    ids = [department.pk for department in departments]
    if not ids:
        return QueuePage([], dict.fromkeys(VIEWS, 0), None, None, [])
    part = Slice(after, before, max(1, min(limit, 100)))
    keys, more = page_keys(user, departments, view, chosen, part)
    items = items_in_order(keys, language)
    own_flags = flags_of_departments(ids, language, retired=True) if any(i["flags"] for i in items) else {}
    rows = [_row(user, item, view, own_flags, language) for item in items]
    first, last = (rows[0].place, rows[-1].place) if rows else (None, None)
    backwards = before is not None
    return QueuePage(
        rows,
        counts(user, departments, chosen),
        last if more or backwards else None,
        first if (more if backwards else after is not None) else None,
        departments,
    )


def departments_of_queue(user: User, filters: QueueFilters) -> list[Department]:
    """The departments whose cases the person may see and asked for."""
    ids = departments_with(user, Permission.VIEW_CASE)
    if filters.departments:
        ids &= set(filters.departments)
    return list(Department.objects.filter(pk__in=ids)) if ids else []


def page_keys(
    user: User, departments: list[Department], view: View, filters: QueueFilters, part: Slice
) -> tuple[list[int], bool]:
    """The work items of a page in the order of the list, and whether there are more that way."""
    now, tomorrow = now_and_tomorrow(departments)
    wanted = conditions_of(view, filters, user.pk, now, tomorrow)
    sql, values = page_sql([department.pk for department in departments], wanted, part, mine=view == "mine")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        keys = [row[0] for row in cursor.fetchall()]
    more, keys = len(keys) > part.limit, keys[: part.limit]
    return (keys[::-1] if part.before is not None else keys), more


def counts(user: User, departments: list[Department], filters: QueueFilters) -> dict[View, int]:
    """How many rows each view has with these filters, counted no further than a thousand."""
    now, tomorrow = now_and_tomorrow(departments)
    each = [conditions_of(view, filters, user.pk, now, tomorrow) for view in VIEWS]
    sql, values = count_sql([department.pk for department in departments], each)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchone() or (0,) * len(VIEWS)
    return dict(zip(VIEWS, found, strict=True))


def now_and_tomorrow(departments: Iterable[Department]) -> tuple[datetime, datetime]:
    """This moment, and the next midnight on the clock of the first department."""
    now = timezone.now()
    zone = ZoneInfo(next((department.time_zone for department in departments), "UTC"))
    tomorrow = now.astimezone(zone) + timedelta(days=1)
    return now, tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)


def items_in_order(keys: list[int], language: str) -> list[dict[str, Any]]:
    """The columns of these work items that a list shows, in this order; no answers are read for a list."""
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [language, keys])
        found = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()}
    return [found[key] for key in keys if key in found]


def _row(user: User, item: dict[str, Any], view: View, own_flags: Labels, language: str) -> QueueRow:
    department, owner = item["department_id"], item["owner_id"]
    roles = (item["role"], *item["other_roles"]) if item["role"] else ()
    waits = item["kind"] == WorkKind.APPLICANT
    paused = waits or item["paused_at"] is not None
    named = may_read_personal_data(user, department, roles)
    return QueueRow(
        item_id=item["id"],
        reference=item["reference"],
        applicant=_name(item, "applicant") if named else "",
        summary=item["summary"],
        step=step_of(item["version_id"], item["node_key"], language),
        service_id=item["service_id"],
        department_id=department,
        due=due_chip(item["due_at"], calendar_of(department), paused=paused),
        age_days=max(0, (timezone.now() - item["submitted_at"]).days),
        assigned_to=_name(item, "owner") if owner else "",
        assigned_to_me=owner == user.pk,
        standing_in=view == "mine" and owner != user.pk,
        flags=labels_of(item["version_id"], item["flags"], own_flags, language),
        may_take=not waits and owner is None and may_do_any(user, roles, department),
        place=Place(item["due_at"], item["id"]),
        part=item["part"] or "",
    )


def _name(item: dict[str, Any], person: str) -> str:
    return str(item[f"{person}_name"] or item[f"{person}_email"])
