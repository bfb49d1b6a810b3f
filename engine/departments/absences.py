"""Who stands in for whom at this moment: deputies of people who are away, and their deputies in turn.

A deputy may do the work of the person; who is away leaves that to their own deputy, and so on, at most three
times in all. Lists ask for it within their own statement (`standing_in`), so it costs them none.
"""

# ruff: noqa: S608 - only names of our own tables and numbers of our own are put into SQL here

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from engine.departments.models import Absence, Department, User

MOST_HOPS = 3
_TABLE = Absence._meta.db_table
_STANDING_IN = (
    "WITH RECURSIVE away AS ("
    f"SELECT department_id, person_id, 1 AS hops FROM {_TABLE} "
    "WHERE deputy_id=%s AND starts_at<=%s AND ends_at>%s "
    f"UNION SELECT a.department_id, a.person_id, w.hops+1 FROM {_TABLE} a "
    "JOIN away w ON w.person_id=a.deputy_id AND w.department_id=a.department_id "
    f"WHERE a.starts_at<=%s AND a.ends_at>%s AND w.hops<{MOST_HOPS}) "
    "SELECT department_id, person_id FROM away"
)


class DeputiesRefused(ValueError):
    """The absence overlaps another ("overlap"), or its deputies lead in a "circle" or too "far"."""


def standing_in(deputy_id: int) -> tuple[str, list[Any]]:
    """A SELECT of the departments and people for whom somebody stands in now, with its values."""
    now = timezone.now()
    return _STANDING_IN, [deputy_id, now, now, now, now]


def stands_in_for(deputy: User, person_id: int, department_id: int) -> bool:
    """Whether somebody may do the work of a person in a department at this moment."""
    sql, values = standing_in(deputy.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM ({sql}) s WHERE department_id=%s AND person_id=%s)",
            [*values, department_id, person_id],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def absences_in(departments: Iterable[int]) -> QuerySet[Absence]:
    """What is announced and not over yet, the next first."""
    found = Absence.objects.filter(department__in=departments, ends_at__gt=timezone.now())
    return found.select_related("person", "deputy", "department").order_by("starts_at", "pk")


def away_now(department: Department) -> set[int]:
    """The keys of who is away in a department at this moment."""
    now = timezone.now()
    found = Absence.objects.filter(department=department, starts_at__lte=now, ends_at__gt=now)
    return set(found.values_list("person_id", flat=True))


def refuse_deputies(absence: Absence) -> None:
    """Refuse what overlaps another absence of the person, or leads over deputies in a circle or too far."""
    others = list(_overlapping(absence.department_id, absence.starts_at, absence.ends_at))
    if any(other.person_id == absence.person_id for other in others):
        raise DeputiesRefused("overlap")
    down = {(other.person_id, other.deputy_id) for other in others}
    if absence.person_id in _reached(absence.deputy_id, down):
        raise DeputiesRefused("circle")
    up = {(deputy, person) for person, deputy in down}
    if _longest(absence.deputy_id, down) + 1 + _longest(absence.person_id, up) > MOST_HOPS:
        raise DeputiesRefused("far")


def _overlapping(department_id: int, starts_at: datetime, ends_at: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(department_id=department_id, starts_at__lt=ends_at, ends_at__gt=starts_at)


def _reached(start: int, ways: set[tuple[int, int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        new = {to for begin, to in ways if begin == at} - found
        found |= new
        waiting += new
    return found


def _longest(start: int, ways: set[tuple[int, int]]) -> int:
    """How many deputies follow one another at most; counted no further than is allowed, so circles end."""
    at, hops = {start}, 0
    while hops <= MOST_HOPS:
        at = {to for begin, to in ways if begin in at}
        if not at:
            break
        hops += 1
    return hops
