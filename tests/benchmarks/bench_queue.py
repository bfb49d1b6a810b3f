"""P5, P6: queue pages and claims among a million work items of fifty departments.

The real selectors and the real statement of `claim_next` run on copies of our tables, with all their indexes,
in a schema of their own that is dropped at the end.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from django.db import connection

from engine.departments.access import forget, grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.benchmarks.table import Row
from workflows.models import Case, Service, ServiceVersion, WorkItem
from workflows.selectors.queue import page_keys, queue
from workflows.selectors.queue_filters import QueueFilters, Slice
from workflows.services.claiming import _NEXT, _asked
from workflows.services.packages import import_package, publish

PACKAGE = Path(__file__).resolve().parents[2] / "fixtures/packages/licensing/trade-licence.yaml"
ITEM, CASE = WorkItem._meta.db_table, Case._meta.db_table
SCHEMA = "bench_queue"
DEPARTMENTS, CLERKS = 50, 40
MOST_SECONDS = 180.0
FLOOR = (
    f"SELECT id, due_at FROM {ITEM} WHERE department_id=%s AND kind='person' AND status IN ('NEW','ASSIGNED')"
    " ORDER BY due_at, id LIMIT 26"
)
BARE = (
    f"UPDATE {ITEM} SET status='ASSIGNED', owner_id=%s WHERE id=(SELECT id FROM {ITEM} WHERE department_id=%s"
    " AND role='clerk' AND kind='person' AND status='NEW' ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING id"
)
OURS = f"UPDATE {ITEM} SET status='ASSIGNED', owner_id=%s WHERE id=({_NEXT}) RETURNING id"


def run(quick: bool) -> list[Row]:
    """Pages among few and among many, then claims by 32 hands."""
    few, many = (10_000, 100_000) if quick else (10_000, 1_000_000)
    with connection.cursor() as cursor, scratch(cursor):
        version, clerks = _offices()
        _fill(cursor, version, few)
        small, small_page = _times([_keys, queue], clerks)
        _fill(cursor, version, many)
        asks = [lambda clerk: _one_department(cursor, clerk), _keys, queue]
        floor, large, large_page = _times(asks, clerks)
        rows = _pages(
            few, many, (_p95(floor), _p95(small), _p95(large)), (median(small_page), median(large_page))
        )
        rows += _claims(cursor, clerks, 32, 3_000 if quick else 100_000)
    return rows


def _pages(few: int, many: int, keys: tuple[float, float, float], pages: tuple[float, float]) -> list[Row]:
    floor, small, large = keys
    return [
        _ratio("P5", f"first page of a queue, SQL p95, {many:,} items", large, "one department", floor, 2.0),
        _ratio("P5", f"the same, {many:,} against {few:,} items", large, f"{few:,} items", small, 1.5),
        _ratio(
            "P5",
            f"whole queue page with counts, median, {many:,} items",
            pages[1],
            f"{few:,} items",
            pages[0],
            1.5,
        ),
    ]


def _ratio(key: str, what: str, took: float, name: str, floor: float, most: float) -> Row:
    return Row(
        key,
        what,
        f"{took:.2f} ms",
        f"{name}: {floor:.2f} ms",
        f"{took / floor:.2f}x",
        f"<= {most:g}x",
        took <= most * floor,
    )


@contextmanager
def scratch(cursor: Any) -> Iterator[None]:
    """Copies of the tables, empty and with the same indexes, found before the real ones."""
    cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    for table in (CASE, ITEM):
        cursor.execute(f"CREATE TABLE {SCHEMA}.{table} (LIKE public.{table} INCLUDING ALL)")
    cursor.execute(f"SET search_path TO {SCHEMA}, public; SET statement_timeout TO 0")
    try:
        yield
    finally:
        cursor.execute(f"RESET search_path; RESET statement_timeout; DROP SCHEMA {SCHEMA} CASCADE")


def _offices() -> tuple[ServiceVersion, list[User]]:
    """Fifty departments, forty clerks in one to five of them, and a published service."""
    departments = [
        Department.objects.get_or_create(key=f"bench-{n}", defaults={"title": {"en": f"Department {n}"}})[0]
        for n in range(DEPARTMENTS)
    ]
    chance = random.Random(1)
    clerks = []
    for n in range(CLERKS):
        clerk, _ = User.objects.get_or_create(email=f"bench{n}@example.org", defaults={"name": f"Clerk {n}"})
        for department in chance.sample(departments, chance.choice([1, 1, 2, 3, 5])):
            grant_role(clerk, Role.CLERK, department)
        clerks.append(clerk)
    grant_role(clerks[0], Role.ADMINISTRATOR, departments[0])
    forget(clerks[0])
    report = import_package(source=PACKAGE.read_bytes(), department=departments[0], by=clerks[0])
    return publish(service=report.service, by=clerks[0]), clerks


def _fill(cursor: Any, version: ServiceVersion, number: int) -> None:
    """So many items, a tenth of them open, in departments of very different size; each with its case."""
    service: Service = version.service
    flow = f"workflows/flows.S{service.pk}_V{version.number}"
    cursor.execute(f"TRUNCATE {CASE}, {ITEM}")
    cursor.execute("SELECT min(id) FROM departments_department WHERE key LIKE 'bench-%%'")
    (first,) = cursor.fetchone()
    applicant = User.objects.get(email="bench0@example.org").pk
    cursor.execute(
        f"""INSERT INTO {CASE} (id, flow_class, status, created, reference, service_id, version_id,
              department_id, applicant_id, language, data, state, outcome, summary, submitted_at)
            SELECT g, %s, 'NEW', now(), 'TRL-2026-' || lpad(g::text, 7, '0'), %s, %s, %s, %s, 'en', '{{}}',
              'sent', '', 'Green Basket, Goods', now() - random() * interval '30 days'
            FROM generate_series(1, %s) g""",
        [flow, service.pk, version.pk, first, applicant, number],
    )
    cursor.execute(
        f"""INSERT INTO {ITEM} (id, flow_task, flow_task_type, status, created, token, process_id,
              department_id, service_id, node_key, kind, role, due_at, finished, attempts, data, outcome)
            SELECT g, %s, 'HUMAN', CASE WHEN r < 0.1 THEN 'NEW' ELSE 'DONE' END, now(), 'start', g,
              %s + floor(%s * power(random(), 1.5))::int, %s, 'check', 'person', 'clerk',
              now() + (random() * 60 - 30) * interval '1 day', CASE WHEN r < 0.1 THEN NULL ELSE now() END, 0,
              '{{}}', ''
            FROM (SELECT g, random() r FROM generate_series(1, %s) g) x""",
        [f"{flow}.n_check", first, DEPARTMENTS, service.pk, number],
    )
    for table in (CASE, ITEM):  # as the server does by itself within minutes
        cursor.execute(f"VACUUM ANALYZE {table}")


def _times(asks: list[Callable[[User], Any]], clerks: list[User], rounds: int = 8) -> list[list[float]]:
    """Milliseconds of each question, asked in turn: a busy machine is as unkind to one as to the other."""
    for clerk in clerks:
        for ask in asks:
            ask(clerk)
    took: list[list[float]] = [[] for _ in asks]
    for clerk in clerks * rounds:
        for number, ask in enumerate(asks):
            began = time.perf_counter()
            ask(clerk)
            took[number].append(1000 * (time.perf_counter() - began))
    return [sorted(times) for times in took]


def _p95(times: list[float]) -> float:
    return times[int(0.95 * len(times))]


def _keys(clerk: User) -> Any:
    return page_keys(clerk, _departments(clerk), "team", QueueFilters(), Slice())


_of_clerk: dict[int, list[Department]] = {}


def _departments(clerk: User) -> list[Department]:
    if clerk.pk not in _of_clerk:
        keys = {name.partition(":")[0] for name in clerk.groups.values_list("name", flat=True)}
        _of_clerk[clerk.pk] = list(Department.objects.filter(key__in=keys))
    return _of_clerk[clerk.pk]


def _one_department(cursor: Any, clerk: User) -> Any:
    cursor.execute(FLOOR, [_departments(clerk)[0].pk])
    return cursor.fetchall()


def _claims(cursor: Any, clerks: list[User], hands: int, number: int) -> list[Row]:
    """The statement of claim_next empties a queue; the shortest with SKIP LOCKED works six seconds at it."""
    cursor.execute("SELECT min(id) FROM departments_department WHERE key LIKE 'bench-%%'")
    (busy,) = cursor.fetchone()
    asked = _asked([(busy, "clerk")], [])
    _open(cursor, busy, number)
    bare, bare_taken = _rate(BARE, lambda hand: [clerks[hand].pk, busy], hands, 6.0)
    _open(cursor, busy, number)
    ours, taken = _rate(OURS, lambda hand: [clerks[hand].pk, *asked], hands, MOST_SECONDS)
    double, bare_double = len(taken) - len(set(taken)), len(bare_taken) - len(set(bare_taken))
    return [
        Row(
            "P6",
            f"{len(taken):,} claims by {hands} clerks on one queue, {double} double",
            f"{ours:,.0f}/s",
            f"shortest SKIP LOCKED: {bare:,.0f}/s, {bare_double} double",
            f"{ours / bare:.2f}x",
            f">= 0.5x, {number:,} and none double",
            ours >= 0.5 * bare and double == 0 and len(taken) == number,
        )
    ]


def _open(cursor: Any, department: int, number: int) -> None:
    """Exactly so many items lie in the queue of this department, taken by nobody."""
    cursor.execute(f"UPDATE {ITEM} SET status='DONE', owner_id=NULL WHERE department_id=%s", [department])
    cursor.execute(
        f"UPDATE {ITEM} SET status='NEW', owner_id=NULL, department_id=%s WHERE id <= %s",
        [department, number],
    )
    cursor.execute(f"VACUUM ANALYZE {ITEM}")


def _rate(
    sql: str, values: Callable[[int], list[Any]], hands: int, seconds: float
) -> tuple[float, list[int]]:
    """Claims a second, and every item that somebody was given."""
    taken: list[int] = []
    start, until = threading.Barrier(hands, timeout=60), [0.0]

    def work(hand: int) -> None:
        with psycopg.connect(**_address(), autocommit=True) as own:
            own.execute(f"SET search_path TO {SCHEMA}, public")
            mine = []
            if start.wait() == 0:
                until[0] = time.perf_counter() + seconds
            while not until[0] or time.perf_counter() < until[0]:
                row = own.execute(sql, values(hand)).fetchone()
                if row is None:
                    break
                mine.append(row[0])
            taken.extend(mine)

    began = time.perf_counter()
    with ThreadPoolExecutor(hands) as pool:
        list(pool.map(work, range(hands)))  # an error of any of them is an error of the measurement
    return len(taken) / (time.perf_counter() - began), taken


def _address() -> dict[str, Any]:
    database = connection.settings_dict
    given = {
        "host": database["HOST"],
        "port": database["PORT"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "dbname": database["NAME"],
    }
    return {key: value for key, value in given.items() if value}
