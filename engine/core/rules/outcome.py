"""What running a rule gives: a value, the answers that are missing for it, or a fault."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.core.rules import budget, dates, numbers
from engine.core.rules.facts import Facts
from engine.core.rules.functions import NO_ANSWERS
from engine.core.rules.inputs import ONE_ROW, Inputs
from engine.core.rules.world import ERROR

Value = bool | str | int | Decimal | date | list[str] | None
# how CEL says that a question has no answer
UNANSWERED = ("Key not found in map", "Index error", NO_ANSWERS)
SOMETHING = "?"


class WrongThread(RuntimeError):
    """Facts were used outside of the thread that made them."""


@dataclass(frozen=True)
class Outcome:
    """A value, or the names of the answers that are missing for it, or what went wrong."""

    value: Value = None
    missing: tuple[str, ...] = ()
    fault: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not self.missing and not self.fault

    @property
    def holds(self) -> bool:
        """Whether a statement is true; an unanswered one does not hold, and neither does its negation."""
        return self.value is True


HOLDS, HOLDS_NOT = Outcome(True), Outcome(False)


def run(program: Any, inputs: Inputs, facts: Facts, *, timed: bool = True) -> Outcome:
    """Run a program and read its answer; one that never looks at the clock need not be timed."""
    if facts.thread != threading.get_ident():
        raise WrongThread("Facts belong to the thread that made them.")
    dates.current_calendar.set(facts.calendar)
    if timed:
        budget.begin()
    try:
        answer = program.eval(facts.activation)
    except RuntimeError as stopped:
        return Outcome(fault=_plain(str(stopped)))
    found = answer.plain_value()
    if found is True or found is False:  # nearly all rules say one of these: asked first, for it is cheap
        return HOLDS if found else HOLDS_NOT
    if answer.type() != ERROR:
        return Outcome(_value(found))
    message = str(answer.value())
    if any(words in message for words in UNANSWERED):
        return Outcome(missing=_missing(inputs, facts))
    return Outcome(fault=_plain(message))


def _missing(inputs: Inputs, facts: Facts) -> tuple[str, ...]:
    absent = [path for path in inputs.needs if facts.absent(path)]
    # the lowest of no rows: nothing is absent, but a row is wanted
    absent = absent or [path for path in inputs.needs if "[]" in path]
    return tuple(sorted({ONE_ROW.sub("[]", path) for path in absent})) or (SOMETHING,)


def _plain(message: str) -> str:
    """The first line, without the status code in front."""
    first = message.splitlines()[0] if message else ""
    return first.split(": ", 1)[-1].removesuffix("]").strip() or "the rule failed"


CONVERTERS: dict[type, Callable[[Any], Value]] = {
    float: numbers.as_decimal,
    datetime: datetime.date,
}


def _value(found: Any) -> Value:
    convert = CONVERTERS.get(type(found))
    value: Value = convert(found) if convert else found
    return value
