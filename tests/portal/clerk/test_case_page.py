"""The page of a case on which several people vote."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.access import forget, grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows import services
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def free_vote(case: Case) -> int:
    """A vote that nobody has taken."""
    return WorkItem.objects.filter(process=case, kind="person", status="NEW").order_by("pk")[0].pk


def test_the_page_says_the_rule_who_has_voted_and_who_is_missing(
    voting: Case, supervisor: User, second_supervisor: User, sign_in: SignIn
) -> None:
    services.decide(item_id=free_vote(voting), by=supervisor, outcome="approve", reason="All is in order")
    services.claim(item_id=free_vote(voting), by=second_supervisor)
    page = sign_in(second_supervisor).get(f"/work/cases/{voting.reference}/").text
    for words in (
        "2 of 3 must approve. Nothing is approved without those who hold a veto.",
        "<b><bdi>Ines Rocha</bdi></b>: Approve",
        "All is in order",
        "<b><bdi>Tomas Lind</bdi></b>: not decided yet",
        "A supervisor: nobody has taken this vote yet, holds a veto",
    ):
        assert words in page, words


def test_a_vote_is_confirmed_in_its_own_words_and_counted(
    voting: Case, supervisor: User, sign_in: SignIn
) -> None:
    client, item_id = sign_in(supervisor), free_vote(voting)
    asked = client.post(f"/work/items/{item_id}/decide/", {"_outcome": "reject"})
    assert "Your vote is counted with those of the others." in asked.text
    sent = {"_outcome": "reject", "_reason": "Too narrow", "_confirmed": "yes"}
    client.post(f"/work/items/{item_id}/decide/", sent)
    page = client.get(f"/work/cases/{voting.reference}/").text
    assert "You have a vote in “Approve” already." in page
    assert "voted on “Approve”: Refuse" in page


def test_a_second_vote_of_the_same_person_is_refused_in_words(
    voting: Case, supervisor: User, sign_in: SignIn
) -> None:
    services.decide(item_id=free_vote(voting), by=supervisor, outcome="approve")
    client, item_id = sign_in(supervisor), free_vote(voting)
    page = client.post(f"/work/items/{item_id}/claim/", follow=True).text
    assert "You have a vote in this approval already." in page
    said = client.post("/work/assign/", {"item": [item_id], "_to": supervisor.public_id}, follow=True).text
    assert "Ines Rocha has a vote in this approval already." in said
    assert WorkItem.objects.get(pk=item_id).owner is None


def test_a_vote_given_by_name_is_not_left_to_anybody(voting: Case, supervisor: User, sign_in: SignIn) -> None:
    item = WorkItem.objects.get(pk=free_vote(voting))
    services.claim(item_id=item.pk, by=supervisor)
    WorkItem.objects.filter(pk=item.pk).update(data={**item.data, "named": True})
    client = sign_in(supervisor)
    assert "/release/" not in client.get(f"/work/cases/{voting.reference}/").text
    said = client.post(f"/work/items/{item.pk}/release/", follow=True).text
    assert "This vote was given to you by name." in said


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_votes_can_be_read_on_a_phone_and_a_desktop(
    voting: Case, supervisor: User, clerk: User, licensing: Department, open_as: Callable[..., Page]
) -> None:
    grant_role(clerk, Role.SUPERVISOR, licensing)
    forget(clerk)
    services.decide(item_id=free_vote(voting), by=supervisor, outcome="approve", reason="All is in order")
    for name, options in (("1280", {}), ("390", {"size": PHONE}), ("1280-ar", {"language": "ar"})):
        page = open_as(clerk, **options)
        page.goto(f"{page.url}cases/{voting.reference}/")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
        keep_picture(page, f"votes-{name}")
