"""The calls of the editor: saving, merging, checking, rules, preview, presence, publishing, restoring."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engine.audit.selectors import history
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.conftest import Person
from workflows.models import Service
from workflows.services.packages import import_package

Part = dict[str, Any]
CALLS = (
    "save",
    "check",
    "preview",
    "certificate",
    "message",
    "rule",
    "presence",
    "ask",
    "vote",
    "publish",
    "restore",
    "keep-part",
    "rename-part",
    "drop-part",
)


@pytest.fixture
def designer(person: Person, licensing: Department) -> User:
    """Somebody who designs, and may not publish."""
    return person("Dora Design", Role.DESIGNER, licensing)


@pytest.fixture
def publisher(person: Person, licensing: Department) -> User:
    """Somebody who publishes."""
    return person("Paul Publish", Role.PUBLISHER, licensing)


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made from nothing."""
    return create_service(
        department=licensing,
        by=designer,
        key="dogs",
        title="Register a dog",
        languages=["en"],
        template="check",
    )


@pytest.fixture
def call(client: Client, designer: User) -> Callable[..., tuple[int, Part]]:
    """Posts JSON as a person and gives status and answer."""

    def send(name: str, body: Any = None, *, by: User = designer, key: str = "dogs") -> tuple[int, Part]:
        client.force_login(by)
        address = reverse(f"designer:design-{name}", args=("licensing", key))
        data = body if isinstance(body, (str, bytes)) else json.dumps(body or {})
        answer = client.post(address, data, content_type="application/json")
        return answer.status_code, answer.json()

    return send


def opened(client: Client, by: User, service: Service) -> Part:
    """What the client starts with."""
    client.force_login(by)
    page = client.get(reverse("designer:design", args=("licensing", service.key)))
    assert page.status_code == 200
    found: Part = page.context["start"]
    return found


def questions(document: Part) -> list[Part]:
    """The questions of the first page."""
    found: list[Part] = document["forms"]["application"]["pages"][0]["fields"]
    return found


def test_a_new_service_opens_in_the_editor_with_nothing_to_mend(
    client: Client, designer: User, service: Service
) -> None:
    start = opened(client, designer, service)
    assert [one for one in start["problems"] if one["severity"] == "mend"] == []
    assert start["may"] == {"design": True, "publish": False, "ask": True}
    assert start["service"]["version_being_made"] == 1
    assert len(start["checklist"]) == 9
    assert set(CALLS) < set(start["urls"])


def test_what_is_saved_becomes_the_unpublished_package(
    client: Client, designer: User, service: Service, call: Any
) -> None:
    start = opened(client, designer, service)
    document = start["document"]
    questions(document).append({"key": "dog", "type": "short_text", "label": {"en": "Name of the dog"}})
    status, saved = call("save", {"base": start["revision"], "document": document})
    assert status == 200
    assert saved["merged"] == []
    assert saved["revision"] != start["revision"]
    service.refresh_from_db()
    assert service.working is not None
    assert questions(service.working)[-1]["key"] == "dog"
    assert opened(client, designer, service)["revision"] == saved["revision"]
    assert "service.designed" in {entry.verb for entry in history("department:licensing")}


def test_an_incomplete_draft_is_kept_and_the_last_complete_package_stays(
    client: Client, designer: User, service: Service, call: Any
) -> None:
    start = opened(client, designer, service)
    call("save", {"base": start["revision"], "document": {**start["document"], "summary": "Short"}})
    start = opened(client, designer, service)
    document = start["document"]
    questions(document).clear()
    status, saved = call("save", {"base": start["revision"], "document": document})
    assert status == 200
    assert saved["problems"]
    service.refresh_from_db()
    assert service.working is not None
    assert len(questions(service.working)) == 1
    assert questions(opened(client, designer, service)["document"]) == []


