"""The editor in a real browser: a service opens, is changed, is kept, and comes back as it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.chromium import keep_picture, let_in, problems_on
from tests.conftest import Person

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = (1600, 900)
Browse = Callable[..., Page]


@pytest.fixture
def designer(person: Person, licensing: Department) -> User:
    """Somebody who designs and publishes."""
    return person("Dora Design", Role.ADMINISTRATOR, licensing)


@pytest.fixture
def editor(browse: Browse, live_server: LiveServer, designer: User, licensing: Department) -> Iterator[Page]:
    """The editor of a new service; what a script complains of fails the test."""
    create_service(
        department=licensing,
        by=designer,
        key="dogs",
        title="Register a dog",
        languages=["en", "fr"],
        template="two",
    )
    client = Client()
    client.force_login(designer)
    page = browse(WIDE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    let_in(page, client, live_server.url)
    page.goto(live_server.url + reverse("designer:design", args=("licensing", "dogs")))
    yield page
    assert complaints == []


def open_tab(page: Page, name: str) -> None:
    """Go to one of the parts of the service."""
    page.get_by_label("Parts of the service").get_by_text(name).first.click()
    expect(page.get_by_label("Parts of the service").locator("[aria-current]")).to_contain_text(name)


@pytest.mark.slow  # test_every_tab.py looks at each tab at several widths
@pytest.mark.parametrize(
    "name", ["Overview", "Form", "Workflow", "Certificate", "Messages", "People", "Versions"]
)
def test_every_tab_opens_and_axe_finds_nothing(editor: Page, name: str) -> None:
    open_tab(editor, name)
    editor.wait_for_load_state("networkidle")
    keep_picture(editor, f"editor-{name.lower()}")
    assert problems_on(editor) == []


def test_what_is_typed_is_saved_and_comes_back(editor: Page) -> None:
    open_tab(editor, "Form")
    editor.get_by_text("Full name").first.click()
    boxes = editor.locator("input:visible")
    expect(boxes.nth(2)).to_be_visible()
    box = next(one for one in boxes.all() if one.input_value() == "Full name")
    with editor.expect_response(lambda answer: answer.url.endswith("/design/save/")) as saved:
        box.fill("Name of the owner")
    assert saved.value.status == 200
    keep_picture(editor, "editor-form-changed")
    document = ServiceDesign.objects.get().document
    question = document["forms"]["application"]["pages"][0]["fields"][0]
    assert question["label"]["en"] == "Name of the owner"
    editor.reload()
    open_tab(editor, "Form")
    expect(editor.get_by_text("Name of the owner").first).to_be_visible()
