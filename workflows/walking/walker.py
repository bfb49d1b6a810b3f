"""The walker: it makes one move after another on a stage, and takes back what it made."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from time import monotonic
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.departments.models import Department
from workflows.deadlines import ARMED
from workflows.definition import ServicePackage
from workflows.dry_run.refusing import ActRefused, code_of, sentence_of
from workflows.dry_run.report import Report
from workflows.dry_run.stage import Stage, staged
from workflows.dry_run.telling import told
from workflows.models import Deadline, WorkItem
from workflows.refusals import WorkRefused
from workflows.step import OPEN
from workflows.told_time import move_clock
from workflows.walking.findings import Findings, Problem
from workflows.walking.moves import Move, moves

logger = logging.getLogger(__name__)
AT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # a working day, far from any change of the clocks
LONGEST = 60  # moves of one walk through a small workflow
APPLICATIONS = 4  # with different answers, where every way is looked for


@dataclass
class Budget:
    """How many moves all walks together may make, and for how long."""

    moves: int
    seconds: float
    begun: float = field(default_factory=monotonic)

    def is_spent(self, made: int) -> bool:
        """Whether no further move is begun."""
        return made >= self.moves or monotonic() - self.begun >= self.seconds


class _Back(Exception):
    """What was done inside is taken back."""


def walk(
    package: ServicePackage,
    department: Department,
    *,
    seeds: int = 20,
    exhaustive: bool = False,
    most: int = 2_000,
    budget: Budget | None = None,
) -> Findings:
    """Walk a workflow by chance, once for each seed, or along every way until `most` moves are made.

    Walks by chance end as well when a budget is spent.
    """
    findings = Findings(package)
    with staged(package, department, AT) as stage:
        if exhaustive:
            _Search(stage, findings, most).every()
        else:
            for seed in range(seeds):
                with _taken_back(stage):
                    _by_chance(stage, findings, Random(seed), budget)  # noqa: S311  a walk, no secret
    return findings


@contextmanager
def _taken_back(stage: Stage) -> Iterator[None]:
    """Rows, clock and what would have left are as before once this is over."""
    before, noted = timezone.now(), len(stage.rehearsal.noted)
    try:
        with transaction.atomic():
            yield
            raise _Back
    except _Back:
        pass
    finally:
        del stage.rehearsal.noted[noted:]
        move_clock(before)


def _by_chance(stage: Stage, findings: Findings, chance: Random, budget: Budget | None) -> None:
    """One walk, from its first move to an end, or until the budget of all walks is spent."""
    findings.walks += 1
    made: tuple[str, ...] = ()
    report, refused = told(stage, "en", None), set[Move]()
    while len(made) < _longest(stage):
        if budget is not None and budget.is_spent(findings.acts):
            return
        possible = [move for move in moves(stage, report, chance) if move not in refused]
        if not possible:
            _note_stuck(findings, report, made)
            return
        # what was done already is done again less often, so that a walk leaves its circles
        move = chance.choices(possible, [1 / (1 + 3 * made.count(str(each))) for each in possible])[0]
        if not _made(stage, move, findings, made):
            refused.add(move)
            continue
        made, refused = (*made, str(move)), set()
        report = told(stage, "en", None)
        findings.look(report, made)
        if report.ended:
            findings.end(report)
            if chance.random() < 0.5:  # some ends can be left again
                return
    step = report.open[0].step if report.open else ""
    findings.note(Problem("endless", step, f"A walk of {len(made)} moves came to no end.", made))


def _longest(stage: Stage) -> int:
    """So many moves are enough for a walk through a workflow of this size."""
    return max(LONGEST, 4 * len(stage.package.workflow.nodes))


def _made(stage: Stage, move: Move, findings: Findings, before: tuple[str, ...]) -> bool:
    """Make a move; what is refused changes nothing, and is noted."""
    findings.acts += 1
    try:
        with transaction.atomic():
            move.play(stage)
    except (ActRefused, WorkRefused) as refused:
        sentence = f"{move.what}: {code_of(refused)}. {sentence_of(refused)}"
        findings.note(Problem("refused", move.step, sentence, (*before, str(move))))
        return False
    except Exception as error:  # whatever a walk meets belongs to its findings
        logger.warning("a walk stopped: %s", type(error).__name__)
        sentence = f"{move.what}: {sentence_of(error)} ({code_of(error)})"
        findings.note(Problem("fault", move.step, sentence, (*before, str(move))))
        return False
    return True


def _note_stuck(findings: Findings, report: Report, made: tuple[str, ...]) -> None:
    """Nobody and nothing can bring the case on, unless it has come to an end."""
    if report.ended:
        return
    waiting = [moment.step for moment in report.moments if moment.state in ("open", "failed")]
    step = waiting[-1] if waiting else ""
    sentence = "Nobody can bring the case on here." if report.moments else "No case can begin."
    findings.note(Problem("stuck", step, sentence, made))


@dataclass
class _Search:
    """Every way, depth first; of two roads to the same place only one is followed."""

    stage: Stage
    findings: Findings
    most: int
    seen: set[Any] = field(default_factory=set)

    def every(self) -> None:
        """Search until nothing is new, or all moves are used up."""
        self.findings.walks = 1
        self._from(told(self.stage, "en", None), ())

    def _from(self, report: Report, made: tuple[str, ...]) -> None:
        # made-up answers depend on the road alone, so a search is the same every time
        chance = Random("/".join(made))  # noqa: S311  a walk, no secret
        possible = moves(self.stage, report, chance, APPLICATIONS)
        if not possible:
            _note_stuck(self.findings, report, made)
            return
        for move in possible:
            if self.findings.acts >= self.most or len(made) >= _longest(self.stage):
                self.findings.complete = False
                return
            with _taken_back(self.stage):
                self._try(move, made)

    def _try(self, move: Move, made: tuple[str, ...]) -> None:
        if not _made(self.stage, move, self.findings, made):
            return
        report, road = told(self.stage, "en", None), (*made, str(move))
        self.findings.look(report, road)
        if report.ended:
            self.findings.end(report)
        place = self._place(report)
        if place not in self.seen:
            self.seen.add(place)
            self._from(report, road)

    def _place(self, report: Report) -> Any:
        """Where a case stands: what is open, what runs, and what was decided on the way."""
        department = self.stage.department
        waiting = WorkItem.objects.filter(department=department, status__in=OPEN)
        running = Deadline.objects.filter(case__department=department, **ARMED)
        decided = frozenset((moment.step, moment.outcome) for moment in report.moments if moment.outcome)
        return (
            tuple(sorted(waiting.values_list("node_key", "status"))),
            running.count(),
            decided,
            report.state,
        )
