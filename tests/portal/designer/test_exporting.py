"""A form of a service is taken away in the format of another system."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, let_in, problems_on
from tests.forms_library.importing.samples import XGOV
from tests.workflows.published import founder as founder
from tests.workflows.published import licence as licence
from workflows.models import Service

pytestmark = pytest.mark.django_db
ADDRESS = "/manage/licensing/trade-licence/forms/application/"
DOWNLOAD = f"{ADDRESS}download/"


def test_the_page_of_a_service_leads_to_the_exports_of_its_form(
    client: Client, designer: User, licence: Service
) -> None:
    client.force_login(designer)
    assert f'href="{ADDRESS}"' in client.get("/manage/licensing/trade-licence/").content.decode()
    page = client.get(ADDRESS).content.decode()
    for words in (
        "Caseway YAML",
        "JSON Schema",
        "XGov digital form builder",
        "Holds everything",
        "Not carried",
    ):
        assert words in page
    assert "pages[" in page


def test_a_form_is_downloaded_in_each_format(client: Client, designer: User, licence: Service) -> None:
    client.force_login(designer)
    for kind, ending in (("caseway", "yaml"), ("json_schema", "schema.json"), ("xgov", "json")):
        answer = client.post(DOWNLOAD, {"kind": kind, "version": "1", "language": "ar"})
        assert answer.status_code == 200
        assert f"trade-licence-application-1.{ending}" in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert yaml.safe_load(answer.content.decode())
    english = client.post(DOWNLOAD, {"kind": "xgov", "version": "1", "language": "en"})
    assert json.loads(answer.content) != json.loads(english.content)


@pytest.mark.parametrize("value", ["", "\x00", "<script>", "9" * 40, "-1", "../..", "٣", "nothing"])
def test_no_input_breaks_it(value: str, client: Client, designer: User, licence: Service) -> None:
    client.force_login(designer)
    for name in ("kind", "version", "language"):
        sent = {"kind": "xgov", "version": "1", "language": "en", name: value}
        assert client.post(DOWNLOAD, sent).status_code in (200, 404)
        page = client.get(ADDRESS, {name: value})
        assert page.status_code in (200, 404)
        assert "<script>" not in page.content.decode().replace("<script type", "")
    assert client.get("/manage/licensing/trade-licence/forms/nothing/").status_code == 404


@pytest.mark.parametrize("who", ["foreign_clerk", "citizen", "clerk", "auditor", "publisher"])
def test_others_are_refused(
    client: Client, request: pytest.FixtureRequest, who: str, licence: Service
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(ADDRESS).status_code in (403, 404)
    assert client.post(DOWNLOAD, {"kind": "xgov"}).status_code in (403, 404)


def test_a_designer_of_another_department_does_not_find_it(
    client: Client, person: Callable[..., User], registry: Department, licence: Service
) -> None:
    client.force_login(person("Rita Moss", Role.DESIGNER, registry))
    assert client.get(ADDRESS).status_code == 404
    assert client.post(DOWNLOAD, {"kind": "xgov"}).status_code == 404


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_page_speaks_other_languages(
    client: Client, designer: User, language: str, licence: Service
) -> None:
    client.force_login(designer)
    page = client.get(ADDRESS, headers={"accept-language": language}).content.decode()
    for english in ("Holds everything", "Download", "What it cannot hold", "Not carried", "Language, where"):
        assert english not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_both_reports_read_well(
    size: tuple[int, int],
    language: str,
    browse: Callable[..., Page],
    live_server: Any,
    client: Client,
    designer: User,
    licence: Service,
) -> None:
    client.force_login(designer)
    page = browse(size, language=language)
    let_in(page, client, live_server.url)
    page.goto(f"{live_server.url}{ADDRESS}")
    for summary in page.locator("main summary").all():
        summary.click()
    look(page, f"export-{language}-{size[0]}")
    page.goto(f"{live_server.url}/manage/licensing/import/form/")
    look(page, f"import-{language}-{size[0]}")
    page.locator(".paste summary").click()
    page.locator("#text").fill('{"mine": 1}')
    page.locator("main button[type=submit]").click()
    page.locator(".govuk-error-summary").wait_for()
    look(page, f"import-wrong-{language}-{size[0]}")
    page.locator("#text").fill(json.dumps(XGOV))
    page.locator("main button[type=submit]").click()
    page.locator(".report--done").wait_for()
    look(page, f"import-done-{language}-{size[0]}")


def look(page: Page, name: str) -> None:
    """A picture, nothing found by axe, and no scrolling sideways."""
    keep_picture(page, name)
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
