"""A design can be locked: nobody else changes or publishes it until then, and nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.audit.selectors import history
from engine.departments.access import AccessRefused
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import ask_for_publication, open_design, publish_design, restore, save_design
from portal.designer.locking import DesignLocked, lock_design, unlock_design
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.chromium import DESKTOP, PHONE, keep_picture, let_in, problems_on
from tests.conftest import Person
from workflows.models import Service
from workflows.services.packages import export_working

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made from nothing."""
    return create_service(
        department=licensing, by=designer, key="dogs", title="Dogs", languages=["en"], template="check"
    )


@pytest.fixture
def other(person: Person, licensing: Department) -> User:
    """Another designer of the department."""
    return person("Olga Other", Role.DESIGNER, licensing)


def change(service: Service, by: User, words: str) -> None:
    """Save another summary."""
    design = open_design(service=service, by=by)
    document = deepcopy(design.document) | {"summary": {"en": words}}
    save_design(service=service, by=by, base=str(design.latest_revision_id), document=document)


def called(client: Client, by: User, call: str, **sent: Any) -> tuple[int, dict[str, Any]]:
    """The answer to a call of the client."""
    client.force_login(by)
    address = reverse(f"designer:design-{call}", args=("licensing", "dogs"))
    answer = client.post(address, json.dumps(sent), content_type="application/json")
    return answer.status_code, answer.json()


def test_who_locked_it_goes_on_and_everybody_else_waits(
    service: Service, designer: User, other: User, publisher: User
) -> None:
    change(service, designer, "For all dogs")
    lock_design(service=service, by=designer)
    change(service, designer, "For each dog")
    for act in (
        lambda: change(service, other, "For cats"),
        lambda: restore(service=service, by=other, revision=str(open_design(service=service, by=other).pk)),
        lambda: publish_design(service=service, by=publisher, note=""),
        lambda: lock_design(service=service, by=other),
    ):
        with pytest.raises(DesignLocked) as refused:
            act()
        assert refused.value.sentence == (
            f"{designer.name} has locked this service. Ask {designer.name} to unlock it, then try again."
        )
    assert ServiceDesign.objects.get().document["summary"] == {"en": "For each dog"}
    unlock_design(service=service, by=designer)
    change(service, other, "For cats")


def test_who_locked_it_and_asks_for_publication_gets_it(
    service: Service, designer: User, publisher: User
) -> None:
    change(service, designer, "For all dogs")
    lock_design(service=service, by=designer)
    ask_for_publication(service=service, by=designer, note="")
    assert publish_design(service=service, by=publisher, note="").number == 1


def test_only_its_owner_and_administrators_unlock_it_and_each_act_is_in_the_record(
    service: Service, designer: User, other: User, administrator: User, foreign_clerk: User
) -> None:
    lock_design(service=service, by=designer)
    for who in (other, foreign_clerk):
        with pytest.raises(AccessRefused):
            unlock_design(service=service, by=who)
    with pytest.raises(AccessRefused):
        lock_design(service=service, by=foreign_clerk)
    assert ServiceDesign.objects.get().locked
    unlock_design(service=service, by=administrator)
    unlock_design(service=service, by=administrator)  # the second time there is nothing to do
    verbs = [entry.verb for entry in history("department:licensing")]
    assert [verb for verb in verbs if "lock" in verb] == ["service.design_locked", "service.design_unlocked"]


def test_the_client_is_told_why_and_keeps_what_was_typed(
    service: Service, designer: User, other: User, client: Client
) -> None:
    assert called(client, designer, "lock") == (200, {"locked": True})
    design = open_design(service=service, by=other)
    status, answer = called(
        client, other, "save", base=str(design.latest_revision_id), document=design.document
    )
    assert (status, answer["error"]["code"]) == (423, "locked")
    assert called(client, other, "unlock")[0] == 403
    assert called(client, designer, "unlock") == (200, {"locked": False})


@pytest.mark.parametrize("who", ["clerk", "foreign_clerk", "citizen"])
def test_who_does_not_design_neither_locks_nor_unlocks(
    service: Service, client: Client, who: str, request: pytest.FixtureRequest
) -> None:
    for call in ("lock", "unlock"):
        assert called(client, request.getfixturevalue(who), call)[0] in (403, 404)


def test_imports_and_translations_wait_as_well(
    service: Service, designer: User, other: User, client: Client
) -> None:
    change(service, designer, "For all dogs")
    text = export_working(service=service, by=designer).replace("en: ''", "en: For cats", 1)
    lock_design(service=service, by=designer)
    client.force_login(other)
    answer = client.post(reverse("designer:import", args=("licensing",)), {"text": text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "has locked this service" in page
    assert "For cats" in text
    assert "For cats" in page  # what was pasted stays
    assert open_design(service=service, by=designer).document["summary"] == {"en": "For all dogs"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_editor_says_who_locked_it_and_lets_others_only_look(
    size: tuple[int, int],
    service: Service,
    designer: User,
    other: User,
    browse: Callable[..., Page],
    live_server: LiveServer,
) -> None:
    page = browse(size)
    address = live_server.url + reverse("designer:design", args=("licensing", "dogs"))
    mine, theirs = Client(), Client()
    mine.force_login(designer)
    theirs.force_login(other)
    let_in(page, mine, live_server.url)
    page.goto(address)
    page.get_by_role("button", name="Lock, so that nobody else changes it").click()
    expect(page.get_by_text("Locked by you")).to_be_visible()
    keep_picture(page, f"locked-mine-{size[0]}")
    assert problems_on(page) == []
    let_in(page, theirs, live_server.url)
    page.goto(address)
    expect(page.get_by_text(f"Locked by {designer.name}")).to_be_visible()
    expect(page.get_by_text("You may look, not change")).to_be_visible()
    expect(page.get_by_role("button", name="Unlock, so that others can change it")).to_have_count(0)
    keep_picture(page, f"locked-theirs-{size[0]}")
    assert problems_on(page) == []
