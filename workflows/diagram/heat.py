"""How warm each step of a picture is: the longer cases stay at it, the warmer, beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

# from the coolest to the warmest; dark letters can be read on all of them
TINTS = ("#ffffff", "#fff6d8", "#ffe3a3", "#ffc46b", "#f9a04b")


@dataclass(frozen=True)
class Warmth:
    """The tint of a step, by its place among the others, and what stands on its card."""

    level: int
    text: str

    @property
    def tint(self) -> str:
        """The colour."""
        return TINTS[self.level]


def warmths(spans: Mapping[str, timedelta], texts: Mapping[str, str]) -> dict[str, Warmth]:
    """A warmth for each step, in parts of the longest stay; what takes no time stays white."""
    longest = max(spans.values(), default=timedelta())
    return {key: Warmth(_level(span, longest), texts.get(key, "")) for key, span in spans.items()}


def _level(span: timedelta, longest: timedelta) -> int:
    if not span or not longest:
        return 0
    return 1 + min(3, int(4 * span / longest))
