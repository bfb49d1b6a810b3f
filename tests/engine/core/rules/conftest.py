"""One small form, in which most rules of these tests are written."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from engine.core.rules import Facts, Group, Outcome, Rows, Schema, compile_rule
from engine.core.worktime import WorkingCalendar

TODAY = date(2026, 3, 5)
Answers = dict[str, Any]
Ask = Callable[..., Outcome]


@pytest.fixture(scope="session")
def schema() -> Schema:
    """Short names, as in RULES.md: n and m are numbers, t and u texts, b and c yes or no, g rows."""
    answers = Group(
        {
            **dict.fromkeys("nm", "integer"),
            **dict.fromkeys("tu", "text"),
            **dict.fromkeys(("b", "c", "smoker"), "yes_no"),
            **dict.fromkeys(("fee", "rate"), "decimal"),
            **dict.fromkeys(("born", "until"), "date"),
            "tags": "choices",
            "address": Group({"town": "text"}),
            "g": Rows({"age": "integer", "price": "decimal", "k": "text", "pets": Rows({"kind": "text"})}),
        }
    )
    return Schema({"answers": answers, "work": Group({"check": Group({"outcome": "text"})})})


@pytest.fixture(scope="session")
def weekdays() -> WorkingCalendar:
    """Monday to Friday, with one holiday."""
    week = {day: [(time(8), time(16))] for day in range(5)}
    return WorkingCalendar("Europe/Paris", week, frozenset({date(2026, 3, 3)}))


@pytest.fixture
def ask(schema: Schema, weekdays: WorkingCalendar) -> Ask:
    """ask("answers.n > 1", n=2): what a rule says about these answers."""

    def asked(rule: str, *, want: Any = "bool", **answers: Any) -> Outcome:
        facts = Facts(schema, {"answers": answers}, TODAY, weekdays)
        return compile_rule(rule, schema, want).run(facts)

    return asked
