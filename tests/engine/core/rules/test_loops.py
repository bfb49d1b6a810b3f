"""Loops over rows: rewritten to be linear, and they pass over rows without an answer."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.core.rules import Outcome

Ask = Callable[..., Outcome]

ROWS = [
    {"age": 3, "price": "0.10", "k": "a"},
    {"price": "0.20", "k": "a"},
    {"age": 40, "price": "5", "k": "b"},
]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("sum(answers.g.map(i, i.age)) == 43", True),
        ("sum(answers.g.map(i, i.price)) == 5.3", True),
        ('sum(answers.g.filter(i, i.k == "a").map(i, i.price)) == 0.3', True),
        ('sum(answers.g.filter(x, x.k == "a").map(i, i.price)) == 0.3', True),
        ('sum(answers.g.map(i, i.k == "a", i.price)) == 0.3', True),
        ("sum(answers.g.map(i, i.age > 1, i.price)) == 5.1", True),
        ("lowest(answers.g.map(i, i.price)) == 0.1", True),
        ("highest(answers.g.map(i, i.price)) == 5.0", True),
        ('highest(answers.g.filter(x, x.k == "a").map(i, i.age)) == 3', True),
        ("size(answers.g.filter(i, i.age > 3)) == 1", True),
        ("answers.g.filter(i, i.age > 3).size() == 1", True),
        ("size(answers.g.filter(i, !(i.age > 3))) == 1", True),
        ('answers.g.filter(i, i.age > 3).all(i, i.k == "b")', True),
        ("answers.g.exists(i, i.row_number == 3 && i.age == 40)", True),
        ("answers.g.map(i, i.row_number).size() == 3", None),
        ("sum(answers.g.map(i, i.price * 2.0)) == 10.6", True),
    ],
)
def test_sums_counts_and_extremes(rule: str, value: bool | None, ask: Ask) -> None:
    if value is None:
        with pytest.raises(ValueError, match="only stand directly inside"):
            ask(rule, g=ROWS)
    else:
        assert ask(rule, g=ROWS) == Outcome(value)


def test_a_calculation_with_a_gap_in_a_row_is_unanswered(ask: Ask) -> None:
    assert ask("sum(answers.g.map(i, i.age * 2)) > 3", g=ROWS).missing == ("answers.g[].age",)


def test_the_extreme_of_rows_that_all_lack_the_answer_is_unanswered(ask: Ask) -> None:
    assert ask("lowest(answers.g.map(i, i.age)) > 3", g=[{}, {}]).missing == ("answers.g[].age",)


def test_loops_in_loops(ask: Ask) -> None:
    rows = [{"pets": [{"kind": "cat"}, {"kind": "dog"}]}, {"pets": [{}]}, {}]
    cats = 'size(answers.g.filter(i, size(i.pets.filter(p, p.kind == "cat")) > 0)) == 1'
    assert ask(cats, g=rows) == Outcome(True)
    letters = "sum(answers.g.map(i, sum(i.pets.map(p, size(p.kind))))) == 6"
    assert ask(letters, g=rows[:1]) == Outcome(True)


def test_a_thousand_rows_stay_within_the_budget(ask: Ask) -> None:
    rows: list[dict[str, Any]] = [{"age": number, "price": "0.1"} for number in range(1000)]
    assert ask("sum(answers.g.map(i, i.price)) == 100.0", g=rows) == Outcome(True)
    assert ask("highest(answers.g.map(i, i.age)) == 999", g=rows) == Outcome(True)
    assert ask("size(answers.g.filter(i, i.age > 499)) == 500", g=rows) == Outcome(True)


def test_a_loop_within_a_loop_over_a_thousand_rows_is_a_fault_and_no_crash(ask: Ask) -> None:
    rows = [{"age": number} for number in range(1000)]
    outcome = ask("answers.g.exists(i, answers.g.exists(j, j.age < 0)) || true", g=rows)
    assert outcome.fault
    assert not outcome.holds
    assert not outcome.known


def test_a_loop_name_may_be_a_function_or_repeat_an_outer_name(ask: Ask) -> None:
    assert ask("answers.g.exists(sum, sum.age > 30)", g=ROWS) == Outcome(True)
    assert ask("answers.g.exists(n, n.age > answers.n)", g=ROWS, n=30) == Outcome(True)
