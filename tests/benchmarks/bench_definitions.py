"""What size costs: a workflow of a thousand steps, and five hundred versions in which cases are on their way.

Every step of these workflows has two deadlines on its edge, a rule behind it and a value that is worked out.
The best round counts, as everywhere where CPU is compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from multiprocessing import Pipe, get_context
from statistics import median
from typing import Any

from django.db import connections
from django.test.utils import override_settings
from django.utils.timezone import now
from viewflow.workflow.signals import task_finished

from engine.departments.models import Department, User
from engine.messages import outbox
from engine.messages.delivery import deliver_one, lease_due
from engine.messages.handlers import handler
from engine.messages.models import OutboxMessage
from tests.benchmarks.bench_logic import resident
from tests.benchmarks.bench_transitions import claimed, kept, ours, package
from tests.benchmarks.table import Row
from workflows.compiler import build_flow, flow_for, forget_flow
from workflows.definition import ServicePackage
from workflows.models import ServiceVersion
from workflows.signals import spread

SMALL, LARGE, OWN, GROUP = 10, 1_000, 5, 5
LIVE, FEW = 500, 5
MOST = 1.2
TOPIC, SIGNAL = "bench_definitions", "budget_is_open"


@handler(TOPIC)
def _taken(payload: Any, message: OutboxMessage) -> None:
    """Whoever a message of this benchmark is for."""


@override_settings(DEBUG=False)  # with it Django keeps a log of all statements
def run(quick: bool) -> list[Row]:
    """Size first; then the versions come to life, which cannot be taken back."""
    user = User.objects.create_user("definitions@example.org", name="Definitions")
    department = Department.objects.create(key="definitions", title={"en": "Definitions"})
    rounds, batch = (3, 5) if quick else (40, 10)
    return [
        _compiled(3 if quick else 7),
        _decided(department, user, rounds, batch),
        *_alive(department, user, 20 if quick else LIVE, rounds),
    ]


def document(nodes: int, number: int = 0) -> dict[str, Any]:
    """A package with exactly so many steps; its rules are like those of no other number."""
    found = package(0)
    found["key"] = f"size-{nodes}-{number}"
    found["reference_prefix"] = f"S{nodes}X{number}"
    steps = found["workflow"]["nodes"]
    steps[2]["branches"][0]["to"] = "task_0"
    groups = (nodes - OWN) // GROUP
    steps.append(_late("late", "check"))
    for at in range(groups):
        steps += _group(at, f"task_{at + 1}" if at + 1 < groups else "done", number)
    return found


def _group(at: int, following: str, number: int) -> list[dict[str, Any]]:
    task = {"key": f"task_{at}", "type": "user_task", "title": "Step", "role": "clerk", "next": f"fork_{at}"}
    rule = f"answers.amount > {number * 1_000 + at}.5"
    return [
        task,
        _late(f"late_{at}", task["key"]),
        _late(f"later_{at}", task["key"]),
        {
            "key": f"fork_{at}",
            "type": "decision",
            "branches": [{"when": rule, "to": f"fee_{at}"}],
            "otherwise": "done",
        },
        {
            "key": f"fee_{at}",
            "type": "set_data",
            "values": {"fee": {"type": "decimal", "value": f"answers.amount * {number}.{at + 1}"}},
            "next": following,
        },
    ]


def _late(key: str, on: str) -> dict[str, Any]:
    escalate = {"priority": "high"}
    return {"key": key, "type": "deadline", "on": on, "after": {"working_days": 5}, "escalate": escalate}


def _compiled(rounds: int) -> Row:
    """From the stored package to a flow that runs; no rule has been compiled before."""
    took: dict[int, list[float]] = {SMALL: [], LARGE: []}
    for number in range(1, rounds + 1):
        for nodes, times in took.items():
            written = document(nodes, number)
            began = time.process_time()
            flow = build_flow(ServicePackage.model_validate(written), 10**9 + number, nodes)
            times.append(time.process_time() - began)
            assert len(flow.steps()) == nodes
    small, large = median(took[SMALL]), median(took[LARGE])
    return Row(
        id="size",
        what=f"a workflow of {LARGE:,} steps compiled",
        measured=f"{large:.2f} s CPU",
        floor=f"{SMALL} steps {small * 1000:.1f} ms CPU",
        ratio=f"{large / small:.0f}x",
        target="< 2 s",
        met=large < 2,
    )


def _decided(department: Department, user: User, rounds: int, batch: int) -> Row:
    """The same decision near the beginning of a short workflow and of a long one, in turns."""
    versions = [kept(department, user, document(nodes)) for nodes in (SMALL, LARGE)]
    best = [float("inf")] * 2
    for at in range(rounds + 1):
        for number, version in enumerate(versions):
            took = _each(ours, claimed(version, user, batch), user)
            if at:  # the first time flows are compiled and statements planned
                best[number] = min(best[number], took)
    small, large = best
    return _no_slower("size", f"a decision in {LARGE:,} steps", large, f"{SMALL} steps", small)


def _each(act: Callable[..., Any], things: list[Any], *others: Any) -> float:
    """Milliseconds of CPU of this process for one of them."""
    began = time.process_time()
    for thing in things:
        act(thing, *others)
    return (time.process_time() - began) * 1000 / len(things)


def _no_slower(key: str, what: str, took: float, name: str, floor: float) -> Row:
    ratio = took / floor
    return Row(
        id=key,
        what=what,
        measured=f"{took:.3f} ms CPU",
        floor=f"{name}: {floor:.3f} ms",
        ratio=f"{ratio:.2f}x",
        target=f"<= {MOST}x",
        met=ratio <= MOST,
    )


def _alive(department: Department, user: User, live: int, rounds: int) -> list[Row]:
    """Two processes take turns: one has a few versions compiled, the other very many."""
    versions = [_live(department, user, number) for number in range(live)]
    connections.close_all()
    with (
        _Process(versions[:FEW], versions[:FEW], user) as few,
        _Process(versions, versions[:FEW], user) as many,
    ):
        for _ in range(rounds):
            few.work()
            many.work()
        small, large = few.best, many.best
        grown, receivers = many.grown / live, many.receivers
    name = f"{FEW} versions"
    rows = [
        _no_slower("live", f"{what}, {live} live versions", large[what], name, small[what]) for what in small
    ]
    return [*rows, _memory(grown, live, receivers)]


class _Process:
    """A process of its own, in which these versions are alive and some of them work."""

    def __init__(self, alive: list[ServiceVersion], working: list[ServiceVersion], user: User) -> None:
        here, there = Pipe()
        self.pipe = here
        self.best: dict[str, float] = {}
        self.process = get_context("fork").Process(target=_serve, args=(there, alive, working, user))

    def __enter__(self) -> _Process:
        self.process.start()
        self.grown, self.receivers = self.pipe.recv()
        return self

    def __exit__(self, *failure: object) -> None:
        self.pipe.send(False)
        self.process.join()

    def work(self) -> None:
        """One round; the best counts."""
        self.pipe.send(True)
        for what, took in self.pipe.recv().items():
            self.best[what] = min(self.best.get(what, took), took)


def _serve(pipe: Any, alive: list[ServiceVersion], working: list[ServiceVersion], user: User) -> None:
    before = resident()
    for version in alive:
        flow_for(version.service_id, version.number)
    pipe.send((resident() - before, len(task_finished.receivers)))
    while pipe.recv():
        pipe.send(_sent(working, user))
    connections.close_all()


def _live(department: Department, user: User, number: int) -> ServiceVersion:
    """A version of fifty steps, with a case on its way in it that waits for a signal of its own."""
    written = document(50, number)
    nodes = written["workflow"]["nodes"]
    recall = {"type": "event_sub_process", "event": "signal", "signal": f"recall_{number}", "next": "done"}
    nodes[nodes.index(_late("late", "check"))] = {"key": "recall", **recall}
    version = kept(department, user, written)
    claimed(version, user, 1)
    forget_flow(version.service_id, version.number)
    return version


def _sent(versions: list[ServiceVersion], user: User) -> dict[str, float]:
    """The CPU of everything that is sent."""
    flows = [flow_for(version.service_id, version.number) for version in versions]
    decided = [item for version in versions for item in claimed(version, user, 1)]
    found = {"a decision": _each(ours, decided, user)}
    OutboxMessage.objects.all().delete()
    keys = [str(time.monotonic_ns() + number) for number in range(FEW)]
    found["a message put out and delivered"] = _each(_deliver, keys)
    found["a signal of the department"] = _each(_spread, [versions[0].service.department_id] * FEW)
    found["100 signals inside Viewflow"] = _each(_hundred, flows)
    return found


def _spread(department_id: int) -> None:
    spread(SIGNAL, department_id=department_id, at=now())


def _deliver(key: str) -> None:
    outbox.put(TOPIC, {}, key=key)
    for leased in lease_due(1):
        assert deliver_one(leased)


def _hundred(flow: Any) -> None:
    for _ in range(100):
        task_finished.send(sender=flow, process=None, task=None)


def _memory(grown: float, live: int, receivers: int) -> Row:
    """What the compiled versions take; printed, without a target."""
    return Row(
        id="live",
        what=f"memory of {LIVE} live versions of 50 steps (from {live})",
        measured=f"{grown * LIVE / 2**20:.0f} MB",
        floor=f"one version {grown / 2**10:.0f} KiB",
        ratio=f"{receivers} receivers",
        target="printed; no receiver",
        met=receivers == 0,
    )
