"""Steps that are given to one person as soon as they are reached."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.core.rehearsal import rehearsing
from engine.departments.absences import stands_in_for
from engine.departments.managers import put_manager
from engine.departments.models import Absence, Department, User
from engine.departments.roles import Role
from tests.workflows.steps import join, parallel, task
from workflows import services
from workflows.models import Case, WorkItem
from workflows.roles import people_who_may_do

pytestmark = pytest.mark.django_db
Running = Callable[..., Case]


def check(**more: Any) -> dict[str, Any]:
    """The step of a clerk, given to somebody."""
    return {**task("check", done="done"), **more}


def owner_of(case: Case, node_key: str = "check") -> User | None:
    """Who has the step."""
    return WorkItem.objects.select_related("owner").get(process=case, node_key=node_key, finished=None).owner


@pytest.fixture
def three(person: Callable[..., User], licensing: Department, clerk: User, supervisor: User) -> set[User]:
    """Those who may do a clerk's step."""
    third = person("Tarek Third", Role.CLERK, licensing)
    found = set(people_who_may_do(["clerk"], licensing))
    assert {clerk, supervisor, third} <= found
    return found


def away(person: User, deputy: User, department: Department) -> Absence:
    """Somebody is away now."""
    at = now()
    return Absence.objects.create(
        department=department,
        person=person,
        deputy=deputy,
        starts_at=at - timedelta(hours=1),
        ends_at=at + timedelta(hours=1),
    )


def test_who_has_the_fewest_gets_it_and_equals_take_turns(
    running: Running, begin: Callable[..., Case], three: set[User], clerk: User, licensing: Department
) -> None:
    cases = [running(check(hand_to="least_busy"))]
    cases += [begin(cases[0].version) for _ in range(2 * len(three) - 1)]
    owners = [owner_of(case) for case in cases]
    assert set(owners[: len(three)]) == three
    assert owners[len(three) :] == owners[: len(three)]
    entry = AuditEntry.objects.filter(verb="work.assigned").order_by("position").last()
    assert entry is not None
    assert (entry.actor, json.loads(entry.details)["to"] in {each.pk for each in three}) == (None, True)

    for case, owner in zip(cases, owners, strict=True):  # the clerk is done with everything
        if owner == clerk:
            item = WorkItem.objects.get(process=case, node_key="check")
            services.decide(item_id=item.pk, by=clerk, outcome="done")
    later = [owner_of(begin(cases[0].version)) for _ in range(2)]
    assert later == [clerk, clerk]
    for item in WorkItem.objects.filter(finished=None, owner__in=three):
        services.release(item_id=item.pk, by=item.owner)
    at_rest = []
    for _ in range(len(three)):  # nobody has anything: the last turn decides
        case = begin(cases[0].version)
        item = WorkItem.objects.get(process=case, node_key="check")
        at_rest.append(item.owner)
        services.decide(item_id=item.pk, by=item.owner, outcome="done")
    assert set(at_rest) == three


def test_who_is_away_is_passed_over_and_two_steps_at_once_go_to_two_people(
    running: Running, three: set[User], clerk: User, supervisor: User, licensing: Department
) -> None:
    for each in three - {clerk, supervisor}:
        away(each, clerk, licensing)
    hand = {"hand_to": "least_busy"}
    case = running(
        parallel("both", "fire", "health"),
        {**task("fire", "together"), **hand},
        {**task("health", "together"), **hand},
        join("together", "done"),
    )
    assert {owner_of(case, "fire"), owner_of(case, "health")} == {clerk, supervisor}


@pytest.mark.django_db(transaction=True)
def test_many_steps_reached_in_the_same_moment_are_shared_out_evenly(
    running: Running, begin: Callable[..., Case], three: set[User]
) -> None:
    version = running(check(hand_to="least_busy")).version
    each_has = 4
    rounds = each_has * len(three) - 1
    start, broken = threading.Barrier(rounds), list[BaseException]()

    def arrive(number: int) -> None:
        try:
            start.wait()
            begin(version, f"STL-2027-{number:06d}")
        except BaseException as error:  # a thread that dies must not look like one that worked
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=arrive, args=(number,)) for number in range(rounds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    owned = WorkItem.objects.filter(finished=None, owner__in=three).values_list("owner", flat=True)
    assert Counter(owned) == {person.pk: each_has for person in three}


def test_it_waits_in_the_queue_where_nobody_can_have_it_and_what_is_given_back_stays_there(
    running: Running, begin: Callable[..., Case], three: set[User], clerk: User, licensing: Department
) -> None:
    case = running(check(hand_to="least_busy"))
    item = WorkItem.objects.get(process=case, node_key="check")
    services.release(item_id=item.pk, by=item.owner)
    assert owner_of(case) is None
    for each in three:
        away(each, next(iter(three - {each})), licensing)
    assert owner_of(begin(case.version)) is None


def test_named_people_get_it_also_when_all_are_away_and_who_is_barred_does_not(
    running: Running, begin: Callable[..., Case], three: set[User], clerk: User, supervisor: User,
    licensing: Department, outsider: User,
) -> None:  # fmt: skip
    named = [clerk.email, supervisor.email, outsider.email]
    second = {**check(hand_to="named", hand_to_people=named), "key": "look", "not_by": ["check"]}
    case = running(task("check", "look"), second)
    item = WorkItem.objects.get(process=case, node_key="check")
    services.decide(item_id=item.pk, by=clerk, outcome="done")
    assert owner_of(case, "look") == supervisor
    other = begin(case.version)
    absence = away(clerk, supervisor, licensing)
    away(supervisor, next(iter(three - {clerk, supervisor})), licensing)
    item = WorkItem.objects.get(process=other, node_key="check")
    third = next(iter(three - {clerk, supervisor}))
    services.decide(item_id=item.pk, by=third, outcome="done")
    found = owner_of(other, "look")
    assert found in (clerk, supervisor)
    assert found is not None
    assert absence.deputy == supervisor
    deputy = supervisor if found == clerk else third
    assert stands_in_for(deputy, found.pk, licensing.pk)


def test_the_manager_of_the_applicant_gets_it(
    running: Running, begin: Callable[..., Case], citizen: User, supervisor: User, licensing: Department
) -> None:
    case = running(check(hand_to="manager"))
    assert owner_of(case) is None  # nobody is named
    put_manager(citizen, supervisor, licensing)
    assert owner_of(begin(case.version)) == supervisor
    put_manager(citizen, None, licensing)
    assert owner_of(begin(case.version)) is None


def test_a_trial_gives_it_to_nobody(running: Running, begin: Callable[..., Case], three: set[User]) -> None:
    case = running(check(hand_to="least_busy"))
    with rehearsing():
        assert owner_of(begin(case.version)) is None
