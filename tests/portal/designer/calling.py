"""The calls of the editor as its client makes them, for a service that was made from nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.starting_points import create_service
from tests.conftest import Person
from workflows.models import Service

Part = dict[str, Any]
CALLS = (
    "save",
    "check",
    "preview",
    "why",
    "certificate",
    "message",
    "rule",
    "lines",
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
