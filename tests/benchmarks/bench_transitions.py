"""P1: one decision through a condition to the next step, against five plain statements and stock Viewflow.

A decision here is what a clerk's decision is in the product: lock, case data, item, gateway, next item, their
links, one audit row and one outbox row, in one transaction. All variants run in turns; the best round counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.timezone import now
from psycopg.types.json import Jsonb
from viewflow.workflow.lock import SelectForUpdateLock

from engine.audit import log
from engine.departments.models import Department, User
from engine.messages import outbox
from tests.benchmarks.table import Row
from workflows.definition import fingerprint
from workflows.models import Service, ServiceVersion, WorkItem
from workflows.starting import start_case
from workflows.unit import UnitLock, current, open_item

ROUNDS, BATCH = 12, 40
Decide = Callable[[int, User], None]


def package(steps: int) -> dict[str, Any]:
    """A clerk, a condition, a supervisor; and a tail of steps that makes the definition large."""
    nodes: list[dict[str, Any]] = [
        {"key": "applied", "type": "start", "form": "form", "next": "check"},
        {
            "key": "check",
            "type": "user_task",
            "title": "Check",
            "role": "clerk",
            "due": {"working_days": 3},
            "next": "big",
        },
        {
            "key": "big",
            "type": "decision",
            "branches": [{"when": "answers.amount > 5000.0", "to": "step_0"}],
            "otherwise": "done",
        },
        {"key": "done", "type": "end", "outcome": "approved"},
    ]
    for number in range(steps):
        following = f"step_{number + 1}" if number + 1 < steps else "done"
        step = {"key": f"step_{number}", "type": "user_task", "title": "Step", "role": "clerk"}
        nodes.append({**step, "next": following})
    field = {"key": "amount", "type": "decimal", "label": "Amount"}
    pages = [{"key": "one", "title": "One", "fields": [field]}]
    return {
        "format": 1,
        "key": f"bench-{steps}",
        "title": "Bench",
        "languages": ["en"],
        "reference_prefix": f"B{steps}",
        "forms": {"form": {"title": "Form", "pages": pages}},
        "workflow": {"decide_within": {"working_days": 10}, "start": "applied", "nodes": nodes},
    }


def published(department: Department, user: User, steps: int) -> ServiceVersion:
    """A version of so many steps."""
    return kept(department, user, package(steps))


def kept(department: Department, user: User, document: dict[str, Any]) -> ServiceVersion:
    """A version of this package, in a service of its own."""
    service = Service.objects.create(department=department, key=document["key"], title=document["title"])
    return ServiceVersion.objects.create(
        service=service,
        number=1,
        package=document,
        sha256=fingerprint(document),
        published_at=now(),
        published_by=user,
    )


def claimed(version: ServiceVersion, user: User, many: int) -> list[int]:
    """Items that a clerk has taken; nobody decides on an application of their own."""
    applicant, _made = User.objects.get_or_create(email="bench-applicant@example.org")
    found = []
    for number in range(many):
        case = start_case(
            version,
            applicant=applicant,
            reference=f"{version.pk}-{time.monotonic_ns()}-{number}",
            language="en",
            answers={"amount": "9000.00"},
        )
        item = WorkItem.objects.get(process=case, finished=None)
        with item.activation() as activation:
            activation.claim(user)
        found.append(item.pk)
    return found


def ours(item_id: int, user: User) -> None:
    """A decision as the product makes it."""
    with open_item(item_id) as activation:
        activation.decide(user, "done", reason="Everything is there", answers={"shelves": 3})
        unit = current()
        assert unit is not None
        unit.insert(log.TABLE, **_audit_row(activation.process, user))
        unit.insert(outbox.TABLE, **outbox.row("bench", {"work_item": item_id}, key=f"bench:{item_id}"))


def stock(item_id: int, user: User) -> None:
    """The same flow with Viewflow's lock and Django's save()."""
    item = WorkItem.objects.get(pk=item_id)
    flow = item.flow_task.flow_class
    flow.lock_impl = SelectForUpdateLock(nowait=False, attempts=1)
    try:
        with flow.lock(item.process_id):
            item.refresh_from_db()
            activation = item.flow_task.activation_class(item)
            activation.decide(user, "done", reason="Everything is there", answers={"shelves": 3})
            log.append([_audit_row(activation.process, user)])
            outbox.put("bench", {"work_item": item_id}, key=f"bench:{item_id}")
    finally:
        flow.lock_impl = UnitLock()


def floor(item_id: int, user: User) -> None:
    """Lock, item, next item, audit, outbox: five statements of the driver, with nothing around them."""
    lock = (
        "SELECT i.*, c.* FROM workflows_workitem i JOIN workflows_case c ON c.id = i.process_id "
        "WHERE i.id = %s FOR UPDATE OF c, i"
    )
    done = "UPDATE workflows_workitem SET status = 'DONE', finished = %s, data = %s WHERE id = %s"
    following = (
        "INSERT INTO workflows_workitem (flow_task, flow_task_type, status, created, token, process_id, "
        "department_id, service_id, node_key, kind, role, attempts, data, outcome, due_at) "
        "SELECT flow_task, 'HUMAN', 'NEW', %s, token, process_id, department_id, service_id, 'step_0', "
        "'person', 'clerk', 0, '{}', '', %s FROM workflows_workitem WHERE id = %s"
    )
    audit, message = (
        _audit_values(item_id, user),
        outbox.row("bench", {"work_item": item_id}, key=f"bench:{item_id}"),
    )
    with transaction.atomic(), connection.connection.cursor() as cursor:
        cursor.execute(lock, [item_id])
        cursor.fetchone()
        cursor.execute(done, [now(), Jsonb({"reason": "Everything is there"}), item_id])
        cursor.execute(following, [now(), now(), item_id])
        cursor.execute(_insert(log.TABLE, audit), list(audit.values()))
        cursor.execute(_insert(outbox.TABLE, message), list(message.values()))


def _insert(table: str, row: dict[str, Any]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})"


def _audit_row(case: Any, user: User) -> dict[str, Any]:
    return log.row("work.decided", chain=case.chain, actor=user, department_id=case.department_id)


def _audit_values(item_id: int, user: User) -> dict[str, Any]:
    return log.row("work.decided", chain=f"bench:{item_id}", actor=user)


def cpu_ms(decide: Decide, items: list[int], user: User) -> float:
    """CPU of this process for one decision."""
    began = time.process_time()
    for item in items:
        decide(item, user)
    return (time.process_time() - began) * 1000 / len(items)


def statements(decide: Decide, item: int, user: User) -> int:
    """How many statements one decision sends, without BEGIN and COMMIT."""
    with CaptureQueriesContext(connection) as seen:
        decide(item, user)
    return sum(
        not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for q in seen.captured_queries
    )


@override_settings(DEBUG=False)  # with it Django keeps a log of all statements
def run(quick: bool) -> list[Row]:
    """The rows of P1."""
    user = User.objects.create_user("bench@example.org", name="Bench")
    department = Department.objects.create(key="bench", title={"en": "Bench"})
    small, large = published(department, user, 2), published(department, user, 200)
    variants: dict[str, tuple[Decide, ServiceVersion]] = {
        "ours": (ours, small),
        "large": (ours, large),
        "stock": (stock, small),
        "floor": (floor, small),
    }
    rounds, batch = (2, 5) if quick else (ROUNDS, BATCH)
    best = dict.fromkeys(variants, float("inf"))
    for decide, version in variants.values():
        for item in claimed(version, user, 4):  # flows are compiled, statements are planned
            decide(item, user)
    for _ in range(rounds):
        for name, (decide, version) in variants.items():
            best[name] = min(best[name], cpu_ms(decide, claimed(version, user, batch), user))
    sent = {name: statements(*_once(name, variants, user)) for name in variants}
    return _rows(best, sent)


def _once(
    name: str, variants: dict[str, tuple[Decide, ServiceVersion]], user: User
) -> tuple[Decide, int, User]:
    decide, version = variants[name]
    return decide, claimed(version, user, 1)[0], user


def _rows(best: dict[str, float], sent: dict[str, int]) -> list[Row]:
    rows = []
    for name, what in (("ours", "a decision"), ("large", "a decision in 200 steps")):
        ratio, part = best[name] / best["floor"], best[name] / best["stock"]
        met = best[name] <= 1.5 and sent[name] <= 4 and ratio <= 3 and part <= 0.25
        rows.append(
            Row(
                "P1",
                what,
                f"{best[name]:.2f} ms CPU, {sent[name]} statements",
                f"driver {best['floor']:.2f} ms, 5; stock {best['stock']:.2f} ms, {sent['stock']}",
                f"{ratio:.1f}x floor, {part:.2f}x stock",
                "<= 1.5 ms, <= 4 statements, <= 3x floor, <= 0.25x stock",
                met,
            )
        )
    return rows
