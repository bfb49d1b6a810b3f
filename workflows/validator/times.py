"""Times that do not fit together: a step must not take longer than the whole case may."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.problems import Problems
from engine.core.worktime import Span
from workflows.definition import Workflow
from workflows.validator.net import kind_of
from workflows.words import span_text

# days in the calendar, as offices usually work: five days of eight hours in a week
DAYS: Mapping[str, float] = {
    "working_days": 7 / 5,
    "working_hours": 7 / 5 / 8,
    "minutes": 1 / 24 / 60,
    "hours": 1 / 24,
    "days": 1,
    "months": 30.4,
    "years": 365.25,
}


def check_times(workflow: Workflow, problems: Problems) -> None:
    """Note steps that may take longer than the whole case, whose clock stands still for the applicant."""
    whole = workflow.decide_within
    for number, options in enumerate(workflow.nodes):
        kind = kind_of(options)
        span = kind.span(options)
        if span is not None and kind.family != "applicant" and is_longer(span, whole):
            problems.at("nodes", number).look(
                "longer_than_case",
                f"This takes {span_text(span, 'en')}, "
                f"but the whole case is to be decided within {span_text(whole, 'en')}.",
            )


def is_longer(one: Span, other: Span) -> bool:
    """Whether a length of time is surely longer than another; of different units a little does not count."""
    if one.unit == other.unit:
        return one.amount > other.amount
    return one.amount * DAYS[one.unit] > 1.1 * other.amount * DAYS[other.unit]
