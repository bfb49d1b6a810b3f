"""The page on which somebody outside gives an opinion, without an account and without JavaScript."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import ecs_logging
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.documents.models import Document
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import plan
from tests.portal.citizen.opinions import key_in_letter, package_that_asks
from workflows import services
from workflows.models import Case, Opinion, Service, WorkItem

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Fire engines can pass."
GIVEN = {"recommendation": "in_favour", "text": WORDS}


@pytest.fixture
def stall(licensing: Department, administrator: User) -> Service:
    """The published service, which asks the fire brigade."""
    report = services.import_package(source=package_that_asks(), department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return Service.objects.get(pk=report.service.pk)


@pytest.fixture
def key(sent: Case) -> str:
    """The key in the letter about an application that was sent."""
    return key_in_letter()


@pytest.fixture
def outside() -> Client:
    """Somebody without an account."""
    return Client(raise_request_exception=False)


def send(client: Client, key: str, **more: Any) -> Any:
    return client.post("/opinion/", {"key": key, **GIVEN, **more})


def open_steps(case: Case) -> list[str]:
    return list(WorkItem.objects.filter(process=case, finished=None).values_list("node_key", flat=True))


class TestThePage:
    def test_it_shows_the_question_and_the_chosen_answers_and_no_more(
        self, key: str, outside: Client, sent: Case
    ) -> None:
        answer = outside.get("/opinion/", {"key": key})
        page = answer.content.decode()
        assert answer.status_code == 200
        for word in ("Can fire engines pass the stall?", "Goods", "Plan of the stall", sent.reference):
            assert word in page
        assert "Leila Haddad" not in page
        assert "no-store" in answer["Cache-Control"]
        assert AuditEntry.objects.filter(chain=sent.chain, verb="opinion.read").count() == 1

    def test_the_opinion_goes_to_the_department_and_the_link_ends(
        self, key: str, outside: Client, sent: Case, clerk: User
    ) -> None:
        answer = send(outside, key)
        assert (answer.status_code, answer["Location"]) == (302, "/opinion/given/")
        assert "Thank you for your opinion" in outside.get("/opinion/given/").content.decode()
        assert open_steps(sent) == ["look"]
        again = send(outside, key, text="Something else")
        assert again.status_code == 410
        assert "was given already" in again.content.decode()
        assert sent.reference not in again.content.decode()
        assert Opinion.objects.get().text == WORDS
        client = Client()
        client.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get(f"/work/cases/{sent.reference}/").content.decode()
        assert WORDS in page
        assert "The outside opinion has come: Fire brigade" in page

    def test_what_is_missing_is_said_at_once_and_what_was_typed_stays(
        self, key: str, outside: Client, sent: Case
    ) -> None:
        answer = send(outside, key, recommendation="", text="")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert page.count("Select what you recommend") == 2
        assert page.count("Enter your opinion") == 2
        assert WORDS in send(outside, key, recommendation="").content.decode()
        assert open_steps(sent) == ["fire"]

    @pytest.mark.parametrize("wrong", ["", "x", "a" * 9000, "%00", "<b>"])
    def test_a_key_that_is_none_leads_nowhere(self, wrong: str, key: str, outside: Client) -> None:
        for answer in (
            outside.get("/opinion/", {"key": wrong}),
            outside.post("/opinion/", {"key": wrong, **GIVEN}),
        ):
            assert answer.status_code == 410
            assert "does not lead anywhere" in answer.content.decode()
        assert Opinion.objects.get().given_at is None

    def test_the_secret_is_in_no_line_of_the_log(
        self,
        key: str,
        outside: Client,
        caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        with caplog.at_level(logging.INFO):
            outside.get("/opinion/", {"key": key})
            send(outside, key)
            outside.get("/opinion/", {"key": key})
        lines = [str(ecs_logging.StdlibFormatter().format(record)) for record in caplog.records]
        assert any("/opinion/" in line for line in lines)
        assert key not in "".join([*lines, *capsys.readouterr()])


class TestDocuments:
    def test_a_shown_document_is_opened_with_the_key_only(
        self, key: str, outside: Client, sent: Case
    ) -> None:
        address = f"/opinion/documents/{sent.answers['plan']['document']}/"
        opened = outside.get(address, {"key": key})
        assert opened.status_code == 200
        assert b"".join(opened.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
        assert outside.get(address).status_code == 410
        send(outside, key)
        assert outside.get(address, {"key": key}).status_code == 410

    def test_no_other_document_is_opened(
        self, key: str, outside: Client, licensing: Department, citizen: User
    ) -> None:
        other = Document.objects.create(
            department=licensing,
            owner=citizen,
            name="other.pdf",
            size=3,
            content_type="application/pdf",
            sha256="0" * 64,
            store="nas",
        )
        assert outside.get(f"/opinion/documents/{other.pk}/", {"key": key}).status_code == 404

    def test_a_file_goes_along_and_staff_of_the_department_alone_open_it(
        self, key: str, outside: Client, clerk: User, foreign_clerk: User, citizen: User
    ) -> None:
        send(outside, key, text="", file=plan("report.pdf"))
        assert "report.pdf" in outside.post("/opinion/", {"key": key}).content.decode()
        assert send(outside, key).status_code == 302
        document = Opinion.objects.get().document
        assert document is not None
        statuses = {}
        for user in (clerk, foreign_clerk, citizen):
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            statuses[user] = [
                client.get(f"/work/documents/{document.pk}/").status_code,
                client.get(f"/documents/{document.pk}/").status_code,
            ]
        assert statuses[clerk][0] == 200
        assert 200 not in statuses[foreign_clerk] + statuses[citizen]

    def test_a_file_is_replaced_and_removed(self, key: str, outside: Client) -> None:
        send(outside, key, text="", file=plan("first.pdf"))
        send(outside, key, text="", file=plan("second.pdf"))
        assert Document.objects.filter(name="first.pdf").count() == 0
        send(outside, key, remove="yes")
        assert Opinion.objects.get().document is None

    def test_a_file_that_is_none_is_refused_in_words(self, key: str, outside: Client) -> None:
        bad = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 200, "application/pdf")
        answer = send(outside, key, file=bad)
        assert answer.status_code == 422
        assert "virus.exe could not be used" in answer.content.decode()
        assert Opinion.objects.get().given_at is None


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_page_works_without_javascript_and_has_no_problem_that_axe_knows(
    size: tuple[int, int],
    language: str,
    key: str,
    sent: Case,
    browse: Callable[..., Page],
    live_server: LiveServer,
) -> None:
    looked = browse(size)
    looked.goto(f"{live_server.url}/opinion/?key={key}&lang={language}")
    keep_picture(looked, f"opinion-{language}-{size[0]}")
    assert problems_on(looked) == []
    assert not is_wider_than_the_window(looked)
    page = browse(size, javascript=False)
    page.goto(f"{live_server.url}/opinion/?key={key}&lang={language}")
    page.locator("button.govuk-button").click()
    expect(page.locator(".govuk-error-summary li")).to_have_count(2)
    page.locator("#recommendation-2").check()
    page.locator("#text").fill(WORDS)
    page.locator("button.govuk-button").click()
    page.wait_for_url("**/opinion/given/")
    keep_picture(page, f"opinion-given-{language}-{size[0]}")
    page.goto(f"{live_server.url}/opinion/?key={key}")
    keep_picture(page, f"opinion-closed-{language}-{size[0]}")
    assert open_steps(sent) == ["look"]
