"""The sweep of deadlines after an outage: 100,000 are due at once, and clerks go on working.

Firing one must cost the same however many are due, and whoever opens a case that is next in the sweep waits
at most for the one deadline that is just being fired. Sweepers are processes of their own, as in the product.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from django.db import connection, connections, transaction
from django.utils.timezone import now

from engine.departments.models import Department, User
from tests.benchmarks.bench_transitions import package
from tests.benchmarks.table import Row
from workflows import firing
from workflows.definition import fingerprint
from workflows.models import Case, Deadline, Service, ServiceVersion, WorkItem
from workflows.starting import start_case

CASE, ITEM, DEADLINE = (model._meta.db_table for model in (Case, WorkItem, Deadline))
LATE = {
    "key": "late",
    "type": "deadline",
    "on": "check",
    "after": {"working_days": 2},
    "interrupting": True,
    "next": "step_0",
}
FRONT = 8  # cases among which a clerk picks, the next that will be fired
KEY = "Deadlines"
FAR = 10_000_000  # keys of copies, above all that the sequences give


def run(quick: bool) -> list[Row]:
    """One after the other among few and among many, then beside a clerk."""
    few, many, shots, seconds = (500, 5_000, 100, 5.0) if quick else (1_000, 100_000, 400, 60.0)
    template = _template()
    _fill(template, few)
    small = _fire(min(shots, few // 2))
    _fill(template, many)
    large = _fire(shots)
    before, steps = _fired(), _steps()
    with _sweepers(seconds):
        waits = _clerk(seconds * 0.8)
    fired, moved = _fired() - before, _steps() - steps
    return [
        _same_cost(small, few, large, many),
        _short_wait(waits, large),
        _none_twice(fired, moved, seconds),
    ]


def _same_cost(small: list[float], few: int, large: list[float], many: int) -> Row:
    one, floor = median(large), median(small)
    return Row(
        KEY,
        f"firing one deadline, {many:,} are due",
        f"{one:.2f} ms",
        f"{few:,} are due: {floor:.2f} ms",
        f"{one / floor:.2f}x",
        "<= 1.5x",
        one <= 1.5 * floor,
    )


def _short_wait(waits: list[float], one: list[float]) -> Row:
    wait, floor = _p95(waits), _p95(one)
    return Row(
        KEY,
        f"a clerk opens the next case of the sweep, p95 of {len(waits):,}",
        f"{wait:.2f} ms",
        f"firing one deadline, p95: {floor:.2f} ms",
        f"{wait / floor:.2f}x",
        "<= 1.5x",
        wait <= 1.5 * floor,
    )


def _none_twice(fired: int, moved: int, seconds: float) -> Row:
    return Row(
        KEY,
        f"deadlines fired by {firing.SWEEPERS} sweepers in {seconds:.0f} s, and steps begun by them",
        f"{fired:,}, {fired / seconds:.0f}/s",
        f"steps: {moved:,}",
        f"{moved - fired} twice",
        "none twice",
        moved == fired > 0,
    )


def _template() -> Case:
    """One case at the step that is watched; the others are copies of its rows."""
    department, _ = Department.objects.get_or_create(key="late", defaults={"title": {"en": "Late"}})
    user, _ = User.objects.get_or_create(email="late@example.org", defaults={"name": "Late"})
    document = package(1)
    document["key"] = "bench-late"
    document["workflow"]["nodes"].append(LATE)
    service = Service.objects.create(department=department, key=document["key"], title=document["title"])
    version = ServiceVersion.objects.create(
        service=service,
        number=1,
        package=document,
        sha256=fingerprint(document),
        published_at=now(),
        published_by=user,
    )
    return start_case(version, applicant=user, reference="LATE", language="en", answers={"amount": "9000.00"})


def _fill(template: Case, number: int) -> None:
    """So many copies of the case, its open step and its deadline; one is due after the other, a month ago."""
    item = WorkItem.objects.get(process=template, node_key="check")
    late = Deadline.objects.get(case=template)
    Deadline.objects.exclude(pk=late.pk).delete()
    first = FAR * Case.objects.count()
    key = f"{first} + n"
    due = "now() - interval '30 days' + n * interval '1 millisecond'"
    with connection.cursor() as cursor:
        _copy(cursor, template, number, {"id": key, "reference": f"'L{first}-' || n"})
        _copy(cursor, item, number, {"id": key, "process_id": key})
        _copy(cursor, late, number, {"id": key, "case_id": key, "work_item_id": key, "due_at": due})
        cursor.execute(f"ANALYZE {CASE}; ANALYZE {ITEM}; ANALYZE {DEADLINE}")


def _copy(cursor: Any, row: Any, number: int, own: dict[str, str]) -> None:
    """Copies of a row in one statement; these columns have values of their own."""
    table, columns = row._meta.db_table, [field.column for field in row._meta.concrete_fields]
    values = ", ".join(own.get(column, f't."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t, generate_series(1, %s) n"
        " WHERE t.id = %s",
        [number, row.pk],
    )


def _fire(shots: int) -> list[float]:
    """Milliseconds of each of so many deadlines, as a sweeper fires them."""
    took, place = [], firing._BEGIN
    for _ in range(shots):
        began = time.perf_counter()
        found = firing._fire_next(place)
        took.append(1000 * (time.perf_counter() - began))
        assert found is not None
        assert found[1], "a deadline was not fired"
        place = found[0]
    return took


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]


def _fired() -> int:
    return Deadline.objects.exclude(fired_at=None).count()


def _steps() -> int:
    return WorkItem.objects.filter(node_key="step_0").count()


@contextmanager
def _sweepers(seconds: float) -> Iterator[None]:
    """Processes that fire until their time is over; each has a connection of its own."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    hands = [fork.Process(target=firing.fire_due, args=(seconds,)) for _ in range(firing.SWEEPERS)]
    for hand in hands:
        hand.start()
    try:
        yield
    finally:
        for hand in hands:
            hand.join()


def _clerk(seconds: float) -> list[float]:
    """How many milliseconds somebody waits for one of the cases that are next in the sweep, each time."""
    waits, end = [], time.monotonic() + seconds
    front = Deadline.objects.filter(fired_at=None).order_by("due_at", "id")
    while time.monotonic() < end:
        keys = list(front.values_list("case_id", flat=True)[:FRONT])
        if not keys:
            break
        with transaction.atomic(), connection.cursor() as cursor:
            began = time.perf_counter()
            cursor.execute(f"SELECT 1 FROM {CASE} WHERE id = %s FOR UPDATE", [keys[len(waits) % len(keys)]])
            waits.append(1000 * (time.perf_counter() - began))
        time.sleep(0.005)
    return waits
