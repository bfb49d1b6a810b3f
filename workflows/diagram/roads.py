"""The way of every arrow: straight down, out of the side, around other steps, or back up in a lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from workflows.diagram.layout import COLUMN, ROW, Layout, Link
from workflows.diagram.shapes import DEADLINE, half
from workflows.node_type import Family

MARGIN = 60
# how far above or below its middle the arrows leave a step, by their number
HEIGHTS: Mapping[int, Sequence[int]] = {1: [0], 2: [-4, 16], 3: [-10, 7, 24]}
Point = tuple[float, float]


class Roads:
    """Places in pixels, and the corners of the arrows between them."""

    def __init__(self, layout: Layout, families: Mapping[str, Family]) -> None:
        self.layout, self.families = layout, families
        self.taken = set(layout.places.values())
        self.beside: dict[str, list[Link]] = defaultdict(list)  # the arrows out of the side of each step
        for link in layout.links:
            if self._leaves_beside(link):
                self.beside[link.source].append(link)

    def middle(self, key: str) -> Point:
        """The middle of a step; a deadline sits on the lower edge of its host."""
        host = self.layout.hosts.get(key)
        if host is not None:
            x, y = self.middle(host)
            beside = [other for other, watched in self.layout.hosts.items() if watched == host].index(key)
            return x + 80 - 32 * beside, y + half("person")[1]
        column, row = self.layout.places[key]
        return MARGIN + column * COLUMN + COLUMN / 2, MARGIN + row * ROW

    def corners(self, link: Link, number: int) -> list[Point]:
        """The corners of an arrow; the number keeps arrows side by side apart."""
        shift = 4 * (number % 5)
        if link.back:
            return self._back(link, shift)
        return self._out_of_the_side(link, shift) if self._leaves_beside(link) else self._down(link, shift)

    def _leaves_beside(self, link: Link) -> bool:
        if link.source in self.layout.hosts:
            return False
        leads_right = self.middle(link.target)[0] > self.middle(link.source)[0]
        return link.back or (leads_right and self._is_free(link))

    def _door(self, link: Link) -> Point:
        """Where an arrow leaves the side of its step: each at a height of its own, as their labels are."""
        x, y = self.middle(link.source)
        if link.source in self.layout.hosts:
            return x + DEADLINE, y
        wide, _ = half(self.families[link.source])
        siblings = self.beside[link.source]
        place, most = siblings.index(link), len(siblings)
        down = HEIGHTS[most][place] if most in HEIGHTS else -10 + 34 * place / (most - 1)
        return (x + wide, y + down) if wide > 30 else (x + wide - abs(down), y + down)

    def _back(self, link: Link, shift: int) -> list[Point]:
        (x1, y1), (x2, y2) = self._door(link), self.middle(link.target)
        lane = max(self.middle(link.source)[0], x2) + COLUMN / 2 - 6 - shift
        aside = half(self.families[link.target])[0]
        return [(x1, y1), (lane, y1), (lane, y2 - 22), (x2 + aside, y2 - 22)]

    def _out_of_the_side(self, link: Link, shift: int) -> list[Point]:
        (x1, y1), (x2, y2) = self._door(link), self.middle(link.target)
        above = half(self.families[link.target])[1]
        column, row = self.layout.places[link.target][0], self.layout.places[link.source][1]
        if (column, row) not in self.taken and not self._between(link):
            return [(x1, y1), (x2, y1), (x2, y2 - above - 1)]
        lane, arrive = x2 - COLUMN / 2 + 10 + shift, y2 - above - 16
        return [(x1, y1), (lane, y1), (lane, arrive), (x2, arrive), (x2, y2 - above - 1)]

    def _down(self, link: Link, shift: int) -> list[Point]:
        (x1, y1), (x2, y2) = self.middle(link.source), self.middle(link.target)
        below = DEADLINE if link.source in self.layout.hosts else half(self.families[link.source])[1]
        above = half(self.families[link.target])[1]
        begin, end = (x1, y1 + below), (x2, y2 - above - 1)
        first = 12 if link.source in self.layout.hosts else 26  # below the words of a deadline
        turn, arrive = y1 + below + first + shift, y2 - above - 16
        if not self._between(link):
            return [begin, end] if x1 == x2 else [begin, (x1, turn), (x2, turn), end]
        lane = x2 - COLUMN / 2 + 10 + shift
        return [begin, (x1, turn), (lane, turn), (lane, arrive), (x2, arrive), end]

    def _is_free(self, link: Link) -> bool:
        """Whether no step stands beside the source on the way to the column of the target."""
        column, row = self.layout.places[link.source]
        return not any((c, row) in self.taken for c in range(column + 1, self.layout.places[link.target][0]))

    def _between(self, link: Link) -> bool:
        """Whether a step stands in the column of the target, between the two rows."""
        column, last = self.layout.places[link.target]
        first = self.layout.places[self.layout.hosts.get(link.source, link.source)][1]
        return any((column, row) in self.taken for row in range(first + 1, last))
