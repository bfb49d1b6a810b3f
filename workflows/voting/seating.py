"""Who gets a seat when the votes of a level are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from engine.departments.managers import manager_of
from engine.departments.models import User
from workflows.roles import may_do, people_in_role
from workflows.voting.counting import Ballot
from workflows.voting.definition import Level, Voter


@dataclass(frozen=True)
class Place:
    """One seat: what its holder must be, how much the vote counts, and who has it already.

    `absent` says that somebody certain was meant who cannot vote, so that anybody of the role may.
    """

    role: str
    weight: int = 1
    veto: bool = False
    person: User | None = None
    absent: bool = False


def places_of(case: Any, level: Level, role: str, barred: Collection[int]) -> list[Place]:
    """The seats of a level; nobody has two, and who is barred has none.

    Each reads what the department says at this moment; with too few people seats stay open, so that the
    votes can still be enough.
    """
    taken: set[int] = set(barred)
    found: list[Place] = []
    for voter in level.who or [Voter()]:
        found += _of(case, voter, voter.role or role, taken)
    while not level.rule.enough(_ballots(found), _ballots(found)):
        found.append(Place(_first_role(level, role)))
    return found or [Place(_first_role(level, role))]


def _of(case: Any, voter: Voter, role: str, taken: set[int]) -> Iterator[Place]:
    if voter.by_name:
        person = _named(case, voter)
        able = person is not None and person.pk not in taken and may_do(person, role, case.department_id)
        if able and person is not None:
            taken.add(person.pk)
        yield Place(role, voter.weight, voter.veto, person if able else None, absent=not able)
    elif voter.seats == "everyone":
        people = [each for each in people_in_role(role, case.department) if each.pk not in taken]
        taken.update(each.pk for each in people)
        places = [Place(role, voter.weight, voter.veto, person) for person in people]
        yield from places or [Place(role, voter.weight, voter.veto, absent=True)]
    else:
        yield from [Place(role, voter.weight, voter.veto)] * voter.seats


def _named(case: Any, voter: Voter) -> User | None:
    if voter.person is not None:
        return User.objects.filter(email=voter.person, is_active=True).first()
    return manager_of(case.applicant, case.department_id)


def _ballots(places: list[Place]) -> list[Ballot]:
    return [Ballot(place.weight, place.veto) for place in places]


def _first_role(level: Level, role: str) -> str:
    return next((voter.role for voter in level.who if voter.role), role)
