"""A small service that uses every node type, and cases of it that run on the real engine."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import now

from engine.core.worktime import WorkingCalendar
from engine.departments.models import Department, User
from tests.workflows.steps import end
from tests.workflows.steps import start as first_step
from workflows.clock import calendar_of, forget_calendars
from workflows.definition import fingerprint
from workflows.models import Case, Service, ServiceVersion, WorkItem
from workflows.starting import start_case
from workflows.validator import check_package

PACKAGE: dict[str, Any] = {
    "format": 1,
    "key": "stall-licence",
    "title": {"en": "Apply for a stall licence"},
    "languages": ["en"],
    "reference_prefix": "STL",
    "summary_fields": ["trade"],
    "forms": {
        "application": {
            "title": "Application",
            "pages": [
                {
                    "key": "stall",
                    "title": "Your stall",
                    "fields": [
                        {"key": "trade", "type": "short_text", "label": "Trade"},
                        {"key": "amount", "type": "decimal", "label": "Amount", "required": False},
                        {"key": "owner", "type": "short_text", "label": "Owner"},
                    ],
                }
            ],
        }
    },
    "workflow": {
        "decide_within": {"working_days": 10},
        "start": "applied",
        "nodes": [
            {"key": "applied", "type": "start", "form": "application", "next": "tell"},
            {"key": "tell", "type": "send_message", "message": "received", "next": "check"},
            {
                "key": "check",
                "type": "user_task",
                "title": "Check",
                "role": "clerk",
                "due": {"working_days": 3},
                "outcomes": [
                    {"key": "accept", "label": "Accept", "next": "big"},
                    {
                        "key": "refuse",
                        "label": "Refuse",
                        "next": "refused",
                        "style": "refuse",
                        "reason": "required",
                    },
                    {"key": "return", "label": "Return", "next": "correct", "style": "return"},
                ],
            },
            {
                "key": "correct",
                "type": "applicant_task",
                "title": "Correct",
                "due": {"working_days": 10},
                "next": "check",
                "on_timeout": "expired",
            },
            {
                "key": "big",
                "type": "decision",
                "branches": [{"when": "answers.amount > 5000.0", "to": "approve"}],
                "otherwise": "pause",
            },
            {
                "key": "approve",
                "type": "approval",
                "title": "Approve",
                "role": "supervisor",
                "approve": "licence",
                "reject": "refused",
                "return": "correct",
                "not_by": ["check", "applied"],
            },
            {"key": "pause", "type": "wait", "for": {"days": 1}, "next": "licence"},
            {"key": "licence", "type": "issue_certificate", "certificate": "licence", "next": "done"},
            {
                "key": "late",
                "type": "deadline",
                "on": "check",
                "after": {"working_days": 5},
                "next": "remind",
            },
            {
                "key": "remind",
                "type": "send_message",
                "message": "late",
                "to": "supervisor",
                "next": "reminded",
            },
            {"key": "reminded", "type": "end"},
            {
                "key": "over",
                "type": "deadline",
                "on": "approve",
                "after": {"days": 9},
                "interrupting": True,
                "next": "refused",
            },
            {"key": "done", "type": "end", "outcome": "approved"},
            {"key": "refused", "type": "end", "outcome": "refused"},
            {"key": "expired", "type": "end", "outcome": "expired"},
        ],
    },
    "certificates": {
        "licence": {
            "title": "Licence",
            "statement": "May trade.",
            "prefix": "SL",
            "languages": ["en"],
            "holder": "owner",
            "valid_for": {"years": 1},
            "rows": [{"field": "trade"}],
        }
    },
    "messages": {
        "received": {"subject": "We have {reference}", "body": "Dear {applicant},\n\nthank you."},
        "late": {"subject": "{reference} is late", "body": "Please look."},
    },
}


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Calendars of another test's departments are forgotten."""
    forget_calendars()


@pytest.fixture
def package() -> dict[str, Any]:
    """The document of the small service, to be changed freely."""
    return copy.deepcopy(PACKAGE)


@pytest.fixture
def simple_package(package: dict[str, Any]) -> dict[str, Any]:
    """A clerk, a condition, a supervisor; no letters, so that only the engine itself is at work."""
    nodes = {node["key"]: node for node in package["workflow"]["nodes"]}
    nodes["applied"]["next"] = "check"
    nodes["big"]["otherwise"] = nodes["approve"]["approve"] = "done"
    kept = ("applied", "check", "correct", "big", "approve", "done", "refused", "expired")
    package["workflow"]["nodes"] = [nodes[key] for key in kept]
    package["certificates"], package["messages"] = {}, {}
    return package


@pytest.fixture
def publish(licensing: Department, publisher: User) -> Callable[..., ServiceVersion]:
    """Stores a package as the next version of its service, as publishing does."""

    def store(document: dict[str, Any]) -> ServiceVersion:
        service, _ = Service.objects.get_or_create(
            department=licensing, key=document["key"], defaults={"title": document["title"]}
        )
        return ServiceVersion.objects.create(
            service=service,
            number=service.versions.count() + 1,
            package=document,
            sha256=fingerprint(document),
            published_at=now(),
            published_by=publisher,
        )

    return store


@pytest.fixture
def begin(citizen: User) -> Callable[..., Case]:
    """Starts a case of a version."""

    def start(version: ServiceVersion, reference: str = "", **answers: Any) -> Case:
        return start_case(
            version,
            applicant=citizen,
            reference=reference or f"STL-2026-{Case.objects.count() + 1:06d}",
            language="en",
            answers={"trade": "Fruit", "amount": "12.50", "owner": "Leila Haddad", **answers},
        )

    return start


@pytest.fixture
def people(person: Any, clerk: User, supervisor: User) -> list[User]:
    """Enough members of the department for every seat of a vote."""
    return [clerk, supervisor, *(person(f"Person {number}") for number in range(4))]


@pytest.fixture
def open_work() -> Callable[[Case, str], WorkItem]:
    """The open work item of a case at a step."""

    def find(case: Case, node_key: str) -> WorkItem:
        return WorkItem.objects.get(process=case, node_key=node_key, finished=None)

    return find


@pytest.fixture
def decide(open_work: Callable[[Case, str], WorkItem]) -> Callable[..., None]:
    """Ends a person's step, as the service does."""

    def do(case: Case, node_key: str, user: User, outcome: str, **more: Any) -> None:
        with open_work(case, node_key).activation() as activation:
            activation.decide(user, outcome, **more)

    return do


@pytest.fixture
def calendar(licensing: Department) -> WorkingCalendar:
    """The working calendar of the department."""
    return calendar_of(licensing.pk)


@pytest.fixture
def running(
    simple_package: dict[str, Any], publish: Callable[..., ServiceVersion], begin: Callable[..., Case]
) -> Callable[..., Case]:
    """Starts a case of a workflow with these steps; the first is where the start leads."""

    def start(*nodes: dict[str, Any], **answers: Any) -> Case:
        problems = check_package(with_nodes(simple_package, *nodes))
        assert [problem.sentence for problem in problems.must_mend] == []
        return begin(publish(simple_package), **answers)

    return start


def with_nodes(package: dict[str, Any], *nodes: dict[str, Any]) -> dict[str, Any]:
    """The package with a workflow of these steps, and ends called done, refused and over."""
    ends = [end("done", "approved"), end("refused", "refused"), end("over")]
    named = {to for node in nodes for to in json.dumps(node).replace('"', " ").split()}
    used = [each for each in ends if each["key"] in named]
    package["workflow"]["nodes"] = [first_step(nodes[0]["key"]), *nodes, *used]
    return package
