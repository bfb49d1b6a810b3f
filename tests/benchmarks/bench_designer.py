"""P12: saving and publishing a design of 100 questions, against writing the same document to the database."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import open_design, publish_design, save_design
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.benchmarks.table import Row
from workflows.models import Service

PAGES, EACH = 10, 10
ROUNDS = 8
SAVED_S, PUBLISHED_S = 0.5, 2.0


def run(quick: bool) -> list[Row]:
    """Each round changes one question, saves, and publishes; the best round counts."""
    service, user = _service()
    best = {"save": float("inf"), "publish": float("inf"), "floor": float("inf")}
    for number in range(2 if quick else ROUNDS):
        design = open_design(service=service, by=user)
        document = json.loads(json.dumps(design.document))
        _ask(document, number)
        base = str(design.latest_revision_id)
        best["save"] = min(best["save"], _seconds(_saving(service, user, base, document)))
        best["publish"] = min(best["publish"], _seconds(_publishing(service, user)))
        best["floor"] = min(best["floor"], _seconds(_writing(design.pk, document)))
    return [
        _row("100 questions saved", best["save"], best["floor"], SAVED_S),
        _row("100 questions published", best["publish"], best["floor"], PUBLISHED_S),
    ]


def _service() -> tuple[Service, User]:
    department = Department.objects.create(key="bench-designer", title={"en": "Bench"})
    user = User.objects.create_user(email="designer@bench.example", name="Dora Design")
    grant_role(user, Role.ADMINISTRATOR, department)
    service = create_service(
        department=department, by=user, key="bench", title="Bench", languages=["en"], template="two"
    )
    return service, user


def _ask(document: dict[str, Any], number: int) -> None:
    """100 questions with conditions; one text is another in each round."""
    document["forms"]["application"]["pages"] = [
        {
            "key": f"page_{page}",
            "title": f"Page {page}, round {number}",
            "fields": [_question(page * EACH + place) for place in range(EACH)],
        }
        for page in range(PAGES)
    ]


def _question(number: int) -> dict[str, Any]:
    field: dict[str, Any] = {"key": f"q{number}", "type": "integer", "label": f"Question {number}"}
    if number % 5 == 4:
        field["show_when"] = f"answers.q{number - 1} > {number}"
    return field


def _saving(service: Service, user: User, base: str, document: dict[str, Any]) -> Callable[[], object]:
    return lambda: save_design(service=service, by=user, base=base, document=document)


def _publishing(service: Service, user: User) -> Callable[[], object]:
    return lambda: publish_design(service=service, by=user, note="")


def _writing(key: int, document: dict[str, Any]) -> Callable[[], object]:
    def write() -> None:
        with transaction.atomic():
            ServiceDesign.objects.filter(pk=key).update(document=document)

    return write


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _row(what: str, took: float, floor: float, target: float) -> Row:
    return Row(
        "P12",
        what,
        f"{took * 1000:.0f} ms",
        f"one UPDATE {floor * 1000:.1f} ms",
        f"{took / floor:.0f}x",
        f"< {target * 1000:.0f} ms",
        took < target,
    )
