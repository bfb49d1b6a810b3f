"""Names and times of BPMN as keys, titles and spans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_KEY = 50
_TIME = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?"
)
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_MINUTES = {"years": 525_600, "months": 43_200, "weeks": 10_080, "days": 1_440, "hours": 60, "minutes": 1}
MOST_MINUTES = 5_000_000


class StepKeys:
    """Keys that are free, made of the names of steps."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str, instead: str) -> str:
        """A key for a step of this name."""
        base = slug(name) or slug(instead) or "step"
        for key in _numbered(base):
            if key not in self._taken:
                self._taken.add(key)
                return key
        raise AssertionError("numbers do not end")


def slug(text: str) -> str:
    """Small letters, digits and _, beginning with a letter; empty where nothing of that is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return re.sub(r"^[0-9_]+", "", key)[:LONGEST_KEY].strip("_")


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}_{number}"
        number += 1


def span_of(text: str) -> tuple[dict[str, int] | None, bool]:
    """A duration of ISO 8601 in one unit, and whether it is exactly that; None where it is no duration."""
    found = _TIME.fullmatch(text.strip()) if text.strip() not in ("P", "PT") else None
    if found is None or not any(found.groups()):
        return None, False
    given = {unit: int(figure) for unit, figure in zip(_UNITS, found.groups(), strict=True) if figure}
    if len(given) == 1:
        ((unit, figure),) = given.items()
        if unit == "weeks":
            return {"days": min(36_500, figure * 7)}, True
        if unit != "seconds" and 0 < figure <= 100:
            return {unit: figure}, True
    minutes = sum(_MINUTES.get(unit, 0) * figure for unit, figure in given.items())
    return {"minutes": max(1, min(MOST_MINUTES, minutes))}, minutes > 0 and "seconds" not in given
