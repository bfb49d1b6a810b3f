"""The table of RULES.md, row by row: what a rule says when an answer is missing."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from engine.core.rules import Outcome

Ask = Callable[..., Outcome]

NO_ROWS: dict[str, Any] = {"g": []}
TEN_AND_NONE: dict[str, Any] = {"g": [{"age": 10, "k": "x"}, {}]}
ALL_TAGS, ANY_TAGS = '["a", "b"].all(v, v in tags)', '["a", "b"].exists(v, v in tags)'

UNANSWERED: list[tuple[str, dict[str, Any]]] = [
    *[(rule, {}) for rule in ("n < 20000", "n <= 0", "n >= 0", "n > 20000", "1 <= n && n <= 5", "n == 0")],
    *[(rule, {}) for rule in ("n != 5", "!(n == 5)", "!(n in [1, 2])", "!(n < 20000)", "n < m", "n + m > 3")],
    *[(rule, {}) for rule in ("n in [1, 2]", "smoker", "!smoker", "!(b && c)", "b == false")],
    ("n >= 18 && b", {"n": 20}),
    *[(rule, {}) for rule in ('t == "x"', 't != "x"', "t == u", 't.contains("x")', 't.startsWith("x")')],
    *[(rule, {}) for rule in ('!t.contains("x")', 't.matches("^[0-9]*$")', "size(t) < 5")],
    *[(rule, {}) for rule in ('"x" in tags', ALL_TAGS, ANY_TAGS, '!("x" in tags)', "size(tags) == 0")],
    *[(rule, {}) for rule in ("b && c", "b || c", 'c ? t == "x" : t == "y"')],
    ("n >= 18 || b", {"b": False}),
    ("n + m > 3", {"n": 10}),
    ("highest(g.map(i, i.age)) > 3", NO_ROWS),
    ("g.exists(i, i.age > 18)", TEN_AND_NONE),
    ("g.all(i, i.age < 18)", TEN_AND_NONE),
    ("g.exists_one(i, i.age < 18)", TEN_AND_NONE),
]
HOLDS: list[tuple[str, dict[str, Any]]] = [
    ("n >= 18 || b", {"b": True}),
    ("!(n >= 18 && b)", {"n": 10}),
    ("!has(t)", {}),
    ('!has(t) || t != "x"', {}),
    ("size(g) == 0", NO_ROWS),
    ("sum(g.map(i, i.age)) == 0", NO_ROWS),
    ("!g.exists(i, i.age < 18)", NO_ROWS),
    ("g.all(i, i.age < 18)", NO_ROWS),
    ("g.exists(i, i.age < 18)", TEN_AND_NONE),
    ("size(g.filter(i, i.age < 18)) == 1", TEN_AND_NONE),
    ("sum(g.map(i, i.age)) == 10", TEN_AND_NONE),
    ("highest(g.map(i, i.age)) == 10", TEN_AND_NONE),
    ("lowest(g.map(i, i.age)) == 10", TEN_AND_NONE),
]
DOES_NOT_HOLD: list[tuple[str, dict[str, Any]]] = [
    ("has(t)", {}),
    ('has(t) && t != "x"', {}),
    ("n >= 18 && b", {"n": 10}),
    ("n >= 18 && b", {"b": False}),
    ("size(g) > 0", NO_ROWS),
    ("g.exists(i, i.age < 18)", NO_ROWS),
    ("g.all(i, i.age > 18)", TEN_AND_NONE),
    ("g.all(i, has(i.age))", TEN_AND_NONE),
]
NAMES = re.compile(r'(?<![\w."])(?=(?:n|m|t|u|b|c|g|tags|smoker)\b(?!"))')


def _full(rule: str) -> str:
    return NAMES.sub("answers.", rule)


@pytest.mark.parametrize(("rule", "answers"), UNANSWERED)
def test_neither_the_statement_nor_its_negation_holds(rule: str, answers: dict[str, Any], ask: Ask) -> None:
    for text in (_full(rule), f"!({_full(rule)})"):
        outcome = ask(text, **answers)
        assert not outcome.known
        assert not outcome.holds
        assert outcome.fault == ""
        assert outcome.missing and all(path.startswith("answers.") for path in outcome.missing)


@pytest.mark.parametrize(("rule", "answers"), HOLDS)
def test_the_statement_holds_without_the_answer(rule: str, answers: dict[str, Any], ask: Ask) -> None:
    assert ask(_full(rule), **answers) == Outcome(True)


@pytest.mark.parametrize(("rule", "answers"), DOES_NOT_HOLD)
def test_the_statement_does_not_hold(rule: str, answers: dict[str, Any], ask: Ask) -> None:
    assert ask(_full(rule), **answers) == Outcome(False)


@pytest.mark.parametrize("blank", [{}, {"t": ""}, {"t": None}])
def test_blank_is_the_same_as_absent(blank: dict[str, Any], ask: Ask) -> None:
    assert ask("has(answers.t)", **blank) == Outcome(False)


def test_nothing_ticked_is_an_answer(ask: Ask) -> None:
    assert ask("size(answers.tags) == 0", tags=[]) == Outcome(True)
    assert ask('!("x" in answers.tags)', tags=[]) == Outcome(True)


def test_only_the_names_that_are_missing_are_given(ask: Ask) -> None:
    assert ask("answers.n < answers.m", n=1).missing == ("answers.m",)
    assert ask("!has(answers.t) && answers.n > 1").missing == ("answers.n",)
    assert ask("answers.g.all(i, i.age < 18)", **TEN_AND_NONE).missing == ("answers.g[].age",)
    assert ask("answers.g[1].age < 18", **TEN_AND_NONE).missing == ("answers.g[].age",)
    assert ask('answers.address.town == "x"').missing == ("answers.address.town",)
    assert ask('work.check.outcome == "accept"').missing == ("work.check.outcome",)
    assert ask("highest(answers.g.map(i, i.age)) > 3", **NO_ROWS).missing == ("answers.g[].age",)
