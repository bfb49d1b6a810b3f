"""Complete examples: each can be published as it is, in the languages that were chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.checking import check
from portal.designer.designs import open_design, publish_design
from portal.designer.examples import examples
from portal.designer.starting_points import create_service
from tests.chromium import DESKTOP, PHONE, keep_picture, let_in, problems_on
from tests.conftest import Person
from workflows.models import Service

pytestmark = pytest.mark.django_db
KEYS = sorted(examples())


@pytest.fixture
def staff(clerk: User, supervisor: User, administrator: User) -> User:
    """Somebody for every step; the administrator makes and publishes."""
    return administrator


def made(by: User, department: Department, key: str, languages: list[str]) -> Service:
    """A service that began with an example."""
    return create_service(
        department=department, by=by, key=f"my-{key}", title="Mine", languages=languages, template=key
    )


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("languages", [["en", "fr", "ar"], ["ar"], ["pt", "fr"]], ids="-".join)
def test_it_has_nothing_to_mend_and_is_published_as_it_is(
    key: str, languages: list[str], staff: User, licensing: Department
) -> None:
    service = made(staff, licensing, key, languages)
    design = open_design(service=service, by=staff)
    mend = [problem for problem in check(design.document, licensing).problems if problem.severity == "mend"]
    assert mend == []
    assert publish_design(service=service, by=staff, note="").number == 1


@pytest.mark.parametrize("key", KEYS)
def test_in_its_three_languages_nothing_is_left_to_look_at(
    key: str, staff: User, licensing: Department
) -> None:
    design = open_design(service=made(staff, licensing, key, ["en", "fr", "ar"]), by=staff)
    found = check(design.document, licensing).problems
    assert [(problem.where, problem.sentence) for problem in found if problem.code != "no_text"] == []
    assert {problem.where for problem in found} <= {"title", "forms.application.title"}


def test_texts_are_in_the_chosen_languages_only() -> None:
    document: Any = examples()["grant"].document("Ours", ["fr"])
    assert document["messages"]["approved"]["subject"] == {"fr": "Vous recevez la subvention"}
    assert examples()["permit"].document("Ours", ["pt", "fr"])["certificates"]["permit"]["languages"] == [
        "pt",
        "fr",
    ]
    words = examples()["permit"].document("Ours", ["pt", "fr"])["workflow"]["nodes"][0]["title"]
    assert words == {"pt": "Applied", "fr": "Demande envoyée"}
    assert examples()["permit"].parts["workflow"]["nodes"][0]["title"].keys() == {"en", "fr", "ar"}


@pytest.mark.parametrize("who", ["clerk", "foreign_clerk"])
def test_who_does_not_design_makes_nothing_of_it(
    who: str, client: Client, licensing: Department, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    sent = {"title": "Mine", "languages": ["en"], "template": "permit"}
    assert client.post(reverse("designer:new", args=("licensing",)), sent).status_code in (403, 404)
    assert not Service.objects.exists()


def test_the_page_offers_them_and_makes_one(client: Client, designer: User, licensing: Department) -> None:
    client.force_login(designer)
    address = reverse("designer:new", args=("licensing",))
    assert "A grant that a committee decides" in client.get(address).content.decode()
    answer = client.post(address, {"title": "Our grant", "languages": ["en"], "template": "grant"})
    assert answer["Location"] == reverse("designer:design", args=("licensing", "our-grant"))
    design = open_design(service=Service.objects.get(), by=designer)
    assert [node["key"] for node in design.document["workflow"]["nodes"]][2] == "vote"
    assert design.document["forms"]["application"]["title"] == {"en": "Our grant"}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("size", "language"), [(DESKTOP, "en"), (PHONE, "ar")], ids=["desk-en", "phone-ar"])
def test_the_page_is_easy_to_read(
    size: tuple[int, int],
    language: str,
    browse: Callable[..., Page],
    live_server: LiveServer,
    person: Person,
    licensing: Department,
) -> None:
    client = Client()
    client.force_login(person("Dora Design", Role.DESIGNER, licensing, language=language))
    page = browse(size)
    let_in(page, client, live_server.url)
    page.goto(f"{live_server.url}{reverse('designer:new', args=('licensing',))}?lang={language}")
    keep_picture(page, f"new-service-{language}-{size[0]}")
    assert problems_on(page) == []
