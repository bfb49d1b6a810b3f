"""Two designers in two browsers: nothing of either is lost, whatever happens to the line between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.chromium import keep_picture, problems_on
from tests.conftest import Person
from workflows.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def dora(person: Person, licensing: Department) -> User:
    """One designer."""
    return person("Dora Design", Role.DESIGNER, licensing)


@pytest.fixture
def olga(person: Person, licensing: Department) -> User:
    """The other."""
    return person("Olga Other", Role.DESIGNER, licensing)


@pytest.fixture
def service(dora: User, licensing: Department) -> Service:
    """A service with one question, a check and an end."""
    return create_service(
        department=licensing,
        by=dora,
        key="dogs",
        title="Register a dog",
        languages=["en"],
        template="check",
    )


def session_of(user: User, server: LiveServer) -> Any:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}


@pytest.fixture
def at_work(
    browse: Callable[..., Page],
    service: Service,
    live_server: LiveServer,
) -> Callable[[User], Page]:
    """The editor in a browser of one's own, at the first question."""

    def open_editor(user: User) -> Page:
        page = browse()
        page.context.add_cookies([session_of(user, live_server)])
        page.goto(f"{live_server.url}{reverse('designer:design', args=('licensing', 'dogs'))}#form")
        page.locator(".cwd-tree").get_by_role("button", name="Full name").click()
        expect(label_on(page)).to_be_visible()
        return page

    return open_editor


def label_on(page: Page) -> Locator:
    """Where the words of the chosen question are written."""
    return page.locator(".cwd-pane--end").get_by_label("Question", exact=True)


def hint_on(page: Page) -> Locator:
    """Where its hint is written."""
    return page.locator(".cwd-pane--end").get_by_label("Hint", exact=True)


def until(page: Page, words: str) -> None:
    """Wait until the sign of saving says so."""
    expect(page.locator(".cwd-saved")).to_contain_text(words)


def stored() -> dict[str, Any]:
    """The question as the server has it."""
    question: dict[str, Any] = ServiceDesign.objects.get().document["forms"]["application"]["pages"][0][
        "fields"
    ][0]
    return question


def test_each_sees_who_else_is_here_and_where(
    at_work: Callable[[User], Page], dora: User, olga: User
) -> None:
    first = at_work(dora)
    second = at_work(olga)
    expect(second.get_by_label("Editing now")).to_contain_text("Dora Design, on Form")
    first.reload()
    expect(first.get_by_label("Editing now")).to_contain_text("Olga Other, on Form")
    keep_picture(first, "two-designers")


def test_changes_to_different_parts_are_put_together(
    at_work: Callable[[User], Page], dora: User, olga: User
) -> None:
    first, second = at_work(dora), at_work(olga)
    label_on(first).fill("Name of the owner")
    until(first, "Saved ")
    hint_on(second).fill("As in your passport")
    until(second, "with what others changed")
    expect(label_on(second)).to_have_value("Name of the owner")
    assert stored()["label"] == {"en": "Name of the owner"}
    assert stored()["hint"] == {"en": "As in your passport"}


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_of_the_same_part_the_second_sees_both_and_chooses(
    at_work: Callable[[User], Page], dora: User, olga: User, side: str
) -> None:
    first, second = at_work(dora), at_work(olga)
    label_on(first).fill("Name of the owner")
    until(first, "Saved ")
    label_on(second).fill("Who keeps the dog?")
    dialog = second.get_by_role("dialog", name="Somebody else changed the same")
    expect(dialog).to_contain_text("Name of the owner")
    expect(dialog).to_contain_text("Who keeps the dog?")
    expect(dialog).to_contain_text("By Dora Design")
    keep_picture(second, "designers-choose")
    assert problems_on(second) == []
    assert stored()["label"] == {"en": "Name of the owner"}, "nothing is overwritten before somebody chose"
    dialog.get_by_label("Mine" if side == "mine" else "By Dora Design").check()
    dialog.get_by_role("button", name="Keep what is chosen").click()
    until(second, "Saved ")
    kept = "Who keeps the dog?" if side == "mine" else "Name of the owner"
    expect(label_on(second)).to_have_value(kept)
    assert stored()["label"] == {"en": kept}


def test_what_was_typed_without_a_connection_is_merged_when_it_is_back(
    at_work: Callable[[User], Page], dora: User, olga: User
) -> None:
    first, second = at_work(dora), at_work(olga)
    second.context.set_offline(True)
    hint_on(second).fill("As in your passport")
    until(second, "No connection. Kept on this computer")
    label_on(first).fill("Name of the owner")
    until(first, "Saved ")
    second.context.set_offline(False)
    second.get_by_role("button", name="Try again").click()
    until(second, "with what others changed")
    assert (stored()["label"], stored()["hint"]) == (
        {"en": "Name of the owner"},
        {"en": "As in your passport"},
    )


def test_what_was_never_sent_comes_back_when_the_editor_is_opened_again(
    at_work: Callable[[User], Page], dora: User, olga: User
) -> None:
    first, second = at_work(dora), at_work(olga)
    second.route("**/design/save/", lambda route: route.abort())
    hint_on(second).fill("As in your passport")
    until(second, "No connection. Kept on this computer")
    label_on(first).fill("Name of the owner")
    until(first, "Saved ")
    second.unroute("**/design/save/")
    second.on("dialog", lambda dialog: dialog.accept())
    second.reload()
    until(second, "Saved ")
    assert (stored()["label"], stored()["hint"]) == (
        {"en": "Name of the owner"},
        {"en": "As in your passport"},
    )


def test_after_an_expired_session_the_work_goes_on(
    at_work: Callable[[User], Page], dora: User, live_server: LiveServer
) -> None:
    page = at_work(dora)
    page.context.clear_cookies(name="sessionid")
    label_on(page).fill("Name of the owner")
    dialog = page.get_by_role("dialog", name="You have been signed out")
    expect(dialog).to_be_visible()
    assert stored()["label"] != {"en": "Name of the owner"}
    page.context.add_cookies([session_of(dora, live_server)])
    dialog.get_by_role("button", name="Save again").click()
    expect(dialog).to_have_count(0)
    until(page, "Saved ")
    assert stored()["label"] == {"en": "Name of the owner"}
