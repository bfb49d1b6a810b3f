"""What is known already: offered with its source, or only read; kept whatever is posted."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import Department, User
from engine.lookups.client import Found, LookupAway
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Draft, Service
from workflows.services import register_answers

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ASK = {
    "address": "https://register.example.org/{key}",
    "key": "answers.number",
    "name": {"en": "the Companies Register", "fr": "Registre des sociétés", "ar": "سجل الشركات"},
}
PAGES = [
    {"key": "first", "title": "Your company", "fields": [
        {"key": "number", "type": "short_text", "label": "Number of the company"},
        {"key": "mail", "type": "email", "label": "Your e-mail address",
         "prefill": {"from": "profile.email", "changeable": False}},
    ]},
    {"key": "second", "title": "About the company", "fields": [
        {"key": "company", "type": "short_text", "label": "Name of the company", "data_class": "public",
         "prefill": {"from": "register.name", "ask": ASK, "changeable": False}},
        {"key": "town", "type": "short_text", "label": "Town", "data_class": "public",
         "prefill": {"from": "register.town", "ask": ASK}},
        {"key": "oil", "type": "short_text", "label": "Which oil do you press?",
         "show_when": 'answers.company == "Olive Ltd"'},
    ]},
]  # fmt: skip
SAID = {"1": {"name": "Olive Ltd", "town": "Harbour"}, "2": {"name": "Palm Ltd", "town": "Hill"}}


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that knows two companies."""
    monkeypatch.setattr(register_answers, "look_up", lambda address, key: Found(SAID.get(key)))


@pytest.fixture
def begun(register: None, licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft of a service that knows some answers."""
    package = deepcopy(PACKAGE)
    package["forms"]["application"]["pages"] = PAGES
    package["summary_fields"] = []
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")


@pytest.fixture
def send(browser: Client, begun: Draft) -> Callable[..., Any]:
    """Posts a page of that draft."""

    def post(page: str, **data: str) -> Any:
        begun.refresh_from_db()
        return browser.post(f"/apply/d/{begun.pk}/{page}/", {"page-revision": begun.revision, **data})

    return post


def text_of(page: Any) -> str:
    return str(page.content.decode())


def test_what_cannot_be_changed_is_read_and_what_can_is_offered_with_its_source(
    browser: Client, begun: Draft, send: Callable[..., Any]
) -> None:
    first = text_of(browser.get(f"/apply/d/{begun.pk}/first/"))
    assert 'name="mail"' not in first
    assert "leila.haddad@example.org" in first
    assert "From your profile. It cannot be changed here." in first
    send("first", number="1")
    second = text_of(browser.get(f"/apply/d/{begun.pk}/second/"))
    assert 'name="company"' not in second
    assert "Olive Ltd" in second
    assert "From the Companies Register, " in second
    assert "have it corrected there first" in second
    assert 'value="Harbour"' in second
    assert "<strong><bdi>Town</bdi></strong> (from the Companies Register)" in second
    assert 'name="oil"' in second  # it rests on the answer that is only read


def test_what_is_only_read_counts_while_the_page_is_judged_and_cannot_be_posted(
    send: Callable[..., Any], begun: Draft
) -> None:
    send("first", number="1", mail="other@example.org")
    page = text_of(send("second", company="Mine", town="Harbour", oil=""))
    assert 'href="#oil"' in page
    assert 'href="#company"' not in page
    assert send("second", company="Mine", town="Elsewhere", oil="green").status_code == 302
    begun.refresh_from_db()
    assert begun.answers == {
        "number": "1", "mail": "leila.haddad@example.org", "company": "Olive Ltd",
        "town": "Elsewhere", "oil": "green",
    }  # fmt: skip


def test_reacting_and_keeping_know_it_too(browser: Client, send: Callable[..., Any], begun: Draft) -> None:
    send("first", number="1")
    address = f"/apply/d/{begun.pk}/second/"
    page = text_of(browser.post(address, {"company": "Mine", "town": ""}, HTTP_HX_REQUEST="true"))
    assert 'name="oil"' in page
    assert 'name="company"' not in page
    begun.refresh_from_db()
    kept = browser.post(
        address, {"page-typed": "yes", "company": "Mine", "town": "Hil", "page-revision": begun.revision}
    )
    assert kept.status_code == 200
    begun.refresh_from_db()
    assert "company" not in begun.raw["second"]


def test_another_number_leads_back_to_the_page_that_it_changes(
    browser: Client, send: Callable[..., Any], begun: Draft
) -> None:
    send("first", number="1")
    send("second", town="Harbour", oil="green")
    assert send("first", number="2", **{"page-to": "check"})["Location"].endswith("/second/")
    page = text_of(browser.get(f"/apply/d/{begun.pk}/second/"))
    assert "Palm Ltd" in page
    assert 'value="Hill"' in page
    assert 'name="oil"' not in page


def test_without_the_register_everything_is_typed(
    monkeypatch: pytest.MonkeyPatch, browser: Client, send: Callable[..., Any], begun: Draft
) -> None:
    def away(address: str, key: str) -> Found:
        raise LookupAway("down")

    monkeypatch.setattr(register_answers, "look_up", away)
    send("first", number="1")
    assert 'name="company"' in text_of(browser.get(f"/apply/d/{begun.pk}/second/"))
    assert send("second", company="Mine", town="Here").status_code == 302


def test_the_clerk_reads_where_it_is_from(send: Callable[..., Any], begun: Draft, clerk: User) -> None:
    send("first", number="1")
    send("second", town="Elsewhere", oil="green")
    begun.refresh_from_db()
    case = services.submit(begun, by=begun.owner)
    client = Client()
    client.force_login(clerk, backend=BACKEND)
    page = text_of(client.get(f"/work/cases/{case.reference}/"))
    assert "From the Companies Register, " in page
    assert ", changed by the applicant" in page


def test_a_page_with_registers_costs_few_queries(
    browser: Client, begun: Draft, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser.get(f"/apply/d/{begun.pk}/first/")
    with django_assert_max_num_queries(8):  # what a page costs, and writing what the register said
        browser.post(f"/apply/d/{begun.pk}/first/", {"number": "1", "page-revision": "0"})
    begun.refresh_from_db()
    with django_assert_max_num_queries(4):  # nothing new to ask
        browser.post(f"/apply/d/{begun.pk}/first/", {"number": "1", "page-revision": begun.revision})
    with django_assert_max_num_queries(3):
        browser.get(f"/apply/d/{begun.pk}/second/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_what_is_known_reads_well(
    size: tuple[int, int],
    language: str,
    browse: Callable[..., Page],
    live_server: Any,
    send: Callable[..., Any],
    begun: Draft,
    browser: Client,
) -> None:
    send("first", number="1")
    page = browse(size, language=language)
    session = browser.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    for key in ("first", "second"):
        page.goto(f"{live_server.url}/apply/d/{begun.pk}/{key}/?lang={language}")
        keep_picture(page, f"known-{key}-{language}-{size[0]}")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
