"""Every address of citizens in a real browser: axe, both widths, both directions, without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import User
from engine.documents.models import Certificate
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import plan
from workflows import services
from workflows.models import Case, Draft, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Open = Callable[..., Page]


@pytest.fixture
def open_as_citizen(browse: Open, live_server: LiveServer, citizen: User) -> Open:
    """A browser in which the citizen is signed in, in one language."""

    def start(size: tuple[int, int], *, javascript: bool = True, language: str = "en") -> Page:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(citizen.pk), BACKEND
        session[HASH_SESSION_KEY] = citizen.get_session_auth_hash()
        session.create()
        page = browse(size, javascript=javascript)
        named = {
            settings.SESSION_COOKIE_NAME: str(session.session_key),
            settings.LANGUAGE_COOKIE_NAME: language,
        }
        page.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in named.items()]
        )
        return page

    return start


class Looker:
    """Looks at pages and collects what is wrong with them."""

    def __init__(self, page: Page, base: str, suffix: str) -> None:
        self.page, self.base, self.suffix = page, base, suffix
        self.found: dict[str, list[str]] = {}
        page.on("console", lambda said: self._heard(said.type, said.text))

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "404" not in text:
            self.found.setdefault("console", []).append(text)

    def go(self, path: str, name: str) -> None:
        self.page.goto(self.base + path)
        self.look(name)

    def look(self, name: str) -> None:
        keep_picture(self.page, f"{name}-{self.suffix}")
        problems = problems_on(self.page)
        if is_wider_than_the_window(self.page):
            problems.append("scrolls sideways")
        if problems:
            self.found[name] = problems


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_no_page_has_a_problem_that_axe_knows(
    size: tuple[int, int],
    language: str,
    open_as_citizen: Open,
    live_server: LiveServer,
    returned: Case,
    stall: Service,
    citizen: User,
    certificate: Certificate,
) -> None:
    at = Looker(open_as_citizen(size, language=language), live_server.url, f"{language}-{size[0]}")
    press = at.page.locator("main form button.govuk-button")
    at.go("/apply/licensing/stall/", "start")
    press.last.click()
    at.look("question")
    press.last.click()
    at.look("question-with-errors")
    at.page.locator("#owner").fill("Leila Haddad")
    press.last.click()
    at.page.locator("input[value=food]").check()
    press.last.click()
    at.look("new-question")
    at.page.locator("input[value=goods]").check()
    press.last.click()
    at.page.locator("#plan").set_input_files(
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": plan().read()}
    )
    expect(at.page.locator(".cw-sending")).to_have_count(0)
    press.last.click()
    at.look("check")
    press.last.click()
    at.look("sent")
    at.go("/applications/", "applications")
    at.go(f"/applications/{returned.reference}/", "application")
    press.first.click()
    at.look("correction")
    at.go(f"/applications/{returned.reference}/withdraw/", "withdraw")
    at.go("/verify/?code=x", "verify")
    at.go("/verify/2222-2222/", "verify-unknown")
    at.go("/verify/7Q4K-M2XD/", "verify-valid")
    Certificate.objects.update(state="revoked", revoked_at=timezone.now(), revoke_reason="Issued by mistake")
    at.go("/verify/7Q4K-M2XD/", "verify-revoked")
    at.go("/no/such/page/", "not-found")
    assert not at.found


def test_everything_works_without_javascript(
    open_as_citizen: Open, live_server: LiveServer, stall: Service, tmp_path: Path
) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(plan().read())
    page = open_as_citizen(PHONE, javascript=False)
    page.goto(live_server.url + "/apply/licensing/stall/")
    follow(page.get_by_role("button", name="Start now"))
    page.get_by_label("Your name").fill("Leila Haddad")
    follow(page.get_by_role("button", name="Continue"))
    page.get_by_label("Goods").check()
    follow(page.get_by_role("button", name="Save and come back later"))
    assert "/come-back/" in page.url
    follow(page.locator("main").get_by_role("link", name="My applications"))
    follow(page.get_by_role("link", name="Continue"))
    page.locator("input[type=file]").set_input_files(file)
    follow(page.get_by_role("button", name="Continue"))
    follow(page.get_by_role("link", name="Français"))
    follow(page.get_by_role("button", name="Envoyer la demande"))
    assert "Demande envoyée" in page.locator("h1").inner_text()
    assert Case.objects.get().language == "en"


def follow(leads: Locator) -> None:
    """Press what brings another page, and wait for it."""
    with leads.page.expect_navigation():
        leads.click()


def test_a_person_with_a_keyboard_is_taken_to_what_is_wrong(
    open_as_citizen: Open, live_server: LiveServer, draft: Draft
) -> None:
    page = open_as_citizen(DESKTOP)
    page.goto(f"{live_server.url}/apply/d/{draft.pk}/about_you/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.locator("#owner").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#owner")).to_be_focused()


def test_two_windows_make_one_case(
    open_as_citizen: Open, live_server: LiveServer, filled: Draft, citizen: User
) -> None:
    first = open_as_citizen(DESKTOP)
    second = first.context.new_page()
    for window in (first, second):
        window.goto(f"{live_server.url}/apply/d/{filled.pk}/check/")
    for window in (first, second):
        window.get_by_role("button", name="Send application").click()
        expect(window.locator("h1")).to_contain_text("Application sent")
    first.go_back()
    assert Case.objects.count() == 1
    assert services.unsent_drafts(citizen) == []
