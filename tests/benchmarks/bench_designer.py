"""P12: a design of 100 questions saved and published, and the editor in a real browser with much more.

Saving is measured against writing the same document to the database; the browser against a small service.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.urls import reverse

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import open_design, publish_design, save_design
from portal.designer.models import ServiceDesign
from portal.designer.starting_points import create_service
from tests.benchmarks.editor_trace import Editor, browser, signed_in, site
from tests.benchmarks.table import Row
from workflows.models import Service

PAGES, EACH = 10, 10
ROUNDS, BROWSED = 8, 3
SAVED_S, PUBLISHED_S = 0.5, 2.0
USABLE_MS, TASK_MS = 1000, 100
MANY, FEW = (500, 200), (10, 5)  # questions and steps
GRIPS = {"form": ".cwd-grip", "workflow": ".react-flow__pane"}
NAMES = [("form", "500 questions", "one"), ("workflow", "200 steps", "the canvas")]


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
        *_in_the_browser(user, 1 if quick else BROWSED),
    ]


def _in_the_browser(user: User, rounds: int) -> list[Row]:
    """The best round of each: when it is usable, and the longest task while something is dragged."""
    addresses = {size: _large(user, *size) for size in (FEW, MANY)}
    session = signed_in(user)
    best: dict[tuple[str, tuple[int, int]], tuple[float, float]] = {}
    with site() as base, browser() as opened:
        editor = Editor(opened, base, session)
        for tab, grip in GRIPS.items():
            for size, address in addresses.items():
                found = []
                for _round in range(rounds + 1):  # the first fills what the browser keeps of the code
                    editor.forget_drawings()
                    page, usable = editor.open(address, tab)
                    found.append((usable, editor.longest_task(page, grip)))
                    page.close()
                usables, tasks = zip(*found[1:], strict=True)
                best[tab, size] = min(usables), min(tasks)
        again = {size: min(_again(editor, address, rounds)) for size, address in addresses.items()}
    rows = [
        _browsed(
            "200 steps: usable again, drawn before in this browser", again[MANY], again[FEW], USABLE_MS, "ms"
        )
    ]
    for tab, what, act in NAMES:
        (usable, task), (usable_few, task_few) = best[tab, MANY], best[tab, FEW]
        rows.append(
            _browsed(f"{what}: longest task while {act} is dragged", task, task_few, TASK_MS, "ms CPU")
        )
        rows.append(_browsed(f"{what}: usable after the answer came", usable, usable_few, USABLE_MS, "ms"))
    return rows


def _again(editor: Editor, address: str, rounds: int) -> Iterator[float]:
    """Milliseconds until a workflow is usable that was drawn in this browser before."""
    for _round in range(rounds):
        page, usable = editor.open(address, "workflow")
        page.close()
        yield usable


def _large(user: User, questions: int, steps: int) -> str:
    """The address of the editor of a service with so many questions, 50 on a page, and so many steps."""
    department = Department.objects.get(key="bench-designer")
    service = create_service(
        department=department, by=user, key=f"bench-{questions}", title="Bench", languages=["en"]
    )
    design = open_design(service=service, by=user)
    document = json.loads(json.dumps(design.document))
    document["forms"]["application"]["pages"] = [
        {
            "key": f"page_{first}",
            "title": f"Page {first}",
            "fields": [_question(n) for n in range(first, first + min(50, questions))],
        }
        for first in range(0, questions, 50)
    ]
    document["workflow"] |= {"start": "s0", "nodes": _steps(steps)}
    save_design(service=service, by=user, base=str(design.latest_revision_id), document=document)
    return reverse("designer:design", args=(department.key, service.key))


def _steps(count: int) -> list[dict[str, Any]]:
    """A long chain; the second way of each step leads three steps on, of every tenth back."""
    last = count - 2
    nodes: list[dict[str, Any]] = [
        {"key": "s0", "type": "start", "form": "application", "title": "Sent", "next": "s1"}
    ]
    for n in range(1, last):
        aside = f"s{max(1, n - 5)}" if n % 10 == 0 else f"s{min(last, n + 3)}"
        outcomes = [
            {"key": "on", "label": "Go on", "next": f"s{n + 1}"},
            {"key": "aside", "label": "Aside", "next": aside},
        ]
        nodes.append(
            {
                "key": f"s{n}",
                "type": "user_task",
                "role": "clerk",
                "title": f"Check number {n}",
                "outcomes": outcomes,
            }
        )
    ends = [("approved", f"s{last}"), ("refused", "refused")]
    return [
        *nodes,
        *(
            {"key": key, "type": "end", "outcome": outcome, "title": outcome.capitalize()}
            for outcome, key in ends
        ),
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


def _browsed(what: str, took: float, few: float, target: float, unit: str) -> Row:
    return Row(
        "P12",
        what,
        f"{took:.0f} {unit}",
        f"{FEW[0]} questions, {FEW[1]} steps: {few:.0f} {unit}",
        f"{took / few:.1f}x",
        f"< {target:.0f} ms",
        took < target,
    )
