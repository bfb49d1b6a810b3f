"""Where each step stands: from top to bottom, the first way out straight down, the others beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflows.node_type import Edge, NodeOptions, node_types

COLUMN, ROW = 400, 124  # between two cards there is room for a label


@dataclass(frozen=True)
class Link:
    """One arrow; `back` leads up again, `watch` begins at a deadline on the edge of its step."""

    source: str
    target: str
    edge: Edge
    back: bool = False


@dataclass(frozen=True)
class Layout:
    """Places in the grid, and the arrows between them."""

    places: dict[str, tuple[int, int]]  # column and row
    links: list[Link]
    hosts: dict[str, str]  # deadline: the step that it watches

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return 1 + max((column for column, _ in self.places.values()), default=0)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return 1 + max((row for _, row in self.places.values()), default=0)


def place(nodes: Sequence[NodeOptions], start: str) -> Layout:
    """Lay out the steps of a workflow."""
    steps = {options.key: options for options in nodes}
    hosts = {key: host for key, options in steps.items() if (host := _watched(options)) in steps and host}
    links = _links(steps)
    order = [start, *(key for key in steps if key != start and key not in hosts)]
    back = _back_links(order, links, hosts)
    links = [Link(link.source, link.target, link.edge, (link.source, link.target) in back) for link in links]
    forward = [link for link in links if not link.back]
    rows = _rows(order, forward, hosts)
    return Layout(_without_gaps(_columns(order, forward, hosts, rows)), links, hosts)


def _watched(options: NodeOptions) -> str | None:
    return node_types[options.type].watches(options)


def _links(steps: dict[str, NodeOptions]) -> list[Link]:
    return [
        Link(key, edge.to, edge)
        for key, options in steps.items()
        for edge in node_types[options.type].targets(options)
        if edge.to in steps and _watched(steps[edge.to]) is None
    ]


def _below(key: str, links: Iterable[Link], hosts: dict[str, str]) -> list[str]:
    """What a step leads to; a deadline on its edge leads on as the step itself does."""
    own = {key, *(deadline for deadline, host in hosts.items() if host == key)}
    return [link.target for link in links if link.source in own]


def _back_links(order: list[str], links: list[Link], hosts: dict[str, str]) -> set[tuple[str, str]]:
    """The arrows that close a circle, found on the way from the start."""
    found: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in order:
        path: list[str] = []
        waiting: list[tuple[str, bool]] = [(root, False)]
        while waiting:
            key, leaving = waiting.pop()
            if leaving:
                path.pop()
                done.add(key)
            elif key not in done and key not in path:
                path.append(key)
                waiting.append((key, True))
                targets = _below(key, links, hosts)
                found |= {(key, target) for target in targets if target in path}
                waiting += [(target, False) for target in reversed(targets) if target not in path]
    return found | {
        (deadline, target) for deadline, host in hosts.items() for h, target in found if h == host
    }


def _rows(order: list[str], links: list[Link], hosts: dict[str, str]) -> dict[str, int]:
    """Every step stands below all that lead to it."""
    rows = dict.fromkeys(order, 0)
    for _ in order:  # a workflow has no longer way than it has steps
        moved = False
        for key in order:
            for target in _below(key, links, hosts):
                if target in rows and rows[target] <= rows[key]:
                    rows[target] = rows[key] + 1
                    moved = True
        if not moved:
            break
    return rows


def _columns(
    order: list[str], links: list[Link], hosts: dict[str, str], rows: dict[str, int]
) -> dict[str, tuple[int, int]]:
    """The first way out stays in its column; what comes beside it takes the next free column."""
    places: dict[str, tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for root in order:
        waiting = [(root, 0)]
        while waiting:
            key, wanted = waiting.pop()
            if key in places:
                continue
            column = wanted
            while (column, rows[key]) in taken:
                column += 1
            places[key] = (column, rows[key])
            taken.add(places[key])
            beside = [(target, column + n) for n, target in enumerate(_below(key, links, hosts))]
            waiting += reversed(beside)
    return places


def _without_gaps(places: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """A column in which nothing stands is left out."""
    used = sorted({column for column, _ in places.values()})
    return {key: (used.index(column), row) for key, (column, row) in places.items()}
