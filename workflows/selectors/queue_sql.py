"""The SQL of the queue: the first rows of each department by its own index, then the first of those.

One `ORDER BY` over several departments cannot use the index on (department, due, id) and sorts all that is
open; a LATERAL per department reads no more than one page of each. Undated rows come last: they are an arm of
their own, so that the place of a row stays one comparison with the index.
"""

# ruff: noqa: S608 - only names of our own tables and conditions of our own are put into SQL here

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.departments.absences import standing_in
from engine.departments.models import User
from workflows.models import Case, CaseFlag, WorkItem
from workflows.selectors.queue_filters import Due, Place, QueueFilters, Slice, View

ITEM, CASE = WorkItem._meta.db_table, Case._meta.db_table
PERSON, FLAG = User._meta.db_table, CaseFlag._meta.db_table
COUNT_LIMIT = 1000
COLUMNS = (
    *("id", "kind", "role", "other_roles", "node_key", "due_at", "paused_at"),
    *("owner_id", "service_id", "department_id"),
    *("reference", "summary", "version_id", "submitted_at"),
    *("applicant_name", "applicant_email", "owner_name", "owner_email", "flags", "part"),
)
ROWS = (
    "SELECT i.id, i.kind, i.role, i.other_roles, i.node_key, i.due_at, i.paused_at, i.owner_id, "
    "i.service_id, i.department_id, c.reference, COALESCE(c.summaries->>%s, c.summary), "
    "c.version_id, c.submitted_at, "
    "a.name, a.email, o.name, o.email, "
    f"ARRAY(SELECT f.key FROM {FLAG} f WHERE f.case_id=c.id ORDER BY f.at, f.id), i.data->>'item' "
    f"FROM {ITEM} i JOIN {CASE} c ON c.id=i.process_id JOIN {PERSON} a ON a.id=c.applicant_id "
    f"LEFT JOIN {PERSON} o ON o.id=i.owner_id WHERE i.id=ANY(%s)"
)
OPEN = "i.kind='person' AND i.status IN ('NEW','ASSIGNED')"
WAITING = "i.kind='applicant' AND i.status IN ('NEW','ASSIGNED')"
DAY = timedelta(days=1)


@dataclass
class Conditions:
    """Conditions on the work item `i`, each with its values."""

    texts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, text: str, *values: Any) -> None:
        """One more condition that must hold."""
        self.texts.append(text)
        self.values += values

    def with_(self, text: str, *values: Any) -> "Conditions":
        """A copy with one more condition."""
        return Conditions([*self.texts, text], [*self.values, *values])

    def __str__(self) -> str:
        return " AND ".join(self.texts)


def conditions_of(
    view: View, filters: QueueFilters, me: int, now: datetime, tomorrow: datetime
) -> Conditions:
    """What a row must fulfil to be in this view with these filters, but for its department."""
    found = Conditions()
    found.add(WAITING if view == "waiting" else OPEN)
    if view == "mine":
        _mine(found, me)
    if view == "late":
        found.add("i.due_at<%s", now)
    if filters.services:
        found.add("i.service_id=ANY(%s)", list(filters.services))
    if filters.steps:
        found.add("i.node_key=ANY(%s)", list(filters.steps))
    _due(found, filters.due, now, tomorrow)
    _assigned(found, filters.assigned, me)
    if filters.flags:
        flagged = f"SELECT case_id FROM {FLAG} WHERE key=ANY(%s)"
        found.add(f"i.process_id IN ({flagged})", list(filters.flags))
    if filters.reference:
        found.add(
            f"i.process_id IN (SELECT id FROM {CASE} WHERE reference LIKE %s)",
            like_prefix(filters.reference),
        )
    return found


