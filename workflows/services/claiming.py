"""Taking work and giving it back: one item, the next one, or for a colleague.

Everything locks the case before the item. `claim_next` takes both with SKIP LOCKED, so it never waits and is
never part of a deadlock.
"""

# ruff: noqa: S608 - only names of our own tables and conditions of our own are put into SQL here

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from engine.departments.absences import stands_in_for
from engine.departments.access import may, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Case, WorkItem, WorkKind
from workflows.recording import recorded
from workflows.roles import require_any, work_of
from workflows.services.refusals import (
    AlreadyDecided,
    AlreadyTaken,
    Barred,
    GivenByName,
    NotOpen,
    NotYours,
)
from workflows.services.refused import refusals_noted
from workflows.unit import open_item, unit

CANDIDATES = 40  # more than the clerks who ask in the same instant
MOST_TRIES = 200
HANDED = "handed"  # in the data of an item: who has had it and handed it on, the first one first
_ITEM, _CASE = WorkItem._meta.db_table, Case._meta.db_table
# names of our own tables only
_NEXT = f"""
WITH first AS MATERIALIZED (
  SELECT t.id, t.due_at
  FROM unnest(%s::bigint[], %s::text[]) AS mine(department, role)
  CROSS JOIN LATERAL (
    (SELECT i.id, i.due_at FROM {_ITEM} i
    WHERE i.department_id = mine.department AND i.role = mine.role AND i.kind = 'person' AND i.status = 'NEW'
      AND i.id <> ALL(%s)
    ORDER BY i.due_at, i.id LIMIT %s)
    UNION ALL
    (SELECT i.id, i.due_at FROM {_ITEM} i
    WHERE i.department_id = mine.department AND i.other_roles <> '{{}}' AND mine.role = ANY(i.other_roles)
      AND i.kind = 'person' AND i.status = 'NEW' AND i.id <> ALL(%s)
    ORDER BY i.due_at, i.id LIMIT %s)
  ) t ORDER BY t.due_at, t.id LIMIT %s
)
SELECT i.id FROM first JOIN {_ITEM} i ON i.id = first.id JOIN {_CASE} c ON c.id = i.process_id
WHERE i.status = 'NEW' AND i.paused_at IS NULL
ORDER BY first.due_at, first.id LIMIT 1 FOR UPDATE OF c, i SKIP LOCKED
"""


@contextmanager
def opened(item_id: int, by: User, *, right: Permission | None = None) -> Iterator[Any]:
    """The activation of a clerk's item, locked; refuses who may not do this step in this department."""
    with open_item(item_id) as activation:
        item = activation.task
        if right is None:
            require_any(by, item.roles, item.department_id)
        else:
            require(by, right, item.department_id)
        if item.kind != WorkKind.PERSON:
            raise NotOpen
        yield activation


@refusals_noted
def claim(*, item_id: int, by: User) -> None:
    """Take an item; taking one's own again changes nothing."""
    with opened(item_id, by) as activation:
        item = activation.task
        refuse_finished(item)
        if item.owner_id == by.pk:
            return
        if item.owner_id is not None:
            raise AlreadyTaken(item.owner.get_full_name())
        activation.claim(by)
        recorded("work.claimed", item, by)


@refusals_noted
def release(*, item_id: int, by: User) -> None:
    """Give an item back to the queue; who may assign work may also release a colleague's."""
    with opened(item_id, by) as activation:
        item = activation.task
        refuse_finished(item)
        if item.owner_id is None:
            return
        if not has_it(by, item) and not may(by, Permission.ASSIGN_CASE, item.department_id):
            raise NotYours
        if item.owner_id == by.pk and item.data.get("named"):
            raise GivenByName
        activation.release()
        recorded("work.released", item, by)


@refusals_noted
def assign(*, item_id: int, to: User, by: User) -> None:
    """Give an item to a colleague who may do it."""
    with opened(item_id, by, right=Permission.ASSIGN_CASE) as activation:
        item = activation.task
        refuse_finished(item)
        require_any(to, item.roles, item.department_id)
        if item.owner_id != to.pk:
            item.data = {key: value for key, value in item.data.items() if key != HANDED}
            activation.hand_over(to)
            item.save(update_fields=["data"])
            recorded("work.assigned", item, by, to=to.pk)


def claim_next(*, by: User, departments: Iterable[int] | None = None) -> WorkItem | None:
    """Take the most urgent item that the person may do, in all or some departments; None if there is none."""
    wanted = None if departments is None else set(departments)
    places = [
        (department, role) for department, role in work_of(by) if wanted is None or department in wanted
    ]
    passed: list[int] = []
    while places and len(passed) < MOST_TRIES:
        with unit():
            item_id = _next_free(places, passed)
            if item_id is None:
                return None
            try:
                return _taken(item_id, by)
            except Barred:  # found out before anything was written
                passed.append(item_id)
    return None


def _next_free(places: list[tuple[int, str]], passed: list[int]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, _asked(places, passed))
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _asked(places: list[tuple[int, str]], passed: list[int]) -> list[Any]:
    """What stands in the places of _NEXT."""
    departments, roles = [place[0] for place in places], [place[1] for place in places]
    limit = CANDIDATES + len(passed)
    return [departments, roles, passed, limit, passed, limit, limit]


def _taken(item_id: int, by: User) -> WorkItem:
    with open_item(item_id) as activation:
        activation.claim(by)
        recorded("work.claimed", activation.task, by)
        item: WorkItem = activation.task
    return item


def has_it(by: User, item: Any) -> bool:
    """Whether the person has taken the item, or stands in for who has."""
    if item.owner_id is None or item.owner_id == by.pk:
        return item.owner_id is not None
    return stands_in_for(by, item.owner_id, item.department_id)


def refuse_finished(item: Any) -> None:
    """Refuse what was decided or is not needed any more."""
    if item.finished is not None:
        raise AlreadyDecided(item.owner.get_full_name() if item.owner_id else "", item.finished)
