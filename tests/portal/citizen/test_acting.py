"""An applicant acts in a state of their own application, and nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.workflows.complaints import *  # noqa: F403
from tests.workflows.complaints import stay
from workflows.models import Case, WorkItem
from workflows.services import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(client: Client, citizen):
    client.force_login(citizen)
    return client


def page(case: Case) -> str:
    return reverse("citizen:application", args=[case.reference])


def press(client: Client, case: Case, action: str, **more):
    item = more.pop("item", stay(case).pk)
    address = reverse("citizen:act", args=[case.reference])
    return client.post(address, {"item": item, "action": action, **more})


@pytest.fixture
def resolved(complaint, officer) -> Case:
    act(item_id=stay(complaint).pk, action="assign", by=officer)
    act(item_id=stay(complaint).pk, action="resolve", by=officer)
    return complaint


def test_only_the_actions_of_the_applicant_are_offered(mine, complaint):
    shown = mine.get(page(complaint)).content.decode()
    assert "What you can do now" in shown
    assert 'value="comment"' in shown
    assert 'value="assign"' not in shown


def test_their_turn_is_said(mine, complaint, officer):
    act(item_id=stay(complaint).pk, action="charge", by=officer)
    shown = mine.get(page(complaint)).content.decode()
    assert "It is unpaid: your turn until" in shown
    assert 'value="pay"' in shown
    assert "Please look at your answers again" not in shown


def test_pressing_brings_the_case_on(mine, complaint, officer):
    act(item_id=stay(complaint).pk, action="charge", by=officer)
    answer = press(mine, complaint, "pay")
    assert (answer.status_code, answer.url) == (302, page(complaint))
    complaint.refresh_from_db()
    assert complaint.stands_at == "assigned"
    assert "Thank you" in mine.get(page(complaint)).content.decode()


def test_pressing_twice_is_told_and_changes_nothing(mine, complaint):
    item = stay(complaint).pk
    press(mine, complaint, "comment", item=item, reason="Please hurry")
    press(mine, complaint, "comment", item=item)
    assert "not open any more" in mine.get(page(complaint)).content.decode()
    assert WorkItem.objects.filter(process=complaint, node_key="filed").count() == 2


def test_a_reason_that_is_needed_is_asked_for_with_what_was_typed(mine, resolved):
    answer = press(mine, resolved, "reopen", reason="  ")
    assert (answer.status_code, "act-reason-error" in answer.content.decode()) == (422, True)
    assert press(mine, resolved, "reopen", reason="Still broken").status_code == 302
    resolved.refresh_from_db()
    assert (resolved.finished, resolved.stands_at) == (None, "filed")


@pytest.mark.parametrize("item", ["", "x", "0", "9" * 40, "²"])
def test_an_item_that_is_none_of_the_case_does_not_exist(mine, complaint, item):
    assert press(mine, complaint, "comment", item=item).status_code == 404


def test_an_action_of_staff_is_refused(mine, complaint):
    assert press(mine, complaint, "assign").status_code == 403
    assert stay(complaint).node_key == "filed"


@pytest.mark.parametrize("who", ["other_citizen", "foreign_officer", "officer"])
def test_somebody_else_finds_nothing(client, complaint, who, request):
    client.force_login(request.getfixturevalue(who))
    assert press(client, complaint, "comment").status_code == 404


def test_the_buttons_that_send_a_draft(client, complaints, officer, licensing):
    client.force_login(officer)
    opened = client.post(reverse("clerk:open_one", args=["licensing", "complaint", "begin"]))
    client.post(reverse("citizen:page", args=[opened.url.split("/")[3], "what"]), {"street": "Mill Lane"})
    draft = opened.url.split("/")[3]
    shown = client.get(reverse("citizen:check", args=[draft])).content.decode()
    assert "Send application" in shown
