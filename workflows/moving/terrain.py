"""Where cases can be in a version, from its explored net: a moved case must stand where others can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.core.problems import Problems
from workflows.selectors.versions import KEPT, Version
from workflows.validator.blocks import Place, Stack, find_blocks
from workflows.validator.exploring import Explored, Fate, explore
from workflows.validator.net import Net, kind_of, net_of

MAIN, BESIDE = "", "*"  # regions: of the case itself, of paths beside it; else the step that owns a path


@dataclass(frozen=True)
class Terrain:
    """The places of a version by region, and what can become of a token there."""

    explored: Explored
    regions: Mapping[str, frozenset[Place]]

    def fate(self, region: str, key: str, stack: Stack) -> Fate:
        """What can become of a token here; nothing where no case can be."""
        place = (key, stack)
        if place not in self.regions.get(region, self.regions[BESIDE]):
            return Fate.NONE
        return self.explored.fates.get(place, Fate.NONE)

    def join_of(self, split: str, stack: Stack) -> str | None:
        """What brings the ways of a split together that was reached inside these."""
        return self.explored.blocks.join_of.get((split, stack))


@lru_cache(maxsize=KEPT)
def terrain_of(version: Version) -> Terrain:
    """The terrain of a version; it never changes, so each process explores it once."""
    package = version.package
    net = net_of(package.workflow, package.nodes)
    older = [key for key, options in package.nodes.items() if kind_of(options).may_stay_unreached]
    net = replace(net, starts=list(dict.fromkeys([*net.starts, *older])))
    blocks = find_blocks(net, {key: Problems() for key in package.nodes})
    found = explore(net, blocks)
    return Terrain(found, _regions(found, _owned(net)))


def _owned(net: Net) -> dict[str, list[str]]:
    """By step that owns paths inside it, where they begin."""
    found = {}
    for key, options in net.steps.items():
        begun = [to for move in kind_of(options).moves(options) if move.inside for to in move.to]
        if begun:
            found[key] = [to for to in begun if to in net.steps]
    return found


def _regions(found: Explored, owned: Mapping[str, list[str]]) -> dict[str, frozenset[Place]]:
    net = found.net
    beside = [to for key, begun in net.beside.items() for to in begun if to not in owned.get(key, ())]
    return {
        MAIN: _region(found, net.starts),
        BESIDE: _region(found, [*net.anytime, *beside]),
        **{key: _region(found, begun) for key, begun in owned.items()},
    }


def _region(found: Explored, begin: Iterable[str]) -> frozenset[Place]:
    """The places that a token really comes to from these, without the paths that begin beside it."""
    seen: set[Place] = set()
    waiting: list[Place] = [(key, ()) for key in begin]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += [*found.after(place), *found.ways(place)]
    return frozenset(seen)
