"""What walks through a workflow came to: the ways that were gone, the ends, and what went wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from workflows.definition import ServicePackage
from workflows.dry_run.coverage import Coverage, coverage_of
from workflows.dry_run.report import Report
from workflows.node_type import node_types

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Way = tuple[str, str]
ProblemKind = Literal["stuck", "refused", "failed", "fault", "endless"]


@dataclass(frozen=True)
class Problem:
    """Something that went wrong, where, and the moves that lead there."""

    kind: ProblemKind
    step: str
    sentence: str
    moves: tuple[str, ...] = field(default=(), compare=False)

    def written(self) -> dict[str, Any]:
        """The problem as plain JSON."""
        return {"kind": self.kind, "step": self.step, "sentence": self.sentence, "moves": list(self.moves)}


@dataclass
class Findings:
    """A collector for all walks through one workflow."""

    package: ServicePackage
    walks: int = 0
    acts: int = 0
    complete: bool = True  # whether an exhaustive walk saw everything before its acts were used up
    ways: set[Way] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    ends: Counter[str] = field(default_factory=Counter)
    problems: dict[Problem, Problem] = field(default_factory=dict)

    def look(self, report: Report, moves: tuple[str, ...]) -> None:
        """Note what a walk has come to."""
        self.ways |= report.ways
        self.visited |= report.visited
        for moment in report.moments:
            if moment.state == "failed":
                self.note(
                    Problem("failed", moment.step, f"This step failed: {moment.failure or 'unknown'}.", moves)
                )

    def end(self, report: Report) -> None:
        """Note at which ends a walk came out; one way beside the others may have an end of its own."""
        found = report.visited & self._ends
        self.ends.update(found or [report.outcome or report.state])

    def note(self, problem: Problem) -> None:
        """Note a problem; of several walks to the same one the shortest is kept."""
        known = self.problems.get(problem)
        if known is None or len(problem.moves) < len(known.moves):
            self.problems.pop(problem, None)
            self.problems[problem] = problem

    @property
    def coverage(self) -> Coverage:
        """The ways that were gone, of all that there are."""
        gone = Report(
            now=_EPOCH,
            next_at=None,
            state="",
            outcome="",
            ended=False,
            reference="",
            ways=frozenset(self.ways),
        )
        return coverage_of(self.package, [gone])

    @property
    def _ends(self) -> frozenset[str]:
        return frozenset(
            options.key
            for options in self.package.workflow.nodes
            if node_types[options.type].family_of(options) == "end"
        )

    @property
    def ends_missed(self) -> list[str]:
        """The ends that no walk has come to."""
        return sorted(self._ends - set(self.ends))

    def written(self) -> dict[str, Any]:
        """Everything as plain JSON."""
        coverage = self.coverage
        return {
            "walks": self.walks,
            "acts": self.acts,
            "complete": self.complete,
            "ways": round(coverage.share, 6),
            "ways_missing": [list(way) for way in coverage.missing],
            "ends": dict(sorted(self.ends.items())),
            "ends_missing": self.ends_missed,
            "problems": [problem.written() for problem in self.problems],
        }
