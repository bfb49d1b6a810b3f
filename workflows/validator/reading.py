"""Rules that read what staff or steps record: a case must have been there before, or the rule does not hold.

Whether a case can come to a step without having been at another is asked of the net: the other step is taken
out, and the net explored again. So a join that waits for all counts as having been on all of its ways.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.core.problems import Problems
from workflows.validator.blocks import Blocks, Place
from workflows.validator.exploring import Explored, explore
from workflows.validator.net import Net

MOST = (
    200_000  # places that are looked at in all: two hundred steps that are read in a workflow of a thousand
)


@dataclass(frozen=True)
class Reading:
    """A rule at a step: which steps it reads, and of which it has no value without."""

    at: Problems
    step: str
    reads: frozenset[str]
    needs: frozenset[str]


def reading_of(at: Problems, step: str, reads: Iterable[str], needs: Iterable[str]) -> Reading:
    """What a rule reads of steps, out of all the paths that it reads."""
    return Reading(at, step, _steps_in(reads), _steps_in(needs))


def _steps_in(paths: Iterable[str]) -> frozenset[str]:
    parts = [path.split(".") for path in paths]
    return frozenset(part[1] for part in parts if part[0] == "work" and len(part) > 1)


def check_reading(net: Net, blocks: Blocks, readings: Iterable[Reading]) -> None:
    """Note rules about steps at which no case can have been, and those at which not every case has been."""
    by_step: dict[str, list[Reading]] = {}
    for reading in readings:
        for key in reading.reads & net.steps.keys():
            by_step.setdefault(key, []).append(reading)
    order = _Order(net, blocks)
    is_small = len(by_step) * len(blocks.places) <= MOST
    if not is_small:
        sentence = "Rules read too many steps to say whether a case has been at each of them before."
        next(iter(by_step.values()))[0].at.look("too_many_readings", sentence)
    for key, found in sorted(by_step.items()):
        before = order.may_come_after(key)
        late = [reading for reading in found if reading.step not in {*before, key}]
        for reading in late:
            sentence = (
                f"No case has been at the step {net.name(key)} before it comes here, so this cannot be read."
            )
            reading.at.mend("not_set", sentence)
        if is_small:
            _check_always(net, blocks, key, [reading for reading in found if reading not in late])


class _Order:
    """Which steps a case can come to after another, or at the same time on another way."""

    def __init__(self, net: Net, blocks: Blocks) -> None:
        self.net = net
        self.beside = net.paths_beside(net.main())
        self.inside: dict[str, set[str]] = {}  # by split
        self.splits: dict[str, set[str]] = {}  # by step
        for stack, keys in blocks.levels.items():
            for split in stack:
                self.inside.setdefault(split, set()).update(keys)
            for key in keys:
                self.splits.setdefault(key, set()).update(stack)

    def may_come_after(self, key: str) -> set[str]:
        """The steps at which a case can be when it has been at this one."""
        if key in self.beside:
            return set(self.net.steps)  # a path beside the case runs at the same time as all of it
        later = self.net.spread(self.net.after(key))
        return later.union(self.beside, *(self.inside[split] for split in self.splits.get(key, ())))


def _check_always(net: Net, blocks: Blocks, key: str, readings: list[Reading]) -> None:
    wanted = [reading for reading in readings if key in reading.needs and reading.step != key]
    if not wanted:
        return
    without = replace(net, moves={**net.moves, key: []})
    found = explore(without, blocks)
    begin: list[Place] = [(start, ()) for start in (*net.starts, *net.anytime)]
    reached = {step for step, _ in found.reached(begin)}
    for reading in wanted:
        if reading.step in reached:
            way = _way_to(found, begin, reading.step)
            by = f", for example by way of {net.names(way)}" if way else ""
            reading.at.look(
                "may_be_missing",
                f"A case can come here without having been at the step {net.name(key)}{by}. "
                "Then this does not hold.",
            )


def _way_to(found: Explored, begin: Iterable[Place], step: str) -> list[str]:
    """The steps between the beginning and this one, on a shortest way."""
    came: dict[Place, Place | None] = dict.fromkeys(begin)
    waiting = deque(came)
    while waiting:
        place = waiting.popleft()
        if place[0] == step:
            way = []
            earlier = came[place]
            while earlier is not None and came[earlier] is not None:
                way.append(earlier[0])
                earlier = came[earlier]
            return way[::-1]
        beside = [(other, ()) for other in found.net.beside.get(place[0], ())]
        for following in [*found.after(place), *found.ways(place), *beside]:
            if following not in came:
                came[following] = place
                waiting.append(following)
    return []
