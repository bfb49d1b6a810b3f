"""Cases of every service while web and workers are killed: none is stuck, nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.db import connection, connections

from deploy.embedded.redis import free_port
from engine.audit import chain
from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from engine.messages.models import Letter, OutboxMessage
from tests.journeys.crowd import Crowd, failed_answers
from tests.journeys.programs import (  # noqa: F401  fixtures
    RELAY,
    Start,
    ask,
    broker,
    kill,
    letters_in,
    processes,
    start,
    until,
    worker,
)
from workflows.demonstration.world import World
from workflows.health import unresolvable_cases
from workflows.models import Case, Deadline, Service, WorkItem, WorkKind

pytestmark = [pytest.mark.django_db(transaction=True)]
AT_WORK = 4
FEWEST_KILLS = 3
ANSWERS_BETWEEN_KILLS = 8  # on a slow machine what was started must come to something before it is killed
WORKERS = 2
SWEEPS = ("sweep_jobs", "sweep_called_cases", "sweep_messages", "sweep_deadlines")
PEOPLE = (WorkKind.PERSON, WorkKind.APPLICANT, WorkKind.OUTSIDE)
SOUPS = [  # how many cases, how long at least, and the seconds between two kills
    pytest.param(40, 20, (4.0, 10.0), marks=pytest.mark.timeout(900), id="a-minute"),
    pytest.param(2_000, 600, (8.0, 30.0), marks=[pytest.mark.slow, pytest.mark.timeout(5_400)], id="long"),
]


@dataclass
class Killer:
    """Kills web and workers by chance, as a whole or one process of them, and starts again what is gone."""

    start: Start
    port: int
    chance: random.Random
    pause_s: tuple[float, float]
    running: dict[str, Popen[bytes]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        """Start both."""
        for name in ("web", "worker"):
            self.running[name] = self._started(name)

    def _started(self, name: str) -> Popen[bytes]:
        if name == "worker":
            return self.start(*worker(WORKERS))
        options = ("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket")
        gunicorn = ("-m", "gunicorn", "portal.config.wsgi", "--bind", f"127.0.0.1:{self.port}")
        return self.start(*gunicorn, *options)

    def kill_one(self) -> None:
        """One of the programs, or one of the processes that it started."""
        name = self.chance.choice(["web", "worker"])
        program = self.running[name]
        children = _children(program.pid)
        if children and self.chance.random() < 0.6:
            self.kills[f"process of {name}"] += 1
            with suppress(ProcessLookupError):
                os.kill(self.chance.choice(children), signal.SIGKILL)
            return
        self.kills[name] += 1
        kill(program)
        self.running[name] = self._started(name)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


@pytest.fixture
def crowd(town: dict[str, User]) -> Iterator[Callable[[int], Crowd]]:
    """Everybody of the demonstration."""
    departments = {department.key: department for department in Department.objects.all()}
    services = {
        service.key: service
        for service in Service.objects.exclude(current=None).select_related("department", "current")
    }
    world = World(departments, town, services)
    made: list[Crowd] = []

    def make(most: int) -> Crowd:
        made.append(Crowd(world, free_port(), most, random.Random(most)))
        return made[-1]

    yield make
    for one in made:
        one.home.set()


@pytest.mark.parametrize(("most", "seconds", "pause_s"), SOUPS)
def test_a_soup_of_cases_ends_well_although_web_and_workers_are_killed(
    crowd: Callable[[int], Crowd],
    start: Start,  # noqa: F811
    broker: str,  # noqa: F811
    tmp_path: Path,
    most: int,
    seconds: int,
    pause_s: tuple[float, float],
    capsys: pytest.CaptureFixture[str],
) -> None:
    people = crowd(most)
    killer = Killer(start, people.port, random.Random(seconds), pause_s)
    killer.begin()
    start(*RELAY)
    everybody_works(people, killer, seconds)
    settle(broker)
    with capsys.disabled():
        kills, told = dict(killer.kills), dict(people.told)
        print(f"\n{people.sent} cases, killed {kills}, told {told}, doubled e-mails {doubled(tmp_path)}")  # noqa: T201
    assert not failed_answers(people.told)
    nothing_is_stuck(people.sent)
    nothing_is_lost_or_doubled(tmp_path / "mail", most_doubled=sum(killer.kills.values()) * WORKERS)


def everybody_works(people: Crowd, killer: Killer, seconds: int) -> None:
    """So long, and until everything that should be applied for is; kills at random moments."""

    def at_work(seed: int) -> None:
        try:
            people.work(seed)
        finally:
            connections.close_all()

    end = time.monotonic() + seconds
    with ThreadPoolExecutor(AT_WORK) as pool:
        hands = [pool.submit(at_work, seed) for seed in range(AT_WORK)]
        try:
            answered = 0
            while time.monotonic() < end or people.sent < people.most or killer.kills.total() < FEWEST_KILLS:
                if any(hand.done() for hand in hands):
                    break  # one of them found something wrong, which comes out below
                people.home.wait(killer.chance.uniform(*killer.pause_s))
                if people.told.total() >= answered + ANSWERS_BETWEEN_KILLS or people.sent == people.most:
                    killer.kill_one()
                    answered = people.told.total()
        finally:
            people.home.set()
        for hand in hands:
            hand.result()


def settle(broker: str) -> None:  # noqa: F811
    """Let the leases of the dead run out, and the living do what is left."""
    asked = [0.0]

    def rests() -> bool:
        if time.monotonic() - asked[0] > 5:
            asked[0] = time.monotonic()
            _time_passes()
            for name in SWEEPS:
                ask(broker, name)
        time.sleep(0.2)
        return not _unrest() and not OutboxMessage.objects.filter(state="pending").exists()

    until(rests, "rest", patience_s=1_200)


def _unrest() -> list[int]:
    """Open cases that neither a person nor a clock can move now: a worker has to."""
    waiting = set(
        WorkItem.objects.filter(finished=None, kind__in=PEOPLE).values_list("process_id", flat=True)
    )
    timed = set(Deadline.objects.filter(fired_at=None, cancelled_at=None).values_list("case_id", flat=True))
    open_cases = set(Case.objects.filter(finished=None).values_list("pk", flat=True))
    jobs = set(
        WorkItem.objects.filter(status__in=["SCHEDULED", "STARTED"], finished=None)
        .exclude(kind__in=(*PEOPLE, WorkKind.EVENT))
        .values_list("process_id", flat=True)
    )
    return sorted((open_cases - waiting - timed) | (open_cases & jobs))


def _time_passes() -> None:
    with connection.cursor() as cursor:
        table = WorkItem._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET lease_until = now() - interval '1 second' WHERE status = 'STARTED'"
        )
        cursor.execute(f"UPDATE {table} SET wake_at = now() - interval '1 minute' WHERE status = 'SCHEDULED'")
        cursor.execute(
            "UPDATE outbox_message SET leased_until = NULL, due_at = now() WHERE state = 'pending'"
        )


def nothing_is_stuck(sent: int) -> None:
    """Every application is a case, and each has ended or waits for somebody."""
    assert Case.objects.count() == sent
    assert AuditEntry.objects.filter(verb="case.sent").count() == sent
    assert unresolvable_cases() == []
    assert _unrest() == []
    assert not WorkItem.objects.filter(status="ERROR").exists()
    assert not WorkItem.objects.filter(
        process__finished__isnull=False, finished=None, kind__in=PEOPLE
    ).exists()
    assert Case.objects.exclude(finished=None).exists()


def nothing_is_lost_or_doubled(mail: Path, most_doubled: int) -> None:
    """One certificate and number for each case that gets one, each letter sent, the chain whole."""
    assert not OutboxMessage.objects.exclude(state="done").exists()
    assert not Letter.objects.filter(sent_at=None).exists()
    letters = set(Letter.objects.values_list("message_id", flat=True))
    assert letters == {message["Message-ID"] for message in letters_in(mail)}
    assert doubled(mail.parent) <= most_doubled  # the same letter with the same Message-ID, as SMTP has it
    certificates = list(Certificate.objects.order_by("department_id", "number"))
    assert certificates
    assert all(one.state == Certificate.State.VALID for one in certificates)
    assert Document.objects.filter(pk__in=[one.document_id for one in certificates]).count() == len(
        certificates
    )
    named = Counter(
        number
        for data in Case.objects.values_list("data", flat=True)
        for number in data.get("certificates", [])
    )
    assert named == Counter(one.number for one in certificates)
    without_gaps([one.number for one in certificates])
    assert chain.check().breaks == []


def without_gaps(numbers: list[str]) -> None:
    """Each series begins at one, and none of its numbers is missing."""

    def series(number: str) -> str:
        return number.rpartition("-")[0]

    for name, found in groupby(sorted(numbers), key=series):
        last = [int(number.rpartition("-")[2]) for number in found]
        assert last == list(range(1, len(last) + 1)), name


def doubled(folder: Path) -> int:
    """How many e-mails left more than once."""
    found: Any = Counter(message["Message-ID"] for message in letters_in(folder / "mail"))
    return int(found.total() - len(found))
