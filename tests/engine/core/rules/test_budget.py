"""No rule runs longer than 50 ms of processor time, whatever is written and whatever was answered."""

import time
from contextvars import ContextVar
from datetime import date

import pytest

from engine.core.rules import Facts, Group, Outcome, Rows, RuleRefused, Schema, budget, compile_rule
from engine.core.rules.budget import MOST_STEPS, pattern_size

LIMIT = 0.05
ROW = {"age": "integer", "price": "decimal", "k": "text", "born": "date", "tags": "choices"}
PLAIN = {"n": "integer", "t": "text", "u": "text", "w": "text", "fee": "decimal", "tags": "choices"}
SCHEMA = Schema({"answers": Group({**PLAIN, "g": Rows(ROW)})})  # type: ignore[dict-item]
TODAY = date(2026, 3, 5)


def facts(letter: str) -> Facts:
    """As much as can be sent: 1,000 rows, texts of 20,000 characters, 1,000 choices, in all about 2 MB."""
    text = letter * 20_000
    row = {"age": 1, "price": "1.25", "k": letter * 400, "born": "2000-02-29", "tags": ["a"] * 20}
    plain = {
        "n": 3,
        "t": text,
        "u": text[:9_999] + "x",
        "w": text[:4_999],
        "fee": "1.5",
        "tags": ["x" * 99] * 1_000,
    }
    return Facts(SCHEMA, {"answers": {**plain, "g": [row] * 1_000}}, TODAY)


def any_of(text: str, count: int) -> str:
    """The same statement so many times, with a number that changes."""
    return " || ".join(text.replace("#", str(number)) for number in range(1, count + 1))


def in_loop(text: str, count: int = 1) -> str:
    return f"answers.g.exists(i, {any_of(text, count)})"


WORST = [
    in_loop('fold(i.k) == "x"'),
    in_loop('fold(answers.w) == "x#"', 5),
    in_loop('i.k.contains("ééé#")', 20),
    in_loop("i.k.contains(answers.u)"),
    any_of("answers.t.contains(answers.u)", 25),
    in_loop('i.k.matches("(a|é)*x#$")', 20),
    in_loop('i.k.trim() == "x#"', 20),
    in_loop('i.k.lowerAscii() == "x#"', 20),
    in_loop("i.k < answers.u", 25),
    in_loop('"zz#" in answers.tags', 20),
    in_loop('string(i.age) == "x"', 25),
    in_loop("yearsBefore(i.born, #) > today", 20),
    in_loop("roundTo(i.price, #) > 9.5", 25),
    in_loop(" + ".join(["i.price"] * 25) + " > 99999.5"),
    any_of("sum(answers.g.map(i, i.price * 1.1)) < 0.0", 8),
    any_of("highest(answers.g.map(i, i.age)) > 9", 20),
    any_of("answers.g.filter(i, i.age > 0).exists(j, j.age < 0)", 8),
    "answers.g.exists(i, answers.g.exists(j, answers.g.exists(k, i.age + j.age + k.age < 0)))",
    "answers.g.exists(i, answers.g.exists(j, fold(i.k) == j.k))",
    "answers.g.exists(i, i.tags.exists(t, fold(answers.w) == t))",
    "size(answers.g.filter(i, size(answers.g.filter(j, j.age > i.age)) > 5)) > 10",
    any_of('answers.t.matches("(é?){100}(é){100}x#")', 20),
    'answers.t.matches("([a-zé]{30}){8}x")',
]


def cost(text: str, letter: str) -> tuple[float, Outcome]:
    rule, given = compile_rule(text, SCHEMA), facts(letter)
    started = time.thread_time()
    outcome = rule.run(given)
    return time.thread_time() - started, outcome


@pytest.mark.parametrize("letter", ["a", "é", "𝔸"])
@pytest.mark.parametrize("text", WORST)
def test_the_worst_rules_stop_in_time(text: str, letter: str) -> None:
    took, outcome = min((cost(text, letter) for _ in range(2)), key=lambda found: found[0])
    assert took < LIMIT, outcome
    assert outcome.known or outcome.fault


def test_a_rule_that_takes_too_long_is_a_fault_that_no_other_part_hides() -> None:
    _, outcome = cost(in_loop("fold(answers.w) == answers.u"), "é")
    assert outcome.fault
    assert not outcome.holds


def test_an_ordinary_rule_over_a_thousand_rows_is_far_from_the_limit() -> None:
    took, outcome = min(
        (cost("sum(answers.g.map(i, i.price)) == 1250.0", "a") for _ in range(9)), key=lambda f: f[0]
    )
    assert outcome == Outcome(True)
    assert took < LIMIT / 2


SIZES = {"": 1, "abc": 3, "a{3}": 3, "(ab){10}": 20, "((a?){10}b){5}": 55, "[a-z]{1,4}": 16, r"\p{L}": 100}


@pytest.mark.parametrize("pattern", SIZES)
def test_repetitions_are_written_out(pattern: str) -> None:
    assert pattern_size(pattern) == SIZES[pattern]


@pytest.mark.parametrize("pattern", ["((a{30}){30}){3}", "[é]{501}", "(a|b){900}(a|b){900}"])
def test_a_pattern_that_is_too_large_is_refused(pattern: str) -> None:
    assert pattern_size(pattern) > MOST_STEPS
    with pytest.raises(RuleRefused, match=r"too large|cannot be used"):
        compile_rule(f'answers.t.matches("{pattern}")', SCHEMA)


QUICK = ["answers.n > 5 && answers.n < 50", 'answers.t == "a" || !("b" in answers.tags)']
TIMED = ["answers.g.exists(i, i.age > 3)", 'answers.t.matches("a")', 'answers.t.contains("a")',
         'fold(answers.w) == "a"', "answers.fee + 1.0 > 2.0"]  # fmt: skip


@pytest.mark.parametrize("text", [*QUICK, *TIMED])
def test_only_what_looks_at_the_clock_is_timed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(budget, "begin", lambda: begun.append(text))
    monkeypatch.setattr(budget, "_ends", ContextVar("ends", default=budget.NEVER))
    rule = compile_rule(text, SCHEMA)
    assert rule.run(facts("a")).known
    assert begun == ([] if text in QUICK else [text])
