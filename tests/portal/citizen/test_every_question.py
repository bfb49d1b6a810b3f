"""Every kind of question in a real browser: by keyboard, phone and desktop, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import Department, User
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.every_question import Typist, package, pages, question_of
from workflows import services
from workflows.models import Draft, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def begun(licensing: Department, administrator: User, citizen: User) -> Draft:
    """A draft of the service that asks everything."""
    report = services.import_package(source=package(), department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return services.start_draft(citizen, Service.objects.get(pk=report.service.pk), "en")


@pytest.fixture
def visit(begun: Draft, citizen: User, live_server: Any, browse: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the first page of the draft in a language."""

    def go(size: tuple[int, int], language: str, *, javascript: bool) -> Page:
        page = browse(size, language=language, javascript=javascript)
        session = Client()
        session.force_login(citizen, backend=BACKEND)
        cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(f"{live_server.url}/apply/d/{begun.pk}/page_0/?lang={language}")
        return page

    return go


def look(page: Page, name: str, *, javascript: bool) -> None:
    """A picture, nothing found by axe, and no scrolling sideways."""
    keep_picture(page, name)
    if javascript:
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)


@pytest.mark.parametrize(
    ("size", "language", "javascript"),
    [
        pytest.param(PHONE, "en", True, id="phone-english", marks=pytest.mark.slow),
        pytest.param(PHONE, "en", False, id="phone-english-without-script"),
        pytest.param(PHONE, "ar", True, id="phone-arabic"),
        pytest.param(PHONE, "ar", False, id="phone-arabic-without-script", marks=pytest.mark.slow),
        pytest.param(DESKTOP, "en", True, id="desktop-english", marks=pytest.mark.slow),
        pytest.param(DESKTOP, "ar", True, id="desktop-arabic", marks=pytest.mark.slow),
    ],
)
def test_every_question_is_answered_by_keyboard(
    visit: Callable[..., Page],
    begun: Draft,
    tmp_path: Path,
    size: tuple[int, int],
    language: str,
    *,
    javascript: bool,
) -> None:
    page = visit(size, language, javascript=javascript)
    typist = Typist(page, tmp_path)
    name = f"{language}-{size[0]}{'' if javascript else '-plain'}"
    for number, asked in enumerate(pages()):
        assert page.url.partition("?")[0].endswith(f"/page_{number}/")
        typist.go_on()  # with nothing answered
        assert page.locator(".govuk-error-summary").count() == 1
        look(page, f"every-{name}-{number}-wrong", javascript=javascript)
        answer_all(typist, asked["fields"], language)
        look(page, f"every-{name}-{number}", javascript=javascript)
        typist.go_on()
        if page.locator('.govuk-error-summary a[href="#q_lookup-value"]').count():
            # no register may be asked in the tests, so it counts as down, and the value is typed
            typist.fill("q_lookup-value", ["Olive Ltd"])
            typist.go_on()
        assert page.locator(".govuk-error-summary").all_inner_texts() == []
    assert "/check/" in page.url
    look(page, f"every-{name}-check", javascript=javascript)
    begun.refresh_from_db()
    assert {entry["key"] for entry in typed_fields()} <= set(begun.answers)


def typed_fields() -> list[dict[str, Any]]:
    """The fields that a person answers."""
    fields = [(entry, question_of(entry)) for asked in pages() for entry in asked["fields"]]
    return [entry for entry, question in fields if question.has_answer and not question.computed]


def answer_all(typist: Typist, fields: list[dict[str, Any]], language: str) -> None:
    """Answer the questions of a page from the top down."""
    typed = {entry["key"] for entry in typed_fields()}
    for entry in fields:
        if entry["key"] in typed:
            typist.answer(entry, language)
