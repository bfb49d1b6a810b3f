"""What can become of a case, whatever people and answers decide: the net of the workflow is explored.

A token inside a split touches others only at the join, so the net is taken apart block by block, the
innermost first. Of one way of a block it matters only what can become of its token: it arrives at the
join, or its path or the whole case ends. With that the markings of a block are explored one by one (so
many have arrived), and the block is from then on one move of the net around it. This is exact: no order
and no choice is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Flag, auto

from workflows.tokens import Move
from workflows.validator.blocks import Blocks, Place, Stack
from workflows.validator.net import Net


class Fate(Flag):
    """What can become of a token."""

    NONE = 0
    ARRIVES = auto()  # at the join of the block it is in
    PATH_ENDS = auto()
    CASE_ENDS = auto()


@dataclass
class Explored:
    """By place what can become of a token there; of splits, where the block as a whole leads."""

    net: Net
    blocks: Blocks
    fates: dict[Place, Fate] = field(default_factory=dict)
    through: dict[Place, tuple[set[str], Fate]] = field(default_factory=dict)
    stuck: dict[Place, int] = field(default_factory=dict)  # splits whose join may get so few that it waits on

    def after(self, place: Place) -> Iterator[Place]:
        """The places with the same open splits that a token can come to; a block is passed in one move."""
        key, stack = place
        if place in self.through:
            yield from ((to, stack) for to in self.through[place][0])
        for move in self.net.moves[key]:
            if not move.opens and not move.closes:
                yield from ((to, stack) for to in move.to)
        yield from ((other, stack) for other in self.net.leaving.get(key, ()))

    def ways(self, split: Place) -> list[Place]:
        """The first steps of the ways that part at a split."""
        key, stack = split
        return [(to, (*stack, key)) for move in self.net.moves[key] if move.opens for to in move.to]

    def closing(self, split: Place) -> list[Move]:
        """The moves of the join that closes a block."""
        join = self.blocks.join_of.get(split)
        return [] if join is None else [move for move in self.net.moves[join] if move.closes]

    def own_fate(self, place: Place) -> Fate:
        """What can become of a token at this very step."""
        fate = self.through[place][1] if place in self.through else Fate.NONE
        for move in self.net.moves[place[0]]:
            if move.closes:
                fate |= Fate.ARRIVES
            elif move.ends_case:
                fate |= Fate.CASE_ENDS
            elif not move.to:
                fate |= Fate.PATH_ENDS
        return fate

    def reached(self, begin: Iterable[Place]) -> set[Place]:
        """All places that tokens really come to from these, inside of blocks and behind them."""
        found: set[Place] = set()
        waiting = list(begin)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += [*self.after(place), *self.ways(place)]
                waiting += [(other, ()) for other in self.net.beside.get(place[0], ())]
        return found


def explore(net: Net, blocks: Blocks) -> Explored:
    """Explore the blocks from the innermost outwards."""
    found = Explored(net, blocks)
    for stack in sorted(blocks.levels, key=len, reverse=True):
        keys = blocks.levels[stack]
        for key in keys:
            if any(move.opens for move in net.moves[key]):
                found.through[key, stack] = _pass_block(found, (key, stack))
        _spread_fates(found, keys, stack)
    return found


def _spread_fates(found: Explored, keys: list[str], stack: Stack) -> None:
    """What can become of a token is what can become of it at any step that it can come to."""
    before: dict[Place, list[Place]] = {}
    waiting = []
    for key in keys:
        place = (key, stack)
        found.fates[place] = found.own_fate(place)
        if found.fates[place]:
            waiting.append(place)
        for following in found.after(place):
            before.setdefault(following, []).append(place)
    while waiting:
        place = waiting.pop()
        for earlier in before.get(place, ()):
            if found.fates[place] & ~found.fates[earlier]:
                found.fates[earlier] |= found.fates[place]
                waiting.append(earlier)


def _pass_block(found: Explored, split: Place) -> tuple[set[str], Fate]:
    """Where a block can lead as a whole: steps behind its join, or the end of the path or the case."""
    key, stack = split
    leads: set[str] = set()
    fate = Fate.NONE
    for move in found.net.moves[key]:
        ways = [found.fates[to, (*stack, key)] for to in move.to] if move.opens else []
        counts, most = _markings(ways, some=move.some)
        taken, stuck = _leave(found, split, counts, most)
        leads |= taken
        if stuck:
            found.stuck[split] = min(stuck)
        if any(Fate.CASE_ENDS in way for way in ways):
            fate |= Fate.CASE_ENDS
        if 0 in counts and not any(closing.fewer for closing in found.closing(split)):
            fate |= Fate.PATH_ENDS
    return leads, fate


def come_together(found: Explored, split: Place, ways: list[Fate], arrived: int) -> tuple[Fate, bool]:
    """What can become of a block: so many have arrived, these are on the way; and if it may wait for ever.

    Unlike in the exploration the tokens need not be those that the split itself would have sent.
    """
    counts = {arrived}
    for way in ways:
        counts = {
            count + more
            for count in counts
            for more, what in ((1, Fate.ARRIVES), (0, Fate.PATH_ENDS))
            if what in way
        }
    most = arrived + sum(Fate.ARRIVES in way for way in ways)
    leads, stuck = _leave(found, split, counts, most)
    fate = Fate.NONE
    for to in leads:
        fate |= found.fates.get((to, split[1]), Fate.NONE)
    if any(Fate.CASE_ENDS in way for way in ways):
        fate |= Fate.CASE_ENDS
    if 0 in counts and not any(closing.fewer for closing in found.closing(split)):
        fate |= Fate.PATH_ENDS
    return fate, bool(stuck)


def _markings(ways: list[Fate], *, some: bool) -> tuple[set[int], int]:
    """How many can have arrived when nobody is on the way any more, and how many can arrive at most."""
    markings = {(0, False)}  # arrived; whether a way was taken at all
    for way in ways:
        following = set(markings) if some else set()
        for arrived, _ in markings:
            if Fate.ARRIVES in way:
                following.add((arrived + 1, True))
            if Fate.PATH_ENDS in way:
                following.add((arrived, True))
        markings = following
    counts = {arrived for arrived, taken in markings if taken}
    return counts, sum(Fate.ARRIVES in way for way in ways)


def _leave(found: Explored, split: Place, counts: set[int], most: int) -> tuple[set[str], set[int]]:
    """Where the join goes on from these markings, and those in which it waits for ever: deadlocks."""
    leads: set[str] = set()
    stuck = counts - {0}
    for move in found.closing(split):
        if move.needs is None:
            enough = counts - {0}
        elif move.fewer:
            enough = {count for count in counts if count < move.needs}
        else:
            enough = {count for count in {*counts, most} if count >= move.needs}
        if enough:
            leads.update(move.to)
        stuck -= enough
    return leads, stuck
