"""Script in every text of a service: in designer, portal and workbench nothing of it runs."""

# ruff: noqa: F401, F811 - fixtures are imported, and named again by who asks for them
from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from engine.departments.models import User
from portal.pages.first_pages import publish_first_pages
from tests.hostile.script import MARK, Runs, licence, nothing_runs
from tests.portal.clerk.conftest import (
    _fresh_calendars,
    answers,
    apply,
    case,
    founder,
    item_at,
    licence_answers,
    plan,
    sign_in,
)
from workflows import services
from workflows.models import Case, Service

pytestmark = pytest.mark.django_db


def test_the_check_itself_finds_script() -> None:
    parser = Runs()
    parser.feed(f"<p>{MARK}</p><a href=' javascript:x'>")
    assert len(parser.found) == 5


def pages_of_designers(service: Service) -> Iterator[str]:
    """The addresses at which designers read the texts of a service."""
    names = ("licensing", service.key)
    yield reverse("designer:services")
    for name in ("service", "design", "translations", "try"):
        yield reverse(f"designer:{name}", args=names)


def test_nothing_runs_in_the_designer(
    licence: Service,
    founder: User,
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(founder)
    for address in pages_of_designers(licence):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "alert(1)" in answer.content.decode(), address
        nothing_runs(answer.content.decode(), address)


def test_the_editor_hands_texts_to_its_script_as_data(
    licence: Service,
    founder: User,
    sign_in: Callable[[User], Client],
) -> None:
    page = sign_in(founder).get(reverse("designer:design", args=("licensing", licence.key))).content.decode()
    data = page.partition('type="application/json">')[2].partition("</script>")[0]
    assert json.loads(data)["document"]["title"]["en"].endswith(MARK)


def test_nothing_runs_in_the_preview_of_any_page(
    licence: Service,
    founder: User,
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(founder)
    assert licence.current is not None
    package = licence.current.package
    address = reverse("designer:design-preview", args=("licensing", licence.key))
    for form_key, form in package["forms"].items():
        for page in form["pages"]:
            body = {
                "document": package,
                "form": form_key,
                "page": page["key"],
                "language": "en",
                "errors": True,
            }
            answer = client.post(address, json.dumps(body), content_type="application/json")
            assert answer.status_code == 200, answer.content
            nothing_runs(answer.json()["html"], f"{form_key} {page['key']}")


def test_nothing_runs_in_the_portal(
    licence: Service,
    case: Case,
    citizen: User,
    sign_in: Callable[[User], Client],
) -> None:
    publish_first_pages()
    client = sign_in(citizen)
    draft = services.start_draft(citizen, licence, "en")
    assert licence.current is not None
    pages = [page["key"] for page in licence.current.package["forms"]["application"]["pages"]]
    addresses = [
        "/services/",
        f"/licensing/{licence.key}/",
        reverse("citizen:applications"),
        reverse("citizen:application", args=(case.reference,)),
        reverse("citizen:page", args=(draft.pk, pages[0])),
        reverse("citizen:check", args=(draft.pk,)),
    ]
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        nothing_runs(answer.content.decode(), address)
    sent = client.post(reverse("citizen:page", args=(draft.pk, pages[0])), {"page-revision": draft.revision})
    nothing_runs(sent.content.decode(), "a page with errors")


def test_nothing_runs_in_the_workbench(
    case: Case,
    clerk: User,
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(clerk)
    for name, args in (
        ("queue", ()),
        ("cases", ()),
        ("case", (case.reference,)),
        ("diagram", (case.reference,)),
        ("history", (case.reference,)),
        ("why_questions", (case.reference,)),
    ):
        answer = client.get(reverse(f"clerk:{name}", args=args), follow=True)
        assert answer.status_code == 200, name
        nothing_runs(answer.content.decode(), name)


def test_nothing_runs_in_the_preview_of_a_letter(
    licence: Service,
    founder: User,
    sign_in: Callable[[User], Client],
) -> None:
    client = sign_in(founder)
    assert licence.current is not None
    address = reverse("designer:design-message", args=("licensing", licence.key))
    for key in licence.current.package["messages"]:
        for language in ("en", "ar"):
            body = {"document": licence.current.package, "key": key, "language": language}
            answer = client.post(address, json.dumps(body), content_type="application/json")
            assert "alert(1)" in answer.json()["html"]
            nothing_runs(answer.json()["html"], f"{key} {language}")
