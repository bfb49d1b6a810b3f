"""Random workflows on the real engine: no case gets stuck, and right ones come to an end."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from engine.departments.models import User
from tests.properties.test_workflows import codes, package_of
from tests.properties.workflows import built, damaged
from tests.workflows.conftest import publish  # noqa: F401
from tests.workflows.steps import let_pass
from workflows.definition import ServicePackage
from workflows.models import Case, Deadline, WorkItem, WorkKind
from workflows.starting import start_case

pytestmark = pytest.mark.django_db
MOST_MOVES = 60
MANY = [10, pytest.param(400, marks=[pytest.mark.slow, pytest.mark.timeout(3_600)])]


def opened(case: Case) -> list[WorkItem]:
    """What people can act on."""
    return list(WorkItem.objects.filter(process=case, finished=None, kind=WorkKind.PERSON).order_by("pk"))


def clocks(case: Case) -> list[str]:
    """What time can bring."""
    running = Deadline.objects.filter(case=case, fired_at=None, cancelled_at=None).order_by("pk")
    return list(running.values_list("node_key", flat=True))


def move(case: Case, clerk: User, random: Random, *, hurry: bool) -> bool:
    """Do one thing that a person or time can do; False when there is nothing.

    In a hurry people choose the first outcome, which leads on.
    """
    items, times = opened(case), clocks(case)
    if hurry and items:
        times = []
    if not items and not times:
        return False
    chosen: Any = random.choice([*items, *times])
    if isinstance(chosen, str):
        return let_pass(case, chosen)
    with chosen.activation() as activation:
        outcomes = list(activation.flow_task.choices)
        activation.decide(clerk, outcomes[0] if hurry else random.choice(outcomes))
    return True


def walked(case: Case, clerk: User, random: Random) -> Case:
    """Move by chance, then in a hurry, until the case ends or cannot."""
    for number in range(3 * MOST_MOVES):
        case = Case.objects.get(pk=case.pk)
        if case.finished is not None or not move(case, clerk, random, hurry=number > MOST_MOVES):
            break
    return Case.objects.get(pk=case.pk)


def case_of(package: ServicePackage, store: Any, citizen: User, number: int) -> Case:
    """A case of a workflow, with answers by chance."""
    return start_case(
        store({**package.written(), "key": f"random-{number}"}),
        applicant=citizen,
        reference=f"RND-2026-{number:06d}",
        language="en",
        answers={"trade": "Fruit", "amount": f"{number * 7 % 100}.50", "owner": "Leila Haddad"},
    )


@pytest.mark.parametrize("many", MANY)
def test_cases_of_right_workflows_come_to_an_end(
    many: int,
    publish: Any,  # noqa: F811
    citizen: User,
    clerk: User,
) -> None:
    ends: Counter[str] = Counter()
    for seed in range(many):
        random = Random(seed)
        case = walked(case_of(package_of(built(random, 16)), publish, citizen, seed), clerk, random)
        assert case.finished is not None, f"seed {seed} stays at {opened(case)}"
        assert not WorkItem.objects.filter(process=case, finished=None).exists(), seed
        assert clocks(case) == [], seed
        ends[case.outcome] += 1
    assert ends["approved"] > many / 4


@pytest.mark.parametrize("many", MANY)
def test_cases_of_damaged_workflows_that_are_found_right_never_get_stuck(
    many: int,
    publish: Any,  # noqa: F811
    citizen: User,
    clerk: User,
) -> None:
    seed = found = 0
    while found < many:
        seed += 1
        random = Random(10_000 + seed)
        try:
            package = package_of(damaged(random, built(random, 12)))
        except ValueError:  # cannot even be written down
            continue
        if codes(package):
            continue
        found += 1
        case = walked(case_of(package, publish, citizen, 10_000 + seed), clerk, random)
        assert case.finished is not None or opened(case) or clocks(case), f"seed {seed} is stuck"
