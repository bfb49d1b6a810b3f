"""A department asks for approvals: given in the editor for what is shown, and void after a change."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.starting_points import create_service
from tests.chromium import DESKTOP, PHONE, faults_of, let_in
from tests.conftest import Person
from workflows.models import Service

PAGE = "/manage/licensing/publishing/"
DESIGN = "/manage/licensing/dogs/design/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made from nothing."""
    return create_service(
        department=licensing, by=designer, key="dogs", title="Dogs", languages=["en"], template="check"
    )


def call(client: Client, by: User, name: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """The answer of a call of the editor, with its status."""
    client.force_login(by)
    address = f"{DESIGN}{name}/"
    sent = client.get(address) if body is None else client.post(address, json.dumps(body), "application/json")
    found: dict[str, Any] = {"status": sent.status_code, **sent.json()}
    return found


def save(client: Client, by: User, summary: str) -> str:
    """Change the design; its revision."""
    client.force_login(by)
    start = client.get(DESIGN).context["start"]
    body = {"base": start["revision"], "document": start["document"] | {"summary": summary}}
    return str(call(client, by, "save", body)["revision"])


def test_an_administrator_sets_how_many_approve_and_nobody_else_does(
    client: Client,
    administrator: User,
    publisher: User,
    foreign_clerk: User,
    person: Person,
    works: Department,
) -> None:
    client.force_login(administrator)
    assert PAGE in client.get("/manage/").content.decode()
    assert client.get(PAGE).context["people"] == 1
    wrong = client.post(PAGE, {"approval": "yes", "people": "0"})
    assert (wrong.status_code, wrong.context["wrong"]) == (422, "Enter a number from 1 to 9.")
    client.post(PAGE, {"approval": "yes", "people": "2"})
    assert Department.objects.get(key="licensing").publication_approvals == 2
    client.post(PAGE, {"approval": "no", "people": "2"})
    assert Department.objects.get(key="licensing").publication_approvals == 0
    other = person("Stan Stranger", Role.ADMINISTRATOR, works)
    for who, status in ((publisher, 403), (foreign_clerk, 403), (other, 404)):
        client.force_login(who)
        assert client.get(PAGE).status_code == status
        assert client.post(PAGE, {"approval": "yes", "people": "1"}).status_code == status
    assert Department.objects.get(key="licensing").publication_approvals == 0


def test_the_publisher_sees_the_difference_and_publishes_with_the_approval_of_another(
    client: Client, service: Service, designer: User, publisher: User, person: Person, licensing: Department
) -> None:
    Department.objects.update(publication_approvals=1)
    colleague = person("Ida One", Role.PUBLISHER, licensing)
    seen = save(client, designer, "First")
    yes = {"approved": True, "revision": seen}
    assert call(client, colleague, "vote", yes)["error"]["code"] == "nothing_asked"
    call(client, designer, "ask", {"note": "Please"})
    assert call(client, designer, "vote", yes)["status"] == 403
    assert call(client, colleague, "vote", {"revision": seen})["status"] == 400
    refused = call(client, colleague, "vote", {**yes, "approved": False})
    assert refused["error"]["sentence"] == "Say why you refuse."
    found = call(client, colleague, "versions")
    assert found["differences"]
    assert found["moving"] is None  # who publishes does not move cases
    assert found["approvals"] == {
        "needed": 1, "given": 0, "enough": False, "void": 0, "votes": [], "may_vote": True,
    }  # fmt: skip
    assert call(client, publisher, "publish", {})["error"]["code"] == "not_approved"
    assert call(client, colleague, "vote", yes)["approved"] is True
    newer = save(client, designer, "Second")
    after = call(client, publisher, "versions")["approvals"]
    assert (after["void"], after["votes"], after["enough"]) == (1, [], False)
    assert call(client, colleague, "vote", yes)["status"] == 409  # what they saw is not what it is
    client.force_login(publisher)
    page = client.post("/manage/licensing/dogs/publish/", follow=True)
    assert "Colleagues have to approve this first." in page.content.decode()
    assert call(client, publisher, "publish", {})["status"] == 422
    reason = {"approved": True, "revision": newer, "reason": "It reads well."}
    assert call(client, colleague, "vote", reason)["status"] == 200
    (vote,) = call(client, publisher, "versions")["approvals"]["votes"]
    assert (vote["by"], vote["approved"], vote["reason"]) == ("Ida One", True, "It reads well.")
    assert call(client, publisher, "publish", {})["version"] == 1


def test_who_asked_does_not_approve_even_if_they_publish(
    client: Client, service: Service, designer: User, person: Person, licensing: Department
) -> None:
    Department.objects.update(publication_approvals=1)
    both = person("Bea Both", Role.ADMINISTRATOR, licensing)
    seen = save(client, designer, "First")
    grant_role(both, Role.DESIGNER, licensing)
    grant_role(both, Role.PUBLISHER, licensing)
    both = User.objects.get(pk=both.pk)
    call(client, both, "ask", {})
    assert call(client, both, "versions")["approvals"]["may_vote"] is False
    assert call(client, both, "vote", {"approved": True, "revision": seen})["error"]["code"] == "own_request"
    assert call(client, both, "publish", {})["error"]["code"] == "not_approved"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_where_the_rule_is_set_also_beside_a_mistake(
    browse: Callable[..., Page],
    administrator: User,
    live_server: LiveServer,
) -> None:
    client = Client()
    client.force_login(administrator)
    for size in (DESKTOP, PHONE):
        page = browse(size)
        let_in(page, client, live_server.url)
        page.goto(live_server.url + PAGE)
        page.get_by_label("Colleagues approve it").check()
        page.get_by_label("How many colleagues").fill("0")
        with page.expect_navigation():
            page.get_by_role("button", name="Save").click()
        assert page.get_by_role("link", name="Enter a number from 1 to 9.").count() == 1
        assert faults_of(page, f"designer-publishing-{size[0]}") == []
