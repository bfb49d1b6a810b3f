"""A service that thinks in states: a complaint, as municipalities handle it, and the people around it."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.departments.access import grant_role
from engine.departments.models import Department, User, WorkRole
from engine.departments.roles import Role
from forms_library.answers import PageResult
from workflows.models import Case, Service, WorkItem
from workflows.services import import_package, publish, save_page, start_draft, submit


def action(key: str, next_: str, *roles: str, **more: Any) -> dict[str, Any]:
    """One thing that can be done in a state."""
    return {"key": key, "label": {"en": key.capitalize()}, "next": next_, "roles": list(roles), **more}


def state(key: str, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A state."""
    words = {"title": {"en": key.capitalize()}, "status_text": {"en": f"It is {key}"}}
    return {"key": key, "type": "state", **words, "actions": list(actions), **more}


COMPLAINT: dict[str, Any] = {
    "format": 1,
    "key": "complaint",
    "title": {"en": "Complain about a street"},
    "languages": ["en"],
    "reference_prefix": "CMP",
    "roles": {
        "officer": {"title": {"en": "Grievance officer"}},
        "field": {"title": {"en": "Field worker"}},
        "payments": {"title": {"en": "Payments"}, "who": "system"},
    },
    "forms": {
        "application": {
            "title": {"en": "Complaint"},
            "pages": [
                {
                    "key": "what",
                    "title": {"en": "What is wrong"},
                    "fields": [{"key": "street", "type": "short_text", "label": {"en": "Street"}}],
                }
            ],
        }
    },
    "workflow": {
        "decide_within": {"days": 30},
        "start": "begin",
        "nodes": [
            {
                "key": "begin",
                "type": "first_state",
                "title": {"en": "Take a complaint"},
                "form": "application",
                "actions": [action("apply", "filed", "applicant"), action("take", "assigned", "officer")],
            },
            state(
                "filed",
                action("assign", "assigned", "officer", style="primary"),
                action("comment", "filed", "applicant", "officer"),
                action("reject", "rejected", "officer", style="refuse", reason="required"),
                action("charge", "unpaid", "officer"),
                due={"days": 3},
                turn="staff",
                begins=True,
            ),
            state("assigned", action("resolve", "resolved", "field", "officer"), due={"days": 2}),
            state(
                "unpaid",
                action("pay", "assigned", "applicant", "payments"),
                action("waive", "assigned", "officer"),
                shown_as="waiting_for_payment",
                stops_clock=True,
                due={"days": 9},
                on_timeout="lapsed",
            ),
            state(
                "resolved",
                action("reopen", "filed", "applicant", reason="required"),
                action("rate", "rated", "applicant"),
                final="approved",
            ),
            state("rejected", action("reopen", "filed", "applicant", "officer"), final="refused"),
            state("rated", final="approved"),
            state("lapsed", final="expired"),
        ],
    },
}


@pytest.fixture
def complaints(licensing: Department, administrator: User) -> Service:
    """The service, published."""
    service = import_package(source=COMPLAINT, department=licensing, by=administrator).service
    publish(service=service, by=administrator)
    service.refresh_from_db()
    return service


def _holder(name: str, role: str) -> Any:
    @pytest.fixture
    def holder(complaints: Service, licensing: Department, person: Callable[..., User]) -> User:
        found = person(name)
        grant_role(found, WorkRole.objects.get(department=licensing, key=role), licensing)
        return found

    return holder


officer = _holder("Ola Berg", "officer")
second_officer = _holder("Omar Said", "officer")
field_worker = _holder("Finn Moe", "field")


@pytest.fixture
def foreign_officer(complaints: Service, registry: Department, person: Callable[..., User]) -> User:
    """Holds a role of the same name in another department."""
    role = WorkRole.objects.create(department=registry, key="officer", title={"en": "Officer"})
    found = person("Olga Petrov", Role.SUPERVISOR, registry)
    grant_role(found, role, registry)
    return found


@pytest.fixture
def complain(complaints: Service) -> Callable[..., Case]:
    """Sends a complaint; staff name a start."""

    def send(by: User, action: str = "", start: str = "") -> Case:
        draft = start_draft(by, complaints, "en", **({"start": start} if start else {}))
        filled = PageResult({"street": "Mill Lane"}, {}, [])
        draft = save_page(draft, "what", filled, revision=draft.revision, by=by)
        return submit(draft, by=by, action=action)

    return send


@pytest.fixture
def complaint(complain: Callable[..., Case], citizen: User) -> Case:
    """A complaint that its applicant has just sent."""
    return complain(citizen)


def stay(case: Case) -> WorkItem:
    """The open stay of a case in its state."""
    return WorkItem.objects.get(process=case, finished=None)
