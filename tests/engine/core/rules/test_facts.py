"""Answers made ready for rules: blanks, values that do not fit, threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from engine.core.rules import Facts, Group, Schema, WrongThread, compile_rule

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("n", "12"),
        ("n", True),
        ("n", 1.5),
        ("n", 2**63),
        ("fee", "twelve"),
        ("fee", "NaN"),
        ("fee", "1e999"),
        ("fee", True),
        ("b", "yes"),
        ("b", 1),
        ("born", "1.3.2026"),
        ("born", "2026-02-30"),
        ("born", "0001-01-01"),
        ("born", "2026-03-01T00:00:00"),
        ("t", 7),
        ("t", "a lone \ud800 surrogate"),
        ("t", "a NUL \x00"),
        ("tags", "a"),
        ("tags", ["\udfff"]),
        ("tags", [1]),
        ("tags", ["a"] * 1001),
        ("address", "Main Street"),
        ("g", {"age": 1}),
        ("g", ["age"]),
        ("g", [{}] * 1001),
    ],
)
def test_a_value_that_does_not_fit_counts_as_not_answered(key: str, value: Any, schema: Schema) -> None:
    facts = Facts(schema, {"answers": {key: value}}, TODAY)
    assert facts.unfit == [f"answers.{key}"]
    assert facts.absent(f"answers.{key}")
    outcome = compile_rule(f"has(answers.{key})", schema).run(facts)
    assert outcome.fault == ""
    assert not outcome.holds


def test_rows_that_do_not_fit_make_no_statement_true(schema: Schema) -> None:
    facts = Facts(schema, {"answers": {"g": [{}] * 1001}}, TODAY)
    outcome = compile_rule("!answers.g.exists(i, i.age > 1)", schema).run(facts)
    assert "answers.g" in outcome.missing


def test_a_field_of_a_row_that_does_not_fit_leaves_the_row(schema: Schema) -> None:
    facts = Facts(schema, {"answers": {"g": [{"age": "x", "k": "a"}]}}, TODAY)
    assert facts.unfit == ["answers.g[].age"]
    assert compile_rule('answers.g.exists(i, i.k == "a")', schema).run(facts).holds


def test_values_that_fit(schema: Schema) -> None:
    answers = {"n": -5, "fee": "12.50", "t": "Zoë 🎉", "born": date(2000, 1, 1), "tags": [], "address": None}
    facts = Facts(schema, {"answers": answers, "work": {}}, TODAY)
    assert facts.unfit == []
    rule = compile_rule('answers.born == date("2000-01-01") && answers.fee == 12.5', schema)
    assert rule.run(facts).holds


def test_answers_that_change_later_change_nothing(schema: Schema) -> None:
    answers: dict[str, Any] = {"n": 1, "tags": ["a"], "g": [{"age": 1}]}
    facts = Facts(schema, {"answers": answers}, TODAY)
    answers["n"] = 2
    answers["tags"].append("b")
    answers["g"][0]["age"] = 2
    rule = compile_rule("answers.n == 1 && size(answers.tags) == 1 && answers.g[0].age == 1", schema)
    assert rule.run(facts).holds


def test_unknown_answers_are_left_out(schema: Schema) -> None:
    facts = Facts(schema, {"answers": {"old_field": 1}, "other": {"x": 1}}, TODAY)
    assert "old_field" not in facts.data["answers"]


def test_facts_refuse_another_thread(schema: Schema) -> None:
    facts = Facts(schema, {"answers": {"t": "X"}}, TODAY)
    rule = compile_rule('fold(answers.t) == "x"', schema)
    with ThreadPoolExecutor(1) as pool, pytest.raises(WrongThread):
        pool.submit(rule.run, facts).result()


def test_rules_are_shared_and_facts_are_not(schema: Schema) -> None:
    """Facts of another thread gave half of 96,000 results wrong; facts of the own thread none."""
    rule = compile_rule('age(answers.born, today) >= answers.n && fold(answers.t) == "ecole"', schema)

    def work(start: int) -> int:
        wrong = 0
        for number in range(start, start + 500):
            answers = {"born": "2000-01-01", "n": number % 52, "t": "École"}
            expected = number % 52 <= 26
            wrong += rule.run(Facts(schema, {"answers": answers}, TODAY)).holds is not expected
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(0, 4000, 500))) == 0


def test_each_run_uses_the_calendar_of_its_facts(schema: Schema, weekdays: Any) -> None:
    rule = compile_rule("workingDaysBefore(today, 2)", schema, "date")
    with_holiday = Facts(schema, {}, TODAY, weekdays)
    plain = Facts(schema, {}, TODAY, type(weekdays)("Europe/Paris", weekdays.week))
    assert rule.run(with_holiday).value == date(2026, 3, 2)
    assert rule.run(plain).value == date(2026, 3, 3)
    assert rule.run(with_holiday).value == date(2026, 3, 2)


@pytest.mark.parametrize("root", ["today", "in", "_answers", "1a"])
def test_a_root_needs_a_name_that_rules_can_use(root: str) -> None:
    with pytest.raises(ValueError, match=r"word|key"):
        Schema({root: Group({})})
