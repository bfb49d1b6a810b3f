"""Whatever comes in: a rule or a refusal, an outcome and never an exception."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.core.rules import Facts, Group, Rows, RuleRefused, Schema, check_key, compile_rule

SCHEMA = Schema(
    {
        "answers": Group(
            {
                "n": "integer",
                "fee": "decimal",
                "t": "text",
                "b": "yes_no",
                "born": "date",
                "tags": "choices",
                "g": Rows({"age": "integer", "price": "decimal"}),
            }
        )
    }
)
WORDS = [
    *(
        "answers.n",
        "answers.fee",
        "answers.t",
        "answers.b",
        "answers.born",
        "answers.tags",
        "answers.g",
        "today",
    ),
    *("i.age", "i.price", "i", "1", "2.5", '"x"', "true", "null", "[1, 2]", "has(", "size(", "sum(", "date("),
    *(".exists(i, ", ".all(i, ", ".filter(i, ", ".map(i, ", ".contains(", ".matches(", "fold(", "roundTo("),
    *(")", "(", "[", "]", ", ", " && ", " || ", "!", " == ", " < ", " in ", " + ", " / ", " ? ", " : ", "."),
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.text("\ud800a"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["age", "price", "x"]), inner)
    ),
    max_leaves=5,
)
RULES = [
    compile_rule(text, SCHEMA)
    for text in (
        'answers.n > 1 || answers.fee > 1.0 || answers.t.contains("x") || answers.b || answers.born < today',
        'answers.g.exists(i, i.age > 1) && "x" in answers.tags',
        "sum(answers.g.map(i, i.price)) > 1.0 || highest(answers.g.map(i, i.age)) > answers.n",
    )
]


def _compiles_or_is_refused(text: str) -> None:
    try:
        rule = compile_rule(text, SCHEMA, None)
    except RuleRefused as refused:
        assert refused.sentence.endswith((".", "?"))
        return
    again = compile_rule(rule.canonical, SCHEMA, None)
    assert again.canonical == rule.canonical
    outcome = rule.run(Facts(SCHEMA, {}, date(2026, 3, 5)))
    assert outcome.known or outcome.missing or outcome.fault


@given(st.text(max_size=60) | st.text("\ud800'\"\\\n", max_size=10))
def test_any_text_is_a_rule_or_is_refused(text: str) -> None:
    _compiles_or_is_refused(text)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join))
def test_any_words_of_rules_are_a_rule_or_are_refused(text: str) -> None:
    _compiles_or_is_refused(text)


@given(st.dictionaries(st.sampled_from(["n", "fee", "t", "b", "born", "tags", "g"]), json_values))
def test_any_stored_value_gives_an_outcome(answers: dict[str, Any]) -> None:
    facts = Facts(SCHEMA, {"answers": answers}, date(2026, 3, 5))
    for rule in RULES:
        outcome = rule.run(facts)
        assert outcome.fault == ""


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20))
def test_any_text_equals_itself(text: str) -> None:
    rule = compile_rule(f"answers.t == {json.dumps(text, ensure_ascii=False)}", SCHEMA)
    if text:
        assert rule.run(Facts(SCHEMA, {"answers": {"t": text}}, date(2026, 3, 5))).holds


@given(st.text(max_size=10) | st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True))
def test_any_key_that_is_accepted_can_be_used(key: str) -> None:
    if check_key(key) is None:
        rule = compile_rule(f"answers.{key} == 1", Schema({"answers": Group({key: "integer"})}))
        assert rule.reads == {f"answers.{key}"}
