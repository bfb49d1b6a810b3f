"""Whatever is posted to the editor, and whoever posts it: the answer is a sentence, never a fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.conftest import Person
from tests.portal.designer.calling import *  # noqa: F403  fixtures
from tests.portal.designer.calling import CALLS, Part, opened
from workflows.models import Service


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


@pytest.mark.parametrize("name", ["save", "check", "rule", "ask", "restore"])
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
