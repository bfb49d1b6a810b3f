"""About two hundred cases, made by people who use the real verbs on the days of the last weeks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from engine.audit import log as audit
from engine.audit.models import AuditEntry
from engine.core.worktime import Span
from engine.messages.delivery import deliver_all
from workflows.clock import calendar_of
from workflows.demonstration.scenarios import STORIES, Act, Story
from workflows.demonstration.world import World
from workflows.models import Case, Service
from workflows.sweeps import sweep_deadlines, sweep_jobs
from workflows.told_time import clock_set_to

SEED = 20261122
CHAIN = "system"
LOADED = "demonstration.loaded"


@dataclass(order=True)
class Happening:
    """One act at one moment; the first act of a case is to apply."""

    at: datetime
    number: int
    told: "Told" = field(compare=False)
    act: Act | None = field(compare=False)


@dataclass
class Told:
    """One case as it is told, with the chance that decides its details."""

    story: Story
    service: Service
    chance: random.Random
    case: Case | None = None


def load_cases(world: World) -> int:
    """Tell every story once; gives how many cases were made. What was loaded before is not told again."""
    if AuditEntry.objects.filter(chain=CHAIN, verb=LOADED).exists():
        return 0
    before = Case.objects.count()
    happenings = _in_order(world, timezone.now())
    applied = [happening.told for happening in happenings if happening.act is None]
    known = {id(told) for told in applied[:before]}  # a load that was interrupted goes on after these
    for happening in happenings:
        if id(happening.told) not in known:
            _happen(world, happening)
    deliver_all()
    audit.record(LOADED, chain=CHAIN, actor_note="load_demonstration", details={"seed": SEED})
    return Case.objects.count() - before


def _in_order(world: World, now: datetime) -> list[Happening]:
    """Everything that happens, in the order of time, with a sweep each morning."""
    chance = random.Random(SEED)  # noqa: S311 - the same stories every time are wanted
    found: list[Happening] = []
    for story in STORIES:
        for _ in range(story.times):
            told = Told(story, world.services[story.service], random.Random(chance.random()))  # noqa: S311
            found += _moments(told, now, len(found))
    return _apart(sorted(found))


def _apart(happenings: list[Happening]) -> list[Happening]:
    """Half a minute at least between two: telling one takes less than the time to the next."""
    for before, after in pairwise(happenings):
        after.at = max(after.at, before.at + timedelta(seconds=30))
    return happenings


def _moments(told: Told, now: datetime, number: int) -> Iterator[Happening]:
    """Count back from today: how long the case rests, then each act before the one after it."""
    calendar, chance = calendar_of(told.service.department_id), told.chance
    at = calendar.subtract(now, Span(working_hours=chance.randint(*told.story.rest)))
    acts = list(enumerate(told.story.acts, start=1))
    for step, act in reversed(acts):
        yield Happening(at, number + step, told, act)
        at = calendar.subtract(at, Span(working_hours=act.hours + chance.randint(0, 3)))
        at -= timedelta(minutes=chance.randint(1, 50))
    yield Happening(at, number, told, None)


def _happen(world: World, happening: Happening) -> None:
    if happening.at >= timezone.now():
        return
    told = happening.told
    with clock_set_to(happening.at):
        _morning(world, happening.at)
        if happening.act is None:
            told.case = world.apply(told.service, told.chance, happening.at)
        elif told.case is not None:
            world.act(told.case, happening.act, told.chance)
        deliver_all()


def _morning(world: World, at: datetime) -> None:
    """Once on each day that anything happens: what time itself brings."""
    if world.last_morning != at.date():
        world.last_morning = at.date()
        sweep_deadlines()
        sweep_jobs()
        deliver_all()
