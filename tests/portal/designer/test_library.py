"""The library of a department: kept under a name, renamed, deleted, offered; and nobody else's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engine.audit.selectors import history
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.library import MOST_PARTS
from portal.designer.models import LibraryPart, ServiceDesign
from portal.designer.starting_points import create_service
from tests.conftest import Person
from workflows.models import Service

pytestmark = pytest.mark.django_db
FIELDS = [{"key": "dog", "type": "short_text", "label": {"en": "Name of the dog"}}]


def made(department: Department, by: User, key: str) -> Service:
    """A service from nothing."""
    return create_service(department=department, by=by, key=key, title="Dogs", languages=["en"])


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service of the department that keeps something."""
    return made(licensing, designer, "dogs")


def call(client: Client, by: User, verb: str, service: Service, **body: Any) -> dict[str, Any]:
    """The answer of a call of the editor, with its status."""
    client.force_login(by)
    address = reverse(f"designer:design-{verb}", args=(service.department.key, service.key))
    sent = client.post(address, json.dumps(body), "application/json")
    found: dict[str, Any] = {"status": sent.status_code, **sent.json()}
    return found


def test_what_is_kept_is_offered_renamed_and_deleted_and_every_act_is_recorded(
    client: Client, service: Service, designer: User, licensing: Department
) -> None:
    (part,) = call(client, designer, "keep-part", service, what="fields", name=" My  dog ", items=FIELDS)[
        "library"
    ]
    assert (part["label"], part["what"], part["items"]) == ("My dog", "fields", FIELDS)
    again = call(client, designer, "keep-part", service, what="pages", name="My dog", items=[{"fields": []}])
    assert (again["status"], again["error"]["code"]) == (409, "name_taken")
    other = made(licensing, designer, "cats")
    start = client.get(reverse("designer:design", args=("licensing", "cats"))).context["start"]
    assert [one["label"] for one in start["library"]] == ["My dog"]
    renamed = call(client, designer, "rename-part", other, id=part["id"], name="A dog")
    assert [one["label"] for one in renamed["library"]] == ["A dog"]
    assert call(client, designer, "drop-part", other, id=part["id"])["library"] == []
    assert call(client, designer, "drop-part", other, id=part["id"])["status"] == 404
    verbs = [entry.verb for entry in history("department:licensing") if entry.verb.startswith("library.")]
    assert sorted(verbs) == ["library.deleted", "library.kept", "library.renamed"]


def test_another_department_neither_sees_nor_changes_it(
    client: Client, service: Service, designer: User, person: Person, works: Department, publisher: User
) -> None:
    (part,) = call(client, designer, "keep-part", service, what="fields", name="Dog", items=FIELDS)["library"]
    stranger = person("Stan Stranger", Role.DESIGNER, works)
    own = made(works, stranger, "pipes")
    client.force_login(stranger)
    start = client.get(reverse("designer:design", args=("works", "pipes"))).context["start"]
    assert start["library"] == []
    for verb in ("rename-part", "drop-part"):
        assert call(client, stranger, verb, own, id=part["id"], name="Mine")["status"] == 404
        assert call(client, stranger, verb, service, id=part["id"], name="Mine")["status"] == 404
        assert call(client, publisher, verb, service, id=part["id"], name="Mine")["status"] == 403
    assert LibraryPart.objects.get().name == "Dog"


@pytest.mark.parametrize(
    "sent",
    [
        {"what": "cards"},
        {"name": ""},
        {"name": "x" * 81},
        {"items": []},
        {"items": "x"},
        {"items": [1]},
        {"items": [{"type": 1}]},
        {"items": FIELDS * 201},
        {"items": [{"type": "x" * 300_001}]},
        {"what": "pages"},
    ],
)
def test_what_is_no_part_is_refused(
    client: Client, service: Service, designer: User, sent: dict[str, Any]
) -> None:
    body = {"what": "fields", "name": "Dog", "items": FIELDS} | sent
    assert call(client, designer, "keep-part", service, **body)["error"]["code"] == "not_for_library"
    assert not LibraryPart.objects.exists()


def test_a_library_does_not_grow_without_end(
    client: Client, service: Service, designer: User, licensing: Department
) -> None:
    LibraryPart.objects.bulk_create(
        LibraryPart(department=licensing, what="fields", name=f"{n}", items=FIELDS, kept_by=designer)
        for n in range(MOST_PARTS)
    )
    refused = call(client, designer, "keep-part", service, what="fields", name="One more", items=FIELDS)
    assert (refused["status"], refused["error"]["code"]) == (409, "full")


def test_a_pattern_with_its_beginning_is_offered_when_a_service_is_made(
    client: Client, service: Service, designer: User
) -> None:
    nodes = ServiceDesign.objects.get().document["workflow"]["nodes"]
    nodes = [{**node, "form": "other"} if node["type"] == "start" else node for node in nodes]
    call(client, designer, "keep-part", service, what="nodes", name="Our way", items=nodes)
    call(client, designer, "keep-part", service, what="nodes", name="An end", items=nodes[-1:])
    page = client.get("/manage/licensing/new/")
    ((key, label),) = page.context["patterns"]
    assert label == "Our way"
    form = {"title": "Cats", "languages": "en", "template": key}
    assert client.post("/manage/licensing/new/", form).status_code == 302
    made_of_it = ServiceDesign.objects.get(service__key="cats").document
    assert [node["key"] for node in made_of_it["workflow"]["nodes"]] == [node["key"] for node in nodes]
    assert made_of_it["workflow"]["nodes"][0]["form"] == "application"
    wrong = client.post("/manage/licensing/new/", {**form, "title": "Birds", "template": "pattern-999"})
    assert wrong.status_code == 422
