"""A row goes only when a person said so twice; until then it stays, with its files and all that is typed."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from tests.chromium import PHONE, is_wider_than_the_window, keep_picture
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import plan
from tests.portal.citizen.first_page import Send
from tests.portal.citizen.first_page import send as send
from workflows.models import Draft

pytestmark = pytest.mark.django_db
PETS = {"key": "pets", "type": "repeating_group", "label": "Pets", "required": False, "options": {
    "fields": [{"key": "pet", "type": "short_text", "label": "Pet"}], "item_label": "Pet"}}  # fmt: skip
CHILDREN: list[dict[str, Any]] = [
    {"key": "before", "type": "short_text", "label": "Before"},
    {"key": "children", "type": "repeating_group", "label": "Your children", "options": {
        "item_label": "Child", "fields": [
            {"key": "name", "type": "short_text", "label": "Name"},
            {"key": "proof", "type": "file", "label": "Proof", "required": False},
            PETS,
        ]}},
]  # fmt: skip
ROWS = {
    "before": "typed <b>",
    "children-0-_": "1",
    "children-0-name": "Noor",
    "children-1-_": "1",
    "children-1-name": "Sami",
}
REMOVE = {"children-0-remove": "1"}


def hidden(page: str) -> dict[str, str]:
    """What the page that asks would send again."""
    form = page[page.index("<form", page.index("<main")) :]
    found = re.findall(r'type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_the_button_asks_and_takes_nothing_away(send: Send) -> None:
    page = send(CHILDREN, **ROWS, **REMOVE)
    assert "<h1" in page
    assert "Remove Child 1?" in page
    assert "<bdi>Noor</bdi>" in page
    assert "Sami" not in page[: page.index("<form", page.index("<main"))]
    assert [row["name"] for row in Draft.objects.get().raw["first"]["children"]] == ["Noor", "Sami"]


def test_yes_removes_the_row_and_everything_else_stays(send: Send) -> None:
    asks = send(CHILDREN, **ROWS, **REMOVE)
    page = send(**{**hidden(asks), **REMOVE})
    assert "Noor" not in page
    assert 'value="Sami"' in page
    assert 'value="typed &lt;b&gt;"' in page
    assert page.count(" autofocus") == 1


def test_no_keeps_the_row_and_goes_back_to_its_button(send: Send) -> None:
    asks = send(CHILDREN, **ROWS, **REMOVE)
    page = send(**{**hidden(asks), "children-0-_stay": "1"})
    assert 'value="Noor"' in page
    assert 'value="Sami"' in page
    assert ' autofocus name="children-0-remove"' in page
    assert "govuk-error" not in page


def test_a_file_that_came_with_the_button_is_kept_and_said_to_go_with_its_row(send: Send) -> None:
    asks = send(CHILDREN, **ROWS, **REMOVE, **{"children-0-proof": plan("noor.pdf")})
    assert "Its files are removed too." in asks
    page = send(**{**hidden(asks), "children-0-_stay": "1"})
    assert "noor.pdf" in page
    asks = send(**ROWS, **{"children-1-remove": "1"})
    assert "Remove Child 2?" in asks
    page = send(**{**hidden(asks), "children-1-remove": "1"})
    assert "noor.pdf" in page
    assert "Sami" not in page


def test_nobody_is_asked_about_a_blank_row(send: Send) -> None:
    fields = [
        {**CHILDREN[1], "options": {**CHILDREN[1]["options"], "fields": CHILDREN[1]["options"]["fields"][:1]}}
    ]
    rows = {"children-0-_": "1", "children-0-name": " ", "children-1-_": "1", "children-1-name": "Sami"}
    page = send(fields, **rows, **REMOVE)
    assert "Remove Child" not in page[: page.index("</h1>")]
    assert 'name="children-1-name"' not in page
    assert 'value="Sami"' in page


def test_a_row_in_a_row_is_asked_about_too(send: Send) -> None:
    deep = {"children-1-pets-0-_": "1", "children-1-pets-0-pet": "Rex"}
    asks = send(CHILDREN, **ROWS, **deep, **{"children-1-pets-0-remove": "1"})
    assert "Remove Pet 1?" in asks
    page = send(**{**hidden(asks), "children-1-pets-0-remove": "1"})
    assert "Rex" not in page
    assert 'value="Sami"' in page


@pytest.mark.parametrize(
    "name",
    ["children-9-remove", "children-x-remove", "-0-remove", "children-0-name-remove", "nobody-0-remove"],
)
def test_a_button_that_is_not_there_breaks_nothing(send: Send, name: str) -> None:
    page = send(CHILDREN, **ROWS, **{name: "1"})
    assert page.endswith("/papers/") or "<h1" in page


def test_a_page_kept_while_signed_out_asks_again_before_it_removes(send: Send, citizen: Any) -> None:
    send(CHILDREN, **ROWS)
    draft, other = Draft.objects.get(), Client()
    other.post(f"/apply/d/{draft.pk}/first/", {**ROWS, **REMOVE, "page-revision": draft.revision})
    kept = dict(other.session["kept_page"])
    other.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = other.session
    session["kept_page"] = kept
    session.save()
    page = other.get(f"/apply/d/{draft.pk}/first/").content.decode()
    assert 'value="Noor"' in page
    assert 'value="Sami"' in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_without_javascript_is_asked_too(
    send: Send, browser: Client, browse: Any, live_server: Any, language: str
) -> None:
    send([{**CHILDREN[1], "required": False}])
    draft = Draft.objects.get()
    browser.post(f"/apply/d/{draft.pk}/first/", {"page-revision": draft.revision})
    page = browse(PHONE, language=language, javascript=False)
    cookie = {"name": "sessionid", "value": browser.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/apply/d/{draft.pk}/first/")
    assert page.locator(".cw-none").count() == 1
    keep_picture(page, f"no-row-{language}")
    page.locator(".cw-add").click()
    page.locator("#children-0-name").fill("Noor")
    page.locator("#children-0 .cw-remove[name=children-0-remove]").click()
    assert not is_wider_than_the_window(page)
    keep_picture(page, f"remove-row-{language}")
    page.locator("[name=children-0-_stay]").click()
    assert page.locator("#children-0-name").input_value() == "Noor"
    keep_picture(page, f"row-kept-{language}")
    page.locator(".cw-remove[name=children-0-remove]").click()
    page.locator("button.govuk-button--warning").click()
    assert page.locator("#children-0-name").count() == 0
