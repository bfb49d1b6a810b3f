"""Giving a step to one person as soon as it is reached, where its department has written it so.

It is done at the end of the transaction, one at a time in each department, so that of two steps reached in
the same moment each is counted for the other. Who is away is passed over. A step for the manager or for named
people who are all away is theirs all the same, and their deputies see it.
"""

# ruff: noqa: S608 - only names of our own tables and conditions of our own are put into SQL here

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

from django.db import connection
from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.rehearsal import rehearsal
from engine.departments.absences import away_now
from engine.departments.managers import manager_of
from engine.departments.models import User
from workflows.models import HandingTurn, WorkItem
from workflows.recording import recorded
from workflows.refusals import Barred
from workflows.roles import may_do_any, people_who_may_do
from workflows.unit import current, unit

HandTo = Literal["queue", "least_busy", "named", "manager"]
QUEUE: HandTo = "queue"
_ONE_AT_A_TIME = 5_310_025  # the first half of the key of the lock; the department is the second
_ITEM, _TURN = WorkItem._meta.db_table, HandingTurn._meta.db_table
_RANKED = f"""
SELECT person.id FROM unnest(%s::bigint[]) AS person(id)
LEFT JOIN {_TURN} turn ON turn.person_id = person.id AND turn.department_id = %s
ORDER BY (
  SELECT count(*) FROM {_ITEM} i WHERE i.owner_id = person.id AND i.department_id = %s
  AND i.kind = 'person' AND i.status IN ('NEW', 'ASSIGNED')
), turn.at NULLS FIRST, person.id
"""


def hand_out(activation: Any) -> None:
    """Give the step to a person at the end of this transaction; a trial leaves it to whoever plays it."""
    if activation.flow_task.options.hand_to == QUEUE or rehearsal():
        return
    with unit() as open_unit:
        open_unit.at_end(("hand out", activation.task.pk), partial(_give, activation))


def _give(activation: Any) -> None:
    """To the first who may do it; if nobody may, it waits in the queue for anybody of the role."""
    task = activation.task
    if task.status != STATUS.NEW or task.owner_id is not None:
        return
    people = _candidates(activation)
    if not people:
        return
    _one_at_a_time(task.department_id)
    for person in _ranked(people, task.department_id):
        try:
            activation.refuse_same_person(person)
        except Barred:
            continue
        activation.hand_over(person)
        recorded("work.assigned", task, None, to=person.pk)
        turn = {"department_id": task.department_id, "person_id": person.pk}
        HandingTurn.objects.update_or_create(**turn, defaults={"at": now()})
        return


def _candidates(activation: Any) -> list[User]:
    """Who may get the step, as far as the department says it at this moment."""
    task, case, options = activation.task, activation.process, activation.flow_task.options
    if options.hand_to == "manager":
        leader = manager_of(case.applicant, task.department_id)
        found = [leader] if leader is not None else []
    elif options.hand_to == "named":
        found = list(User.objects.filter(email__in=options.hand_to_people, is_active=True))
    else:
        found = people_who_may_do(task.roles, case.department)
    able = [person for person in found if may_do_any(person, task.roles, task.department_id)]
    away = away_now(case.department)
    here = [person for person in able if person.pk not in away]
    return here or (able if options.hand_to != "least_busy" else [])


def _one_at_a_time(department_id: int) -> None:
    """Wait for whoever hands out in this department, and see what they have given."""
    open_unit = current()
    if open_unit is not None:
        open_unit.flush()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, department_id])


def _ranked(people: Sequence[User], department_id: int) -> list[User]:
    """The one with the fewest open items first; of several, whose last turn is the longest ago."""
    known = {person.pk: person for person in people}
    with connection.cursor() as cursor:
        cursor.execute(_RANKED, [list(known), department_id, department_id])
        return [known[row[0]] for row in cursor.fetchall()]
