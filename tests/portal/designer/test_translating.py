"""Translations through the browser: figures, files out, files in, and nobody else."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import User
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, let_in, problems_on
from workflows.models import Service

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/dog-licence/translations/"
SERVICE_PAGE = "/manage/licensing/dog-licence/"
SECOND_FORM = """
  visit:
    title: Visit of the keeper
    pages:
      - key: seen
        title: What was seen
        fields: [{key: fence, type: yes_no, label: Is there a fence?, data_class: public}]
workflow:
"""
HEAD = "path,source,language,translation\n"


@pytest.fixture
def imported(client: Client, designer: User, package: str) -> Client:
    client.force_login(designer)
    text = package.replace("[en]", "[en, fr]").replace("title: Your dog", "title: {en: Your dog}")
    assert client.post("/manage/licensing/import/", {"text": text}).status_code == 302
    return client


def send(client: Client, text: str | bytes, name: str = "fr.csv") -> str:
    data = text.encode() if isinstance(text, str) else text
    answer = client.post(PAGE + "import/", {"file": SimpleUploadedFile(name, data)}, follow=True)
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def test_the_page_names_what_is_missing_and_what_is_shown_instead(imported: Client) -> None:
    page = imported.get(PAGE).content.decode()
    assert "forms/application/pages/dog/title" in page
    assert "English (1)" in page
    assert "Your dog" in page
    assert "translations/" in imported.get("/manage/licensing/dog-licence/").content.decode()


@pytest.mark.parametrize(
    ("kind", "word"), [("csv", "translation"), ("xliff", "trans-unit"), ("xliff2", "segment")]
)
def test_texts_go_out(imported: Client, kind: str, word: str) -> None:
    answer = imported.get(f"{PAGE}{kind}/fr/")
    assert word in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]


def test_translations_come_back(imported: Client) -> None:
    page = send(imported, HEAD + "forms/application/pages/dog/title,Your dog,fr,Votre chien\n")
    assert "1 translation was taken" in page
    working = Service.objects.get(key="dog-licence").working
    assert working is not None
    assert working["forms"]["application"]["pages"][0]["title"] == {"en": "Your dog", "fr": "Votre chien"}


def test_what_was_not_simply_taken_is_listed(imported: Client) -> None:
    rows = "forms/application/pages/dog/title,Your cat,fr,Votre chat\nnone/title,x,fr,y\n"
    page = send(imported, HEAD + rows)
    assert "marked as stale" in page
    assert "has no such text" in page
    assert "Stale" in imported.get(PAGE).content.decode()


@pytest.mark.parametrize("text", [b"\xff\xfe", "nonsense", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", ""])
def test_what_is_no_such_file_is_said(imported: Client, text: str | bytes) -> None:
    assert "The file was not taken" in send(imported, text or " ")


def test_without_a_file_it_is_said(imported: Client) -> None:
    assert imported.post(PAGE + "import/").status_code == 422


def test_a_text_from_a_file_is_never_markup(imported: Client) -> None:
    page = send(imported, HEAD + "<script>alert(1)</script>,x,fr,y\n")
    assert "<script>alert" not in page


@pytest.mark.parametrize("who", ["clerk", "foreign_clerk", "citizen", "auditor", "publisher"])
def test_who_does_not_design_is_refused(imported: Client, request: pytest.FixtureRequest, who: str) -> None:
    imported.force_login(request.getfixturevalue(who))
    for path in (PAGE, PAGE + "csv/fr/"):
        assert imported.get(path).status_code in (403, 404)
    assert imported.post(PAGE + "import/").status_code in (403, 404)


@pytest.mark.parametrize("path", ["pdf/fr/", "csv/de/", "csv/en/"])
def test_what_is_not_there_is_not_found(imported: Client, path: str) -> None:
    assert imported.get(PAGE + path).status_code == 404


@pytest.fixture
def signed_in(client: Client, designer: User, package: str) -> Client:
    """The browser of a designer whose service has two forms, and texts that are missing."""
    client.force_login(designer)
    package = package.replace("\nworkflow:\n", SECOND_FORM).replace(
        "role: clerk", "role: clerk\n      form: visit"
    )
    text = package.replace("[en]", "[en, fr, ar]").replace("title: Your dog", "title: {en: Your dog}")
    assert client.post("/manage/licensing/import/", {"text": text}).status_code == 302
    return client


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_a_problem_that_axe_knows(
    live_server: LiveServer,
    browse: Callable[..., Page],
    signed_in: Client,
    size: tuple[int, int],
    language: str,
) -> None:
    page, found = browse(size, language=language), {}
    let_in(page, signed_in, live_server.url, language=language)
    paths = {"services": "/manage/", "service": SERVICE_PAGE, "translations": f"{SERVICE_PAGE}translations/"}
    for name, path in paths.items():
        page.goto(live_server.url + path)
        keep_picture(page, f"designer-{name}-{language}-{size[0]}")
        assert page.locator("html").get_attribute("lang") == language
        if problems := problems_on(page):
            found[name] = problems
        if is_wider_than_the_window(page):
            found[name] = [*problems, "scrolls sideways"]
    assert not found
