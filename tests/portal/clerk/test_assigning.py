"""Giving work to a colleague."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from workflows import services
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ItemAt = Callable[[Case, str], int]


def test_a_supervisor_assigns_one_and_many(
    case: Case, apply: Callable[..., Case], clerk: User, supervisor: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    first, second, client = item_at(case, "check"), item_at(apply(), "check"), sign_in(supervisor)
    one = client.post(f"/work/items/{first}/assign/", {"_to": clerk.public_id}, follow=True)
    assert f"Noor Amari has {case.reference} now." in one.content.decode()
    many = client.post("/work/assign/", {"item": [first, second], "_to": clerk.public_id}, follow=True)
    assert "Noor Amari has 2 work items more." in many.content.decode()
    assert set(WorkItem.objects.filter(pk__in=[first, second]).values_list("owner", flat=True)) == {clerk.pk}


def test_a_colleague_who_did_an_earlier_step_can_not_be_given_the_approval(
    case: Case, supervisor: User, second_supervisor: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    services.decide(item_id=item_at(case, "check"), by=second_supervisor, outcome="accept")
    found = {"visited_on": "2026-11-20", "result": "suitable"}
    services.decide(item_id=item_at(case, "inspect"), by=second_supervisor, outcome="done", answers=found)
    address = f"/work/items/{item_at(case, 'approve')}/assign/"
    said = sign_in(supervisor).post(address, {"_to": second_supervisor.public_id}, follow=True)
    assert "Tomas Lind did “Check documents” in this case" in said.content.decode()


def test_nobody_outside_the_department_can_be_given_work(
    case: Case, foreign_clerk: User, supervisor: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    item_id = item_at(case, "check")
    said = sign_in(supervisor).post(
        f"/work/items/{item_id}/assign/", {"_to": foreign_clerk.public_id}, follow=True
    )
    assert "this colleague may not do this step" in said.content.decode()
    assert WorkItem.objects.get(pk=item_id).owner is None


def test_a_clerk_may_not_assign(
    case: Case, clerk: User, second_clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    client, item_id = sign_in(clerk), item_at(case, "check")
    one = client.post(f"/work/items/{item_id}/assign/", {"_to": second_clerk.public_id})
    many = client.post("/work/assign/", {"item": [item_id], "_to": second_clerk.public_id})
    assert (one.status_code, many.status_code) == (403, 403)


@pytest.mark.parametrize("to", ["", "nobody", "\x00", "0" * 32])
def test_without_a_colleague_nothing_happens(
    to: str, case: Case, supervisor: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    answer = sign_in(supervisor).post(f"/work/items/{item_at(case, 'check')}/assign/", {"_to": to})
    assert answer.status_code == 302


def test_a_clerk_hands_the_own_work_on(
    case: Case, clerk: User, second_clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    item_id, client = item_at(case, "check"), sign_in(clerk)
    address = f"/work/items/{item_id}/delegate/"
    services.claim(item_id=item_id, by=clerk)
    assert address in client.get(f"/work/cases/{case.reference}/").text
    assert "Select the colleague" in client.post(address, {"_to": ""}, follow=True).text
    said = client.post(address, {"_to": second_clerk.public_id}, follow=True).text
    assert f"Karim Bello has {case.reference} now." in said
    assert (
        "handed “Check documents” on to <bdi>Karim Bello</bdi>"
        in client.get(f"/work/cases/{case.reference}/").text
    )
    back = sign_in(second_clerk).post(address, {"_to": clerk.public_id}, follow=True).text
    assert "Noor Amari has had this work already." in back
    assert WorkItem.objects.get(pk=item_id).owner == second_clerk


def test_the_work_of_another_person_can_not_be_handed_on(
    case: Case, clerk: User, second_clerk: User, foreign_clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    item_id = item_at(case, "check")
    services.claim(item_id=item_id, by=clerk)
    address, to = f"/work/items/{item_id}/delegate/", {"_to": second_clerk.public_id}
    assert "A colleague has this work now." in sign_in(second_clerk).post(address, to, follow=True).text
    assert sign_in(foreign_clerk).post(address, to).status_code == 403
    assert (
        "may not do this step"
        in sign_in(clerk).post(address, {"_to": foreign_clerk.public_id}, follow=True).text
    )
    assert WorkItem.objects.get(pk=item_id).owner == clerk
