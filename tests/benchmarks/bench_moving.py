"""Moving 10,000 open cases to another version, looking at each before, and bringing them back.

A case must cost the same however many there are, and the worker must not need more memory for more of them.
Few and many are minutes apart, and the machine has neighbours: each is set against a fixed piece of work that
is done again and again in between, so that what is compared is the work and not the hour.
"""

from __future__ import annotations

import copy
import resource
import time
from collections.abc import Callable
from statistics import mean
from typing import Any, NamedTuple

from django.db import connection
from django.utils.timezone import now

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.benchmarks.bench_deadlines import _copy
from tests.benchmarks.bench_transitions import package
from tests.benchmarks.table import Row
from workflows.definition import fingerprint
from workflows.models import (
    Case,
    CaseFate,
    CaseMove,
    ClockEntry,
    Service,
    ServiceVersion,
    VersionMove,
    WorkItem,
)
from workflows.moving.batch import go_on
from workflows.services import moving_versions as services
from workflows.starting import start_case

CASE, ITEM, LINE = (model._meta.db_table for model in (Case, WorkItem, ClockEntry))
KEY = "Moving"
FAR = 20_000_000  # keys of copies, above all that the sequences give
DUE = {"working_days": 8}  # in the new version, so that clocks are worked out again
MOST_MB = 16.0
SLICE_S = 2.0  # of work between two looks at how fast the machine is


class Cost(NamedTuple):
    """Of one case: milliseconds of CPU, and how many of the fixed pieces of work that is."""

    ms: float
    pieces: float


Phase = Callable[..., VersionMove]
PHASES: dict[str, Phase] = {
    "looking at one case": services.look_at_cases,
    "moving one case": services.move_cases,
    "bringing one case back": services.bring_back,
}


def run(quick: bool) -> list[Row]:
    """Among few, then among many."""
    few, many = (100, 1_000) if quick else (500, 10_000)
    user, old, new = _versions()
    template = start_case(old, applicant=user, reference="MOVE", language="en", answers={"amount": "9000.00"})
    _fill(template, few)
    small = _all_phases(old, new, user)
    memory = _memory()
    _fill(template, many)
    large = _all_phases(old, new, user)
    grown = _memory() - memory
    rows = [_same_cost(name, few, small[name], many, large[name]) for name in PHASES]
    return [*rows, _same_memory(grown, memory, few, many)]


def _same_cost(name: str, few: int, small: Cost, many: int, large: Cost) -> Row:
    ratio = large.pieces / small.pieces
    return Row(
        KEY,
        f"{name} of {many:,}",
        f"{large.ms:.1f} ms CPU",
        f"of {few:,}: {small.ms:.1f} ms CPU",
        f"{ratio:.2f}x",
        "<= 1.5x",
        ratio <= 1.5,
    )


def _same_memory(grown: float, before: float, few: int, many: int) -> Row:
    return Row(
        KEY,
        f"memory that {many:,} cases need more than {few:,}",
        f"{grown:.1f} MB",
        f"after {few:,} cases {before:.0f} MB",
        f"{(before + grown) / before:.2f}x",
        f"< {MOST_MB:.0f} MB",
        grown < MOST_MB,
    )


def _versions() -> tuple[User, ServiceVersion, ServiceVersion]:
    """Two versions of a service, and who administers its department."""
    department, _ = Department.objects.get_or_create(key="moving", defaults={"title": {"en": "Moving"}})
    user, _ = User.objects.get_or_create(email="moving@example.org", defaults={"name": "Moving"})
    grant_role(user, Role.ADMINISTRATOR, department)
    document = {**package(1), "key": "bench-moving"}
    newer = copy.deepcopy(document)
    next(node for node in newer["workflow"]["nodes"] if node["key"] == "check")["due"] = DUE
    service = Service.objects.create(department=department, key="bench-moving", title=document["title"])
    old, new = (
        ServiceVersion.objects.create(
            service=service,
            number=number,
            package=each,
            sha256=fingerprint(each),
            published_at=now(),
            published_by=user,
        )
        for number, each in ((1, document), (2, newer))
    )
    return user, old, new


def _fill(template: Case, number: int) -> None:
    """So many copies of the case, its open step and its clocks."""
    item = WorkItem.objects.get(process=template, node_key="check")
    lines = ClockEntry.objects.filter(case=template).order_by("pk")
    first = FAR * (1 + Case.objects.count())
    key = f"{first} + n"
    with connection.cursor() as cursor:
        _copy(cursor, template, number, {"id": key, "reference": f"'M{first}-' || n"})
        _copy(cursor, item, number, {"id": key, "process_id": key})
        for place, line in enumerate(lines):
            own = {"id": f"{first} + {place} * {number} + n", "case_id": key}
            _copy(cursor, line, number, own | ({"work_item_id": key} if line.work_item_id else {}))
        cursor.execute(f"ANALYZE {CASE}; ANALYZE {ITEM}; ANALYZE {LINE}")


def _all_phases(old: ServiceVersion, new: ServiceVersion, user: User) -> dict[str, Cost]:
    """What one case costs, by phase; all cases are where they were at the end."""
    plan = services.plan_move(service=old.service, source=1, target=2, by=user)
    services.answer_plan(move_id=plan.pk, steps={"check": "check"}, leaves_removed=False, by=user)
    took = {}
    for name, begin in PHASES.items():
        begin(move_id=plan.pk, by=user)
        number = CaseMove.objects.filter(move=plan, fate=CaseFate.MOVED).count() or _open(old)
        took[name] = _worked(plan, number)
    assert _open(new) == 0
    assert CaseMove.objects.filter(move=plan).exclude(fate=CaseFate.RESTORED).count() == 0
    return took


def _worked(plan: VersionMove, number: int) -> Cost:
    """The worker at so many cases, a while at a time."""
    spent, pieces, finished = 0.0, list[float](), False
    while not finished:
        began = time.process_time()
        sum(hash(str(each)) for each in range(20_000))
        looked = time.process_time()
        finished = go_on(plan.pk, seconds=SLICE_S)
        spent += 1000 * (time.process_time() - looked)
        pieces.append(1000 * (looked - began))
    return Cost(spent / number, spent / number / mean(pieces))


def _open(version: ServiceVersion) -> Any:
    return Case.objects.filter(version=version, finished=None).count()


def _memory() -> float:
    """The most that this process has needed so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
