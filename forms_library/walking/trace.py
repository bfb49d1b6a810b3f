"""What walks leave behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """One page as it was sent, and what of it was stored."""

    page: str
    posted: Mapping[str, list[str]]
    files: Mapping[str, str]
    stored: Mapping[str, Any]


@dataclass(frozen=True)
class Walk:
    """One way through a form, from the first page to the end, an exit page, or what stood in the way."""

    seed: int
    steps: tuple[Step, ...]
    answers: Mapping[str, Any]
    exit_page: str | None = None
    errors: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Fields whose stored answer is not what was typed."""

    @property
    def complete(self) -> bool:
        """Whether the form could be sent."""
        return not self.errors and self.exit_page is None

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages in the order in which they were sent."""
        return tuple(step.page for step in self.steps)


@dataclass(frozen=True)
class WalkedPath:
    """One path that was walked, with the answers that lead along it."""

    pages: tuple[str, ...]
    answers: Mapping[str, Any]
    exit: bool = False


@dataclass(frozen=True)
class PathReport:
    """All paths of a form: walked ones, and the others with the reason."""

    walked: tuple[WalkedPath, ...]
    contradictory: tuple[tuple[str, ...], ...] = ()
    """Paths whose conditions exclude each other: every combination of answers was tried."""
    not_found: tuple[tuple[str, ...], ...] = ()
    """Paths for which the search, which was cut short, met no answers."""
    complete: bool = True
    """Whether all paths that the links allow were listed."""
    problems: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """The number of paths that the links allow."""
        return len(self.walked) + len(self.contradictory) + len(self.not_found)

    @property
    def share(self) -> float:
        """The part of the satisfiable paths that was walked."""
        satisfiable = len(self.walked) + len(self.not_found)
        return len(self.walked) / satisfiable if satisfiable else 1.0


@dataclass(frozen=True)
class Finding:
    """One wrong value, and what became of it."""

    page: str
    field: str
    typed: Any
    code: str
    """The code of the complaint, empty when the value was taken."""
    wanted: str = ""
    """The code that was expected; empty when any error or an exact copy will do."""
    fault: str = ""
    """What is wrong with how the form took it; empty when all is well."""