def test_two_designers_who_change_different_parts_both_keep_theirs(
    client: Client, designer: User, service: Service, call: Any, person: Person, licensing: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, licensing)
    start = opened(client, designer, service)
    theirs = json.loads(json.dumps(start["document"]))
    theirs["summary"] = {"en": "For everybody with a dog"}
    assert call("save", {"base": start["revision"], "document": theirs}, by=other)[0] == 200
    mine = json.loads(json.dumps(start["document"]))
    questions(mine)[0]["label"] = {"en": "Your name"}
    status, saved = call("save", {"base": start["revision"], "document": mine})
    assert status == 200
    assert saved["document"]["summary"] == {"en": "For everybody with a dog"}
    assert questions(saved["document"])[0]["label"] == {"en": "Your name"}
    assert saved["merged"] == [["summary"]]


def test_two_designers_who_change_the_same_part_see_both(
    client: Client, designer: User, service: Service, call: Any, person: Person, licensing: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, licensing)
    start = opened(client, designer, service)
    call(
        "save", {"base": start["revision"], "document": {**start["document"], "title": {"en": "A"}}}, by=other
    )
    mine = {**start["document"], "title": {"en": "B"}}
    status, found = call("save", {"base": start["revision"], "document": mine})
    assert status == 409
    (conflict,) = found["conflicts"]
    assert (conflict["path"], conflict["theirs"], conflict["mine"]) == (["title", "en"], "A", "B")
    assert conflict["by"] == "Olga Other"
    assert found["document"]["title"] == {"en": "A"}
    status, _saved = call("save", {"base": found["revision"], "document": mine})
    assert status == 200


def test_what_is_imported_past_the_editor_becomes_the_design(
    client: Client, designer: User, service: Service, licensing: Department, call: Any
) -> None:
    start = opened(client, designer, service)
    call("save", {"base": start["revision"], "document": start["document"] | {"summary": "Old"}})
    service.refresh_from_db()
    assert service.working is not None
    import_package(source={**service.working, "summary": "New"}, department=licensing, by=designer)
    assert opened(client, designer, service)["document"]["summary"] == "New"


