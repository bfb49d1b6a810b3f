"""Hostile rules: refused at the door, or stopped with a fault."""

from collections.abc import Callable

import pytest

from engine.core.rules import Outcome, RuleRefused, Schema, compile_rule

Ask = Callable[..., Outcome]
AND = " && "
DOUBLING = '["x"].map(a, a + a).map(a, a + a)'


@pytest.mark.parametrize(
    "text",
    [
        "(" * 500 + "true" + ")" * 500,
        "(" * 40 + "true" + ")" * 40,
        "!" * 10_000 + "true",
        "!" * 401 + "true",
        "-" * 401 + "1 == 1",
        "[" * 100 + "]" * 100 + " == []",
        AND.join(["true"] * 10_000),
        AND.join(["answers.b"] * 250),
        " + ".join(["answers.n"] * 250) + " > 1",
        "answers" + ".address" * 200,
        "answers.b ? true : " * 150 + "true",
        "answers.t == '" + "x" * 5000 + "'",
        "answers.g.exists(a, answers.g.exists(b, answers.g.exists(c, answers.g.exists(d, true))))",
        f"size({DOUBLING}) > 1",
        "answers.g.exists(i, size(i.k + i.k) > 1)",
        "answers.g.exists(i, size([1] + [2]) > 1)",
        "size(answers.g.map(i, answers.g.map(j, j.age))) > 1",
        'answers.t.replace("a", "aa") == "x"',
        '"a".replace("", "aaaaaaaaaa").replace("", "aaaaaaaaaa") == "x"',
        '["a"].join(answers.t) == "x"',
        '"%s".format([answers.t]) == "x"',
        'size(answers.t.split("")) > 1',
        "cel.bind(x, answers.t, x + x) == 'x'",
        "timestamp(answers.t) < today",
        "duration('1h') > duration('2h')",
        "decimal_add(answers.fee, 1.0) > 1.0",
        "no_answers() == 1",
        "answers.\ud800 == 1",
        "answers.t == '\x00'" + "\x00" * 5000,
        "\ufeff" * 50 + "true",
        "true // a comment" + "\n" * 6000,
    ],
)
def test_a_hostile_rule_is_refused_with_a_sentence(text: str, schema: Schema) -> None:
    with pytest.raises(RuleRefused) as refused:
        compile_rule(text, schema, None)
    assert refused.value.sentence.endswith(".")
    assert len(refused.value.sentence) < 200
    assert refused.value.line >= 1
    assert refused.value.column >= 1


def test_functions_of_ours_take_short_arguments_only(ask: Ask) -> None:
    assert "5,000 characters" in ask('fold(answers.t) == "x"', t="x" * 5001).fault
    assert ask('fold(answers.t) != "x"', t="x" * 5000).holds


def test_a_pattern_that_is_slow_elsewhere_is_linear_here(ask: Ask) -> None:
    assert ask('answers.t.matches("^(a+)+$")', t="a" * 5000 + "b") == Outcome(False)


def test_a_long_sum_is_written_with_brackets(ask: Ask) -> None:
    ten = "(" + " + ".join(["answers.n"] * 10) + ")"
    assert ask(" + ".join([ten] * 10) + " == 300", n=3).holds


def test_three_loops_are_enough(schema: Schema) -> None:
    text = "answers.g.exists(a, a.pets.exists(b, answers.g.exists(c, c.k == b.kind)))"
    assert compile_rule(text, schema).canonical == text
