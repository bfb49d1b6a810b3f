"""A new service from nothing: named, with its languages, and only in one's own department."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.checking import check
from portal.designer.starting_points import TEMPLATES, first_document
from tests.conftest import Person
from workflows.models import Service

TYPED = {"title": "Register a dog", "key": "", "languages": ["en", "fr"], "template": "check"}


@pytest.fixture
def designer(person: Person, licensing: Department) -> User:
    """Somebody who designs."""
    return person("Dora Design", Role.DESIGNER, licensing)


def send(client: Client, user: User, **typed: Any) -> Any:
    """Post the form as a person."""
    client.force_login(user)
    return client.post(reverse("designer:new", args=("licensing",)), {**TYPED, **typed})


def test_the_page_leads_to_the_editor_of_the_new_service(client: Client, designer: User) -> None:
    client.force_login(designer)
    assert client.get(reverse("designer:new", args=("licensing",))).status_code == 200
    answer = send(client, designer)
    assert answer.url == reverse("designer:design", args=("licensing", "register-a-dog"))
    service = Service.objects.get(key="register-a-dog")
    assert service.current is None
    page = client.get(answer.url)
    assert page.status_code == 200
    assert b'id="cwd-start"' in page.content
    listed = client.get(reverse("designer:services"))
    assert b"Register a dog" in listed.content
    assert b"Not published yet" in listed.content
    for at_once in ("try", "translations"):  # no tab of a new service leads nowhere
        page = client.get(reverse(f"designer:{at_once}", args=("licensing", "register-a-dog")))
        assert page.status_code == 200
        assert page.context["is_ahead"] is False
    assert client.get(reverse("designer:service", args=("licensing", "register-a-dog"))).status_code == 200


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("languages", [["en"], ["fr", "ar"]])
def test_every_starting_point_can_be_published_as_it_is(
    template: str, languages: list[str], licensing: Department
) -> None:
    document = first_document("dogs", "Dogs", languages, template)
    assert [one for one in check(document, licensing).problems if one.severity == "mend"] == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 200}, "title"),
        ({"key": "Not A Key"}, "key"),
        ({"key": "import"}, "key"),
        ({"title": "犬", "key": ""}, "key"),
        ({"languages": []}, "languages"),
        ({"languages": ["xx"]}, "languages"),
        ({"template": "no"}, "template"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, designer: User, typed: dict[str, Any], wrong: str
) -> None:
    answer = send(client, designer, **typed)
    assert answer.status_code == 422
    assert list(answer.context["typed"].errors) == [wrong]
    assert not Service.objects.exists()


def test_a_name_that_is_taken_is_refused(client: Client, designer: User) -> None:
    send(client, designer)
    answer = send(client, designer)
    assert answer.status_code == 422
    assert "key" in answer.context["typed"].errors


def test_script_in_a_title_is_shown_as_text(client: Client, designer: User) -> None:
    answer = send(client, designer, title="</script><script>alert(1)</script>", key="dogs")
    page = client.get(answer.url)
    assert b"<script>alert(1)" not in page.content
    assert b"</script><script>" not in page.content.replace(b"</script>\n<script", b"")


def test_a_designer_of_another_department_makes_nothing_here(
    client: Client, person: Person, works: Department, licensing: Department
) -> None:
    stranger = person("Stan Stranger", Role.DESIGNER, works)
    assert send(client, stranger).status_code == 404
    assert not Service.objects.exists()


def test_a_publisher_makes_no_services(client: Client, person: Person, licensing: Department) -> None:
    assert send(client, person("Paul Publish", Role.PUBLISHER, licensing)).status_code == 403
