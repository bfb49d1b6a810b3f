"""Who gets a seat."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.departments.managers import put_manager
from engine.departments.models import Department, User
from engine.departments.roles import Role
from workflows.voting.definition import Count, Level, Voter
from workflows.voting.seating import places_of

pytestmark = pytest.mark.django_db


class CaseOf:
    """As much of a case as seating reads."""

    def __init__(self, department: Department, applicant: User) -> None:
        self.department, self.department_id, self.applicant = department, department.pk, applicant


@pytest.fixture
def case(licensing: Department, clerk: User) -> Any:
    """A clerk has asked for something."""
    return CaseOf(licensing, clerk)


def test_a_person_has_one_seat_however_often_they_are_meant(
    case: Any, supervisor: User, second_supervisor: User
) -> None:
    named = Voter(person=supervisor.email)
    places = places_of(case, Level(who=[named, Voter(seats="everyone"), named]), "supervisor", [])
    assert [place.person for place in places] == [supervisor, second_supervisor, None]
    assert [place.absent for place in places] == [False, False, True]


def test_too_few_people_leave_seats_open_instead_of_lowering_the_bar(case: Any, supervisor: User) -> None:
    rule = Count(type="n_of_m", needed=3)
    places = places_of(case, Level(who=[Voter(seats="everyone", veto=True)], rule=rule), "supervisor", [])
    assert [place.person for place in places] == [supervisor, None, None]
    assert places[0].veto


def test_where_everybody_is_barred_the_seat_stays_open_with_its_veto(case: Any, supervisor: User) -> None:
    (place,) = places_of(case, Level(who=[Voter(seats="everyone", veto=True)]), "supervisor", [supervisor.pk])
    assert (place.person, place.veto, place.absent) == (None, True, True)


def test_the_manager_needs_the_role_that_the_vote_asks_for(
    case: Any, clerk: User, second_clerk: User, licensing: Department
) -> None:
    put_manager(clerk, second_clerk, licensing)
    as_clerk = Level(who=[Voter(manager_of="applicant", role="clerk")])
    assert places_of(case, as_clerk, "supervisor", [])[0].person == second_clerk
    as_supervisor = Level(who=[Voter(manager_of="applicant")])
    assert places_of(case, as_supervisor, "supervisor", [])[0].person is None


def test_nobody_of_another_department_is_seated(
    case: Any, foreign_clerk: User, person: Callable[..., User], registry: Department
) -> None:
    person("Far Away", Role.SUPERVISOR, registry)
    level = Level(who=[Voter(seats="everyone"), Voter(person=foreign_clerk.email, role="clerk")])
    assert [place.person for place in places_of(case, level, "supervisor", [])] == [None, None]
