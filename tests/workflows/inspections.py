"""A service that nobody applies for: staff, the calendar or a signal open its cases."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.workflows.steps import end, task
from workflows.models import Service
from workflows.services import import_package, publish

FORM = {
    "title": "Inspection",
    "pages": [
        {
            "key": "where",
            "title": "Where",
            "fields": [{"key": "place", "type": "short_text", "label": "Place"}],
        }
    ],
}


def inspection(*starts: dict[str, Any], key: str = "inspection", **more: Any) -> dict[str, Any]:
    """A package with these starts, each of which leads to an inspection."""
    return {
        "format": 1,
        "key": key,
        "title": {"en": "Inspect a market"},
        "languages": ["en"],
        "reference_prefix": "INS",
        "workflow": {
            "decide_within": {"working_days": 5},
            "start": starts[0]["key"],
            "nodes": [
                *({"next": "inspect", **start} for start in starts),
                task("inspect", "done"),
                end("done", "approved"),
            ],
        },
        **more,
    }


def by_staff(key: str = "opened", **more: Any) -> dict[str, Any]:
    """A start for staff."""
    return {"key": key, "type": "manual_start", "title": "Open an inspection", **more}


def by_calendar(key: str = "monthly", **calendar: Any) -> dict[str, Any]:
    """A start by the calendar; every day at midnight unless it says otherwise."""
    return {"key": key, "type": "schedule_start", "calendar": {"every": "day", "at": "00:00", **calendar}}


def by_signal(key: str = "closed", **more: Any) -> dict[str, Any]:
    """A start by a signal."""
    return {"key": key, "type": "signal_start", "signal": "market_closed", **more}


Published = Callable[..., Service]


@pytest.fixture
def head(person: Callable[..., User], licensing: Department) -> User:
    """Who publishes."""
    return person("Sara Vance", Role.ADMINISTRATOR, licensing)


@pytest.fixture
def published(licensing: Department, head: User) -> Published:
    """Publishes a package of a department."""

    def store(package: dict[str, Any], department: Department = licensing) -> Service:
        if department != licensing:
            grant_role(head, Role.ADMINISTRATOR, department)
        report = import_package(source=package, department=department, by=head)
        publish(service=report.service, by=head)
        report.service.refresh_from_db()
        return report.service

    return store
