"""Which version a case belonged to at a moment: what was before it was moved is told in the words of then."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from workflows.models import ServiceVersion
from workflows.selectors.versions import Version, version_of

MOVES = ("case.version_moved", "case.version_restored")


class PastVersions:
    """The versions of one case over time, from its record; asks for nothing where it was never moved."""

    def __init__(self, case: Any, entries: Iterable[Any]) -> None:
        self.case = case
        moves = [
            (each.at, versions_in(json.loads(each.details))[0]) for each in entries if each.verb in MOVES
        ]
        self.moves = sorted(moves)
        self._numbered = cache(self._find)

    def at(self, moment: datetime) -> Version:
        """The version that the case belonged to then."""
        number = next((number for at, number in self.moves if at >= moment), None)
        return version_of(self.case.version_id) if number is None else self._numbered(number)

    def _find(self, number: int) -> Version:
        versions = ServiceVersion.objects.filter(service=self.case.service_id, number=number)
        return version_of(versions.values_list("pk", flat=True).get())


def versions_in(details: dict[str, Any]) -> tuple[int, int]:
    """From which version to which a case was moved, in the details of its record."""
    return int(details.get("from_version", 0)), int(details.get("to_version", 0))