def _mine(found: Conditions, me: int) -> None:
    """What I have, and what those have for whom I stand in; the array lets the index of owners be used."""
    away, values = standing_in(me)
    found.add(
        f"i.owner_id=ANY(ARRAY(SELECT %s::bigint UNION ALL SELECT person_id FROM ({away}) a)) "
        f"AND (i.owner_id=%s OR (i.department_id, i.owner_id) IN ({away}))",
        *(me, *values),
        *(me, *values),
    )


def _due(found: Conditions, due: Due, now: datetime, tomorrow: datetime) -> None:
    match due:
        case "late":
            found.add("i.due_at<%s", now)
        case "today":
            found.add("i.due_at>=%s AND i.due_at<%s", now, tomorrow)
        case "week":
            found.add("i.due_at>=%s AND i.due_at<%s", now, tomorrow + 6 * DAY)
        case "none":
            found.add("i.due_at IS NULL")


def _assigned(found: Conditions, assigned: str, me: int) -> None:
    if assigned == "me":
        found.add("i.owner_id=%s", me)
    elif assigned == "nobody":
        found.add("i.owner_id IS NULL")
    elif assigned:
        found.add("i.owner_id=(SELECT id FROM departments_user WHERE public_id::text=%s)", assigned.lower())


def like_prefix(text: str) -> str:
    """A LIKE pattern for what begins with this text."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def page_sql(departments: list[int], wanted: Conditions, part: Slice, *, mine: bool) -> tuple[str, list[Any]]:
    """The keys of one page and one row more, in the order asked for."""
    backwards = part.before is not None
    place = part.before or part.after
    flip = " DESC" if backwards else ""
    order = f"due_at{flip}{' NULLS FIRST' if backwards else ''}, id{flip}"
    texts, values = [], []
    for arm in _arms(wanted, place, backwards):
        text, arm_values = _arm(departments, arm, flip, part.limit + 1, mine=mine)
        texts.append(text)
        values += arm_values
    both = " UNION ALL ".join(texts)
    sql = f"SELECT id, due_at FROM ({both}) arms ORDER BY {order} LIMIT %s"
    return sql, [*values, part.limit + 1]


def _arms(wanted: Conditions, place: Place | None, backwards: bool) -> list[Conditions]:
    sign = "<" if backwards else ">"
    dated, undated = wanted.with_("i.due_at IS NOT NULL"), wanted.with_("i.due_at IS NULL")
    if place is None:
        return [dated, undated]
    if place.due_at is None:
        same = undated.with_(f"i.id{sign}%s", place.item_id)
        return [same, dated] if backwards else [same]
    same = dated.with_(f"(i.due_at,i.id){sign}(%s,%s)", place.due_at, place.item_id)
    return [same] if backwards else [same, undated]


def _arm(
    departments: list[int], wanted: Conditions, flip: str, limit: int, *, mine: bool
) -> tuple[str, list[Any]]:
    columns, order = "i.id, i.due_at", f"i.due_at{flip}, i.id{flip} LIMIT %s"
    if mine:  # one person's items lie together in an index of their own
        sql = f"(SELECT {columns} FROM {ITEM} i WHERE i.department_id=ANY(%s) AND {wanted} ORDER BY {order})"
        return sql, [departments, *wanted.values, limit]
    sql = (
        "(SELECT t.id, t.due_at FROM unnest(%s::bigint[]) d "
        f"CROSS JOIN LATERAL (SELECT {columns} FROM {ITEM} i "
        f"WHERE i.department_id=d AND {wanted} ORDER BY {order}) t)"
    )
    return sql, [departments, *wanted.values, limit]


def count_sql(departments: list[int], each: list[Conditions]) -> tuple[str, list[Any]]:
    """How many rows each of the conditions has, counted no further than the limit."""
    texts, values = [], []
    for wanted in each:
        texts.append(
            f"(SELECT count(*) FROM (SELECT 1 FROM {ITEM} i "
            f"WHERE i.department_id=ANY(%s) AND {wanted} LIMIT %s) n)"
        )
        values += [departments, *wanted.values, COUNT_LIMIT]
    return f"SELECT {', '.join(texts)}", values
