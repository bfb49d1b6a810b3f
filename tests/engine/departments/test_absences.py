"""Deputies, and their deputies in turn."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from engine.departments.absences import (
    DeputiesRefused,
    absences_in,
    away_now,
    refuse_deputies,
    stands_in_for,
)
from engine.departments.models import Absence, Department, User

pytestmark = pytest.mark.django_db
Away = Callable[..., Absence]
DAY = timedelta(days=1)


@pytest.fixture
def away(licensing: Department) -> Away:
    """Somebody is away from a day on (0: today) for some days."""

    def make(person: User, deputy: User, begin: int = 0, days: int = 3, *, save: bool = True) -> Absence:
        starts_at = timezone.now() + begin * DAY - timedelta(minutes=1)
        absence = Absence(
            department=licensing,
            person=person,
            deputy=deputy,
            starts_at=starts_at,
            ends_at=starts_at + days * DAY,
        )
        if save:
            absence.save()
        return absence

    return make


@pytest.fixture
def five(person: Callable[..., User]) -> list[User]:
    """People in a row."""
    return [person(f"Person {number}") for number in range(5)]


def test_a_deputy_stands_in_only_in_this_time_and_department(
    away: Away, licensing: Department, registry: Department, clerk: User, second_clerk: User
) -> None:
    away(clerk, second_clerk)
    assert stands_in_for(second_clerk, clerk.pk, licensing.pk)
    assert not stands_in_for(second_clerk, clerk.pk, registry.pk)
    assert not stands_in_for(clerk, second_clerk.pk, licensing.pk)
    assert away_now(licensing) == {clerk.pk}


def test_before_and_after_nobody_stands_in(
    away: Away, licensing: Department, clerk: User, second_clerk: User
) -> None:
    away(clerk, second_clerk, begin=-4)
    assert not stands_in_for(second_clerk, clerk.pk, licensing.pk)
    assert not absences_in([licensing.pk])
    away(clerk, second_clerk, begin=2)
    assert not stands_in_for(second_clerk, clerk.pk, licensing.pk)
    assert [found.person for found in absences_in([licensing.pk])] == [clerk]


def test_the_deputy_of_a_deputy_stands_in_too_but_not_for_ever(
    away: Away, licensing: Department, five: list[User]
) -> None:
    for person, deputy in pairwise(five):
        away(person, deputy)
    standing_in = [stands_in_for(each, five[0].pk, licensing.pk) for each in five]
    assert standing_in == [False, True, True, True, False]


def test_who_is_there_does_not_pass_work_on(away: Away, licensing: Department, five: list[User]) -> None:
    away(five[0], five[1])
    away(five[1], five[2], begin=1)  # away tomorrow only
    assert not stands_in_for(five[2], five[0].pk, licensing.pk)


def test_a_circle_that_is_there_all_the_same_ends(
    away: Away, licensing: Department, five: list[User]
) -> None:
    away(five[0], five[1])
    away(five[1], five[0])
    assert stands_in_for(five[1], five[0].pk, licensing.pk)
    assert not stands_in_for(five[2], five[0].pk, licensing.pk)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_of_any_length_is_refused(away: Away, five: list[User], length: int) -> None:
    for number in range(length):
        away(five[number], five[number + 1])
    with pytest.raises(DeputiesRefused, match="circle"):
        refuse_deputies(away(five[length], five[0], save=False))
    refuse_deputies(away(five[length], five[0], begin=5, save=False))  # another week


def test_more_than_three_deputies_in_a_row_are_refused_wherever_the_new_one_stands(
    away: Away, five: list[User]
) -> None:
    away(five[0], five[1])
    away(five[1], five[2])
    away(five[3], five[4])
    with pytest.raises(DeputiesRefused, match="far"):
        refuse_deputies(away(five[2], five[3], save=False))


def test_two_absences_of_one_person_do_not_overlap(away: Away, five: list[User]) -> None:
    away(five[0], five[1])
    with pytest.raises(DeputiesRefused, match="overlap"):
        refuse_deputies(away(five[0], five[2], begin=2, save=False))
    refuse_deputies(away(five[0], five[2], begin=4, save=False))
