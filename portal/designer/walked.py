"""What walks have not gone yet, with names and the place in the editor; and walks that go by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.designer.trial import Asked
from workflows.dry_run import Coverage
from workflows.node_type import node_types
from workflows.walking import Findings, Problem, walk

WALKS = 3
MOST_STEPS = 60  # of a larger workflow some moves are tried one after another, so that the page comes
MOST_MOVES = 120
SENTENCES = {
    "stuck": gettext_lazy("The case cannot go on here: nobody can do anything, and no deadline is running."),
    "refused": gettext_lazy("Something was offered here and then refused."),
    "failed": gettext_lazy("This step failed for good."),
    "fault": gettext_lazy("Something broke here that should never break."),
    "endless": gettext_lazy("A walk went round and came to no end."),
}


@dataclass(frozen=True)
class Gap:
    """A way that no walk has gone: from a step, which may not have been reached either."""

    step: str
    title: str
    to: str
    reached: bool


def gaps(asked: Asked, coverage: Coverage) -> list[Gap]:
    """The ways that are missing, in the order of the workflow; steps that nothing has reached say so."""
    reached = {asked.package.workflow.start, *(step for way in coverage.gone for step in way)}
    return [
        Gap(before, title_of(asked, before), title_of(asked, after), before in reached)
        for before, after in coverage.missing
    ]


def percent(coverage: Coverage | None) -> int:
    """How many of a hundred ways were gone; all of them only when none is missing."""
    if coverage is None:
        return 0
    return 100 if not coverage.missing else min(99, round(coverage.share * 100))


def title_of(asked: Asked, step: str) -> str:
    """What a step is called; its kind where it has no title."""
    options, language = asked.package.nodes.get(step), get_language() or "en"
    if options is None:
        return step
    return options.title.in_(language) or node_types[options.type].label.in_(language)


def by_itself(asked: Asked) -> dict[str, Any]:
    """A few walks by chance, of a bounded number of moves: what they reached and what broke."""
    large = len(asked.package.workflow.nodes) > MOST_STEPS
    found = walk(asked.package, asked.service.department, seeds=WALKS, exhaustive=large, most=MOST_MOVES)
    return {
        "walks": found.walks,
        "moves": found.acts,
        "percent": percent(found.coverage),
        "gaps": gaps(asked, found.coverage),
        "ends": [(_end(asked, end), times) for end, times in sorted(found.ends.items())],
        "missed": [title_of(asked, end) for end in found.ends_missed],
        "problems": _problems(asked, found),
    }


def _end(asked: Asked, end: str) -> str:
    return _("The applicant takes it back") if end == "withdrawn" else title_of(asked, end)


def _problems(asked: Asked, found: Findings) -> list[dict[str, Any]]:
    """What went wrong, each with its step, a sentence and the way that leads there."""
    return [
        {
            "step": problem.step,
            "title": title_of(asked, problem.step) if problem.step else _("The beginning"),
            "sentence": SENTENCES[problem.kind],
            "detail": _detail(problem),
            "moves": [_move(asked, move) for move in problem.moves],
        }
        for problem in found.problems
    ]


def _detail(problem: Problem) -> str:
    return "" if problem.kind in ("stuck", "endless") else problem.sentence


def _move(asked: Asked, move: str) -> str:
    """A move with the title of its step in the place of the key."""
    step, _space, rest = move.partition(" ")
    return f"{title_of(asked, step)}: {rest}" if rest else step
