"""Whether a case, with its tokens on the steps of the new version, stands so that it cannot get stuck there.

Each token must be where the new version lets tokens be on such a way; and each split that is open must still
come together, counted with those that have come and those that are on the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workflows.moving.matching import CANCELLED
from workflows.moving.reasons import Reason, reason
from workflows.moving.standing import Spot, Standing, split_of
from workflows.moving.terrain import MAIN, Terrain
from workflows.validator.blocks import Stack
from workflows.validator.exploring import Fate, come_together

JOIN = "JOIN"
Targets = Mapping[int, str]


@dataclass
class _Block:
    """The ways of one split that are still open."""

    region: str
    key: str
    splits: tuple[int, ...]  # around it
    stack: Stack
    ways: list[Fate] = field(default_factory=list)
    arrived: int = 0


class Marking:
    """The tokens of one case in the new version."""

    def __init__(self, standing: Standing, targets: Targets, terrain: Terrain) -> None:
        self.standing, self.targets, self.terrain = standing, targets, terrain
        self.blocks: dict[int, _Block] = {}
        self.reasons: list[Reason] = []
        self.main: list[Fate] = []

    def judge(self) -> list[Reason]:
        """Everything that is wrong with it."""
        for tokens in self._by_token():
            self._place(tokens)
        for spot in self.standing.spots:
            if spot.item.flow_task_type == JOIN:
                self._join(spot)
        for key in sorted(self.blocks, key=lambda each: len(self.blocks[each].splits), reverse=True):
            self._block(key)
        had_main = any(spot.region == MAIN for spot in self.standing.spots)
        if had_main and not self.main and not self.reasons:
            self.reasons.append(reason("nothing_left"))
        return self.reasons

    def _by_token(self) -> Iterator[list[Spot]]:
        """Items that race, or are votes of one round, are one token."""
        found: dict[str, list[Spot]] = {}
        for spot in self.standing.spots:
            if spot.item.flow_task_type != JOIN:
                found.setdefault(spot.token, []).append(spot)
        yield from found.values()

    def _place(self, tokens: list[Spot]) -> None:
        spot = tokens[0]
        block = self._open(spot)
        fate = Fate.NONE
        for each in tokens:
            fate |= self._fate(each)
        if not fate:  # cancelled, or said already
            return
        if block is not None:
            block.ways.append(fate)
        elif spot.region == MAIN:
            self.main.append(fate)

    def _fate(self, spot: Spot) -> Fate:
        to = self.targets[spot.item.pk]
        if to == CANCELLED:
            return Fate.NONE
        fate = self.terrain.fate(self._region(spot), to, spot.stack)
        if not fate:
            self.reasons.append(reason("not_there", step=spot.item.node_key, to=to))
        return fate

    def _region(self, spot: Spot) -> str:
        """The region of its path, by the step that owns it now."""
        return spot.region if spot.owner is None else self.targets.get(spot.owner, spot.region)

    def _open(self, spot: Spot) -> _Block | None:
        """The innermost split around a spot; those around it come to be as well."""
        for size in range(1, len(spot.splits) + 1):
            around = spot.splits[: size - 1]
            made = _Block(self._region(spot), spot.stack[size - 1], around, spot.stack[: size - 1])
            self.blocks.setdefault(spot.splits[size - 1], made)
        return self.blocks[spot.splits[-1]] if spot.splits else None

    def _join(self, spot: Spot) -> None:
        split = split_of(spot.item)
        if split is None:
            return
        self._open(spot)
        made = _Block(
            self._region(spot), self.standing.heads.get(split, ("", ""))[0], spot.splits, spot.stack
        )
        self.blocks.setdefault(split, made).arrived = len(spot.item.data["arrived"])

    def _block(self, number: int) -> None:
        """The ways of a split come together, or end; what becomes of them is one token around it."""
        block = self.blocks[number]
        place = (block.key, block.stack)
        if not self.terrain.fate(block.region, *place):
            self.reasons.append(reason("join_gone", step=block.key))
            return
        fate, stuck = come_together(self.terrain.explored, place, block.ways, block.arrived)
        if stuck:
            self.reasons.append(reason("for_ever", step=block.key))
        if block.splits:
            self.blocks[block.splits[-1]].ways.append(fate)
        elif block.region == MAIN:
            if Fate.PATH_ENDS in fate and not stuck:
                self.reasons.append(reason("no_outcome", step=block.key))
            self.main.append(fate)


def joins_of(standing: Standing, terrain: Terrain) -> Iterator[tuple[int, str | None]]:
    """The joins that wait, each with the step that takes its place; None where there is none."""
    for spot in standing.spots:
        if spot.item.flow_task_type == JOIN:
            split = split_of(spot.item)
            key = standing.heads.get(split, ("", ""))[0] if split is not None else ""
            yield spot.item.pk, terrain.join_of(key, spot.stack)
