"""What a drill came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deploy.drills.ground import Ground

LONGEST_OUTAGE_S = 60.0


class NotAsItShould(Exception):
    """Something that a drill asserts does not hold."""


@dataclass(frozen=True)
class Outcome:
    """One line of the table; what was acknowledged must be there, once."""

    title: str
    outage_s: float
    acknowledged: int
    lost: int
    doubled: int
    may_lose: bool = False
    within_s: float = LONGEST_OUTAGE_S
    notes: tuple[str, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost that may not be, nothing done twice, and the outage was short."""
        kept = self.lost == 0 or self.may_lose
        return kept and self.doubled == 0 and self.acknowledged > 0 and self.outage_s < self.within_s

    @property
    def line(self) -> str:
        """For the closing table."""
        counted = f"outage {self.outage_s:5.1f} s   acknowledged {self.acknowledged:4}   lost {self.lost}"
        verdict = "" if self.is_good else "   NOT GOOD"
        return "\n     ".join([f"{self.title:<42} {counted}   doubled {self.doubled}{verdict}", *self.notes])


Drill = Callable[["Ground"], list[Outcome]]


def require(holds: bool, sentence: str) -> None:
    """End the drill where something does not hold."""
    if not holds:
        raise NotAsItShould(sentence)
