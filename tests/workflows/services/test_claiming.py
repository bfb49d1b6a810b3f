"""Taking work: each item by one person."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.departments.roles import Role
from workflows.models import Case, Service, WorkItem
from workflows.services import AlreadyDecided, AlreadyTaken, assign, claim, claim_next, decide, release

pytestmark = pytest.mark.django_db
At = Callable[[Case, str], int]


def owner_of(item_id: int) -> User | None:
    found: WorkItem = WorkItem.objects.select_related("owner").get(pk=item_id)
    return found.owner


def test_a_clerk_takes_an_item_once(licence_case: Case, item_at: At, clerk: User, second_clerk: User) -> None:
    item = item_at(licence_case, "check")
    claim(item_id=item, by=clerk)
    claim(item_id=item, by=clerk)
    assert owner_of(item) == clerk
    with pytest.raises(AlreadyTaken) as refused:
        claim(item_id=item, by=second_clerk)
    assert refused.value.by_name == "Noor Amari"


def test_an_item_goes_back_to_the_queue(
    licence_case: Case, item_at: At, clerk: User, second_clerk: User, supervisor: User
) -> None:
    item = item_at(licence_case, "check")
    claim(item_id=item, by=clerk)
    with pytest.raises(Exception, match="another person"):
        release(item_id=item, by=second_clerk)
    release(item_id=item, by=supervisor)
    assert owner_of(item) is None
    claim(item_id=item, by=second_clerk)
    release(item_id=item, by=second_clerk)
    assert owner_of(item) is None


def test_a_supervisor_gives_work_to_a_colleague_who_may_do_it(
    licence_case: Case, item_at: At, clerk: User, supervisor: User, designer: User
) -> None:
    item = item_at(licence_case, "check")
    assign(item_id=item, to=clerk, by=supervisor)
    assert owner_of(item) == clerk
    with pytest.raises(AccessRefused):
        assign(item_id=item, to=designer, by=supervisor)
    with pytest.raises(AccessRefused):
        assign(item_id=item, to=clerk, by=clerk)


def test_a_decided_item_cannot_be_taken(
    licence_case: Case, item_at: At, clerk: User, second_clerk: User
) -> None:
    item = item_at(licence_case, "check")
    decide(item_id=item, by=clerk, outcome="accept")
    with pytest.raises(AlreadyDecided) as refused:
        claim(item_id=item, by=second_clerk)
    assert refused.value.by_name == "Noor Amari"


def test_the_next_item_is_the_most_urgent_one_that_the_person_may_do(
    apply: Callable[..., Case], citizen: User, licence: Service, licence_answers: dict[str, Any], clerk: User
) -> None:
    first, second = (apply(citizen, licence, licence_answers) for _ in range(2))
    item = WorkItem.objects.get(process=first, node_key="check")
    item.due_at = item.due_at.replace(year=2099)
    item.save()
    taken = [claim_next(by=clerk), claim_next(by=clerk), claim_next(by=clerk)]
    assert [found.process_id for found in taken if found] == [second.pk, first.pk]
    assert taken[2] is None


def test_nobody_takes_next_what_is_not_theirs(
    licence_case: Case, foreign_clerk: User, designer: User, auditor: User, citizen: User, administrator: User
) -> None:
    for user in (foreign_clerk, designer, auditor, citizen, administrator):
        assert claim_next(by=user) is None


def test_the_next_item_passes_over_what_the_same_person_checked(
    licence_case: Case, item_at: At, supervisor: User, second_supervisor: User
) -> None:
    decide(item_id=item_at(licence_case, "check"), by=supervisor, outcome="accept")
    assert claim_next(by=supervisor) is None
    taken = claim_next(by=second_supervisor)
    assert taken is not None
    assert taken.node_key == "approve"


@pytest.mark.django_db(transaction=True)
def test_32_people_take_and_decide_and_each_item_is_decided_once(
    person: Callable[..., User],
    apply: Callable[..., Case],
    citizen: User,
    licence: Service,
    licence_answers: dict[str, Any],
) -> None:
    cases = [apply(citizen, licence, licence_answers) for _ in range(48)]
    clerks = [person(f"Clerk {n}", Role.CLERK, licence.department) for n in range(32)]
    decided: list[int] = []
    failed: list[BaseException] = []
    start = threading.Barrier(32)

    def work(user: User) -> None:
        start.wait()
        try:
            while (item := claim_next(by=user)) is not None:
                decide(item_id=item.pk, by=user, outcome="accept")
                decided.append(item.pk)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(user,)) for user in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(decided) == len(set(decided)) == len(cases)
    approvals = WorkItem.objects.filter(node_key="approve", process__in=cases)
    assert approvals.count() == len(cases)
