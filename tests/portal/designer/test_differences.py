"""What is different between two versions: in sentences, and drawn side by side for who decides."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import open_design, publish_design, save_design
from portal.designer.differences import differences
from portal.designer.starting_points import create_service, first_document
from tests.chromium import DESKTOP, keep_picture, let_in, problems_on
from tests.conftest import Person
from workflows.models import Service

Part = dict[str, Any]
WIDE = (1920, 1080)


def changed(document: Part) -> Part:
    """A question more, one changed, one less; a step more, one changed, one less."""
    newer: Part = json.loads(json.dumps(document))
    fields = newer["forms"]["application"]["pages"][0]["fields"]
    del fields[1]
    fields[0]["hint"] = {"en": "As in your passport"}
    fields.append({"key": "chip", "type": "short_text", "label": {"en": "Number of the chip"}})
    nodes = newer["workflow"]["nodes"]
    check = next(node for node in nodes if node["key"] == "check")
    check["title"] = {"en": "Look at it closely"}
    check["outcomes"][0]["next"] = "pause"
    nodes.append(
        {
            "key": "pause",
            "type": "wait",
            "title": {"en": "Think it over"},
            "after": {"days": 1},
            "next": "approved",
        }
    )
    nodes[:] = [node for node in nodes if node["key"] != "approval"]
    return newer


def older() -> Part:
    """A document with two questions, and an approval behind the check."""
    document = first_document("dogs", "Register a dog", ["en"], "two")
    document["summary"] = {"en": "For everybody who keeps a dog."}
    fields = document["forms"]["application"]["pages"][0]["fields"]
    fields.append({"key": "dog", "type": "short_text", "label": {"en": "Name of the dog"}})
    return document


def test_each_difference_says_what_it_is_about() -> None:
    document = older()
    found = {"/".join(one["of"]): one["kind"] for one in differences(document, changed(document), "en")}
    assert found == {
        "field/application/name": "changed",
        "field/application/chip": "added",
        "field/application/dog": "removed",
        "step/check": "changed",
        "step/pause": "added",
        "step/approval": "removed",
    }
    assert differences(document, document, "en") == []


def told(before: Part, after: Part, language: str = "en") -> list[str]:
    """The sentences about what is different."""
    return [one["sentence"] for one in differences(before, after, language)]


def with_group(**inner: Any) -> Part:
    """A document with a group of one question."""
    document = older()
    held = {"key": "breed", "type": "short_text", "label": {"en": "Breed"}, **inner}
    group = {"key": "dog_details", "type": "group", "label": {"en": "The dog"}, "options": {"fields": [held]}}
    document["forms"]["application"]["pages"][0]["fields"].append(group)
    return document


def test_settings_are_told_by_their_titles_with_what_they_were_and_are() -> None:
    newer = older()
    field = newer["forms"]["application"]["pages"][0]["fields"][1]
    field |= {"required": False, "hint": {"en": "As you call it"}, "show_when": "answers.name != 'x' " * 3}
    assert told(older(), newer) == [
        'Question "Name of the dog" is changed: Must be answered (no), Hint (As you call it), Shown when'
    ]


def test_a_question_inside_a_group_is_told_by_itself_and_a_new_group_as_a_whole() -> None:
    assert told(with_group(required=True), with_group(required=False)) == [
        'Question "Breed" is changed: Must be answered (yes → no)'
    ]
    assert told(with_group(), with_group(required=False)) == [
        'Question "Breed" is changed: Must be answered (no)'
    ]
    found = differences(with_group(), with_group(required=False), "en")[0]
    assert found["of"] == ["field", "application", "dog_details", "breed"]
    assert found["path"][-3:] == ["options", "fields", 0]
    assert told(older(), with_group()) == ['Question "The dog" is new']
    assert told(with_group(), older()) == ['Question "The dog" is removed']


def test_letters_certificates_and_roles_are_called_as_people_call_them() -> None:
    newer = {
        **older(),
        "messages": {"new_message_2": {"subject": {"en": "Your dog"}, "body": {"en": "It is in."}}},
        "roles": {"inspector": {"title": {"en": "Dog inspector"}}},
    }
    assert told(older(), newer) == ['Message "Your dog" is new', 'Role "Dog inspector" is new']


@pytest.fixture
def admin(person: Person, licensing: Department) -> User:
    """Somebody who designs and publishes."""
    return person("Ada Admin", Role.ADMINISTRATOR, licensing)


@pytest.fixture
def service(admin: User, licensing: Department) -> Service:
    """A published service, of which a newer version is being made."""
    service = create_service(
        department=licensing,
        by=admin,
        key="dogs",
        title="Register a dog",
        languages=["en"],
        template="two",
    )
    design = open_design(service=service, by=admin)
    base = str(design.latest_revision_id)
    saved = save_design(service=service, by=admin, base=base, document=older())
    publish_design(service=service, by=admin, note="")
    base = str(saved.design.latest_revision_id)
    save_design(service=service, by=admin, base=base, document=changed(saved.design.document))
    return service


@pytest.mark.django_db
def test_what_is_live_is_handed_out_to_the_department_alone(
    service: Service, admin: User, client: Client, person: Person, works: Department
) -> None:
    address = reverse("designer:design-versions", args=("licensing", "dogs"))
    client.force_login(admin)
    before = client.get(address).json()["before"]
    assert [step["key"] for step in before["workflow"]["nodes"]][2] == "approval"
    client.force_login(person("Stan Stranger", Role.ADMINISTRATOR, works))
    assert client.get(address).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESKTOP, WIDE], ids=["desktop", "wide"])
def test_old_and_new_stand_side_by_side_and_the_workflow_is_drawn(
    size: tuple[int, int],
    service: Service,
    admin: User,
    browse: Callable[..., Page],
    live_server: LiveServer,
) -> None:
    client = Client()
    client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browse(size)
    let_in(page, client, live_server.url)
    page.goto(f"{live_server.url}{reverse('designer:design', args=('licensing', 'dogs'))}#versions")
    rows = page.locator(".cwd-beside tbody tr")
    expect(rows).to_have_count(3)
    left, right = rows.locator("td:first-child"), rows.locator("td:last-child")
    expect(left).to_have_text(["Full nameChanged", "Name of the dogRemoved", "Not asked"])
    expect(right).to_contain_text(
        ["Full nameAs in your passportChanged", "Not asked any more", "Number of the chipAdded"]
    )
    steps = page.locator(".cwd-plan__step")
    expect(steps.filter(has_text="Removed")).to_contain_text("Approve")
    expect(steps.filter(has_text="Added")).to_contain_text("Think it over")
    expect(steps.filter(has_text="Changed")).to_contain_text("Look at it closely")
    expect(page.get_by_text("3 steps are different")).to_be_visible()
    keep_picture(page, f"versions-beside-{size[0]}")
    page.locator(".cwd-plan").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    keep_picture(page, f"versions-plan-{size[0]}")
    assert problems_on(page) == []
