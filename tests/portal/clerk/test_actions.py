"""Taking work and giving it back."""

from collections.abc import Callable

import pytest
from django.test import Client

from engine.departments.models import User
from workflows import services
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
ItemAt = Callable[[Case, str], int]


def test_take_and_release_stay_on_the_case_with_its_list(
    case: Case, clerk: User, item_at: ItemAt, sign_in: SignIn
) -> None:
    client, item_id = sign_in(clerk), item_at(case, "check")
    taken = client.post(f"/work/items/{item_id}/claim/", {"_list": "view=team&step=check"})
    assert taken["Location"] == f"/work/cases/{case.reference}/?view=team&step=check"
    assert WorkItem.objects.get(pk=item_id).owner == clerk
    page = client.get(taken["Location"]).content.decode()
    assert "Yours since" in page
    assert "Accept, go to inspection" in page
    client.post(f"/work/items/{item_id}/release/")
    assert WorkItem.objects.get(pk=item_id).owner is None


def test_taking_many_names_each_that_a_colleague_took_before(
    case: Case,
    apply: Callable[..., Case],
    clerk: User,
    second_clerk: User,
    item_at: ItemAt,
    sign_in: SignIn,
) -> None:
    first, second = item_at(case, "check"), item_at(apply(), "check")
    services.claim(item_id=first, by=second_clerk)
    sent = {"item": [first, second, first], "_here": "/work/?view=late"}
    answer = sign_in(clerk).post("/work/take/", sent, follow=True)
    assert answer.redirect_chain == [("/work/?view=late", 302)]
    page = answer.content.decode()
    assert f"{case.reference}: Karim Bello took this before you." in page
    assert "1 work item is yours." in page


def test_the_next_work_item_is_what_is_due_first(case: Case, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    answer = client.post("/work/next/")
    assert answer["Location"] == f"/work/cases/{case.reference}/?view=mine"
    assert "Nothing waits to be taken now." in client.post("/work/next/", follow=True).content.decode()


@pytest.mark.parametrize("here", ["https://example.org/", "//example.org/work/", "/work/\r\nX: y", "\x00"])
def test_the_way_back_leads_nowhere_else(here: str, clerk: User, sign_in: SignIn) -> None:
    assert sign_in(clerk).post("/work/take/", {"_here": here})["Location"] == "/work/"


@pytest.mark.parametrize("item", ["", "x", "-1", "0", "9" * 30, "\x00"])
def test_a_work_item_that_is_none_takes_nothing(item: str, clerk: User, sign_in: SignIn) -> None:
    assert sign_in(clerk).post("/work/take/", {"item": item}).status_code in {302, 404}