def test_the_rule_of_a_condition_comes_as_text_and_as_tree(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"]
    body = {"document": document, "form": "application", "at": "dog"}
    status, answer = call("rule", {**body, "text": "answers.name=='Rex'"})
    assert status == 200
    assert answer["text"] == 'answers.name == "Rex"'
    assert answer["tree"] == {"path": "answers.name", "operator": "is", "value": "Rex"}
    assert answer["sentence"] == "Full name is Rex"
    assert [one["path"] for one in answer["paths"]] == ["answers.name"]
    _status, again = call("rule", {**body, "tree": answer["tree"]})
    assert again["text"] == answer["text"]
    _status, wrong = call("rule", {**body, "text": "answers.nam == 'x'"})
    assert wrong["problems"][0]["column"] > 0
    assert wrong["tree"] == {"text": "answers.nam == 'x'"}
    _status, wrong = call("rule", {**body, "tree": {"path": "answers.name", "operator": "no"}})
    assert wrong["problems"]


def test_a_rule_of_a_step_reads_the_application_and_what_steps_record(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"]
    _status, answer = call(
        "rule", {"document": document, "at": "check", "text": 'work.check.outcome == "accept"'}
    )
    assert answer["tree"]["path"] == "work.check.outcome"
    assert {"answers.name", "work.check.outcome"} <= {one["path"] for one in answer["paths"]}


def test_the_preview_is_the_real_page_in_any_language_with_its_errors(
    service: Service, call: Any, client: Client, designer: User
) -> None:
    document = opened(client, designer, service)["document"]
    questions(document)[0]["label"] = {"en": "Full name", "ar": "الاسم الكامل"}
    before = ServiceDesign.objects.get().latest_revision_id
    body = {"document": document, "form": "application", "page": "you", "language": "ar", "errors": True}
    status, answer = call("preview", body)
    assert status == 200
    assert 'dir="rtl"' in answer["html"]
    assert "الاسم الكامل" in answer["html"]
    assert "govuk-error-summary" in answer["html"]
    assert "<h1" in answer["html"]
    assert ServiceDesign.objects.get().latest_revision_id == before
    assert call("preview", {**body, "page": "no such"})[0] == 422
    assert call("preview", {**body, "language": "../x"})[0] == 400
    assert call("preview", {**body, "answers": {"name": [{"x": 1}]}})[0] == 200


def test_who_works_at_the_same_service_is_seen(
    service: Service, call: Any, person: Person, licensing: Department
) -> None:
    other = person("Olga Other", Role.DESIGNER, licensing)
    assert call("presence", {"where": "form"}, by=other)[1] == {"people": []}
    people = call("presence", {"where": "workflow"})[1]["people"]
    assert people == [{"name": "Olga Other", "initials": "OO", "where": "form"}]


def test_a_designer_asks_and_a_publisher_publishes(
    service: Service, call: Any, client: Client, designer: User, publisher: User
) -> None:
    start = opened(client, designer, service)
    call("save", {"base": start["revision"], "document": start["document"] | {"summary": "Dogs"}})
    assert call("publish", {"note": "First"})[0] == 403
    assert call("ask", {"note": "Please"})[0] == 200
    client.force_login(publisher)
    found = client.get(reverse("designer:design-versions", args=("licensing", "dogs"))).json()
    assert found["asked"]["by"] == "Dora Design"
    assert {one["kind"] for one in found["differences"]} == {"added"}
    assert found["effect"]["open_cases"] == 0
    assert call("publish", {"note": "First"}, by=publisher) == (200, {"version": 1})
    service.refresh_from_db()
    assert service.current is not None
    assert service.current.package["summary"] == "Dogs"
    after = client.get(reverse("designer:design-versions", args=("licensing", "dogs"))).json()
    assert after["asked"] is None
    assert after["differences"] == []


def test_nothing_incomplete_can_be_asked_for_or_published(
    service: Service, call: Any, client: Client, designer: User, publisher: User
) -> None:
    start = opened(client, designer, service)
    questions(start["document"]).clear()
    call("save", {"base": start["revision"], "document": start["document"]})
    status, answer = call("ask")
    assert status == 422
    assert answer["problems"]
    assert call("publish", by=publisher)[0] == 422


def test_an_earlier_revision_and_a_version_can_be_brought_back(
    service: Service, call: Any, client: Client, designer: User, publisher: User
) -> None:
    first = opened(client, designer, service)
    saved = call("save", {"base": first["revision"], "document": first["document"] | {"summary": "One"}})[1]
    call("publish", by=publisher)
    call("save", {"base": saved["revision"], "document": saved["document"] | {"summary": "Two"}})
    assert call("restore", {"version": 1})[1]["document"]["summary"] == "One"
    assert call("restore", {"revision": first["revision"]})[1]["document"] == first["document"]
    assert call("restore", {"version": 99})[0] == 409
    assert call("restore", {"version": True})[0] == 400
    assert call("restore", {"version": 10**30})[0] in (400, 409)
    assert call("restore", {"revision": "9" * 40})[0] == 409


@pytest.mark.parametrize("name", CALLS)
def test_a_person_of_another_department_finds_nothing(
    name: str, service: Service, call: Any, person: Person, works: Department
) -> None:
    stranger = person("Stan Stranger", Role.DESIGNER, works)
    status, answer = call(name, {"document": {}, "base": "1"}, by=stranger)
    assert status == 404
    assert answer["error"]["code"] == "not_found"


@pytest.mark.parametrize("name", CALLS)
def test_who_has_nothing_to_do_with_services_finds_nothing(
    name: str, service: Service, call: Any, clerk: User
) -> None:
    assert call(name, {"document": {}, "base": "1"}, by=clerk)[0] == 404


@pytest.mark.parametrize("name", ["save", "check", "preview", "rule", "ask", "restore"])
def test_a_publisher_does_not_design(name: str, service: Service, call: Any, publisher: User) -> None:
    assert call(name, {"document": {}, "base": "1"}, by=publisher)[0] == 403


@pytest.mark.parametrize("name", CALLS)
def test_an_expired_session_is_told_in_a_sentence(name: str, service: Service, client: Client) -> None:
    answer = client.post(
        reverse(f"designer:design-{name}", args=("licensing", "dogs")), "{}", content_type="application/json"
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "signed_out"


HOSTILE = [
    "",
    "{",
    "[]",
    "null",
    "NaN",
    '{"document": NaN}',
    b"\xff\xfe",
    '{"document": "x", "base": "1"}',
    '{"document": {"title": "a\\u0000b"}, "base": "1"}',
    '{"document": {"title": "\\ud800"}, "base": "1"}',
    '{"document": {"n": 1' + "0" * 400 + '}, "base": "1"}',
    '{"document": ' + '{"a":' * 500 + "1" + "}" * 500 + ', "base": "1"}',
    "[" * 100_000,
    '{"document": {}, "base": 1}',
    '{"document": {}}',
]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_posted_is_answered_with_a_sentence(
    name: str, body: Any, service: Service, call: Any
) -> None:
    status, answer = call(name, body)
    assert status < 500
    assert status == 200 or answer["error"]["sentence"]


ODD = [
    {},
    {"format": 2, "key": "dogs"},
    {"format": 1, "forms": []},
    {"format": 1, "forms": {"application": None}},
    {"format": 1, "forms": {"application": {"pages": [None, 1, {"key": 3}]}}},
    {"format": 1, "forms": {"application": {"pages": [{"key": "you", "title": [], "fields": {"a": 1}}]}}},
    {
        "format": 1,
        "forms": {"application": {"pages": [{"key": "you", "fields": [{"key": "a", "type": "no"}]}]}},
    },
    {"format": 1, "workflow": {"nodes": [{"type": "start"}, 3, {"key": []}]}},
    {
        "format": 1,
        "languages": "en",
        "title": 3,
        "summary": [],
        "workflow": 1,
        "certificates": [],
        "messages": 2,
    },
]


@pytest.mark.parametrize("document", ODD, ids=range(len(ODD)))
def test_a_broken_document_is_saved_checked_and_compared_without_a_fault(
    document: Part, service: Service, call: Any, client: Client, designer: User
) -> None:
    start = opened(client, designer, service)
    body = {
        "base": start["revision"],
        "document": document,
        "form": "application",
        "page": "you",
        "language": "en",
    }
    status, saved = call("save", body)
    assert status == 200
    assert saved["problems"]
    assert len(saved["checklist"]) == 9
    for name in ("check", "rule", "preview", "ask"):
        assert call(name, {**body, "text": "answers.a == 1"})[0] in (200, 422)
    assert client.get(reverse("designer:design-versions", args=("licensing", "dogs"))).status_code == 200
    assert opened(client, designer, service)["problems"]


def test_a_document_that_is_too_large_is_refused(service: Service, call: Any) -> None:
    status, answer = call("check", {"document": {"title": "x" * 4_100_000}})
    assert status == 413
    assert answer["error"]["code"] == "too_large"


def test_saving_asks_the_database_a_fixed_number_of_times(
    service: Service, client: Client, designer: User, django_assert_max_num_queries: Any
) -> None:
    start = opened(client, designer, service)
    fields = [{"key": f"q{n}", "type": "short_text", "label": f"Question {n}"} for n in range(100)]
    questions(start["document"])[1:] = fields
    body = json.dumps({"base": start["revision"], "document": start["document"]})
    address = reverse("designer:design-save", args=("licensing", "dogs"))
    with django_assert_max_num_queries(60):
        assert client.post(address, body, content_type="application/json").status_code == 200
