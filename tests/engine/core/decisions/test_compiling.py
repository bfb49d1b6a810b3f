"""What is wrong with a table is named with its place, and gaps and overlaps with an example."""

from typing import Any

import pytest
from pydantic import ValidationError

from engine.core.decisions import DecisionTable, build_table, compile_table
from engine.core.problems import Problems
from engine.core.rules import Schema
from tests.engine.core.decisions.conftest import table


def found(asked: DecisionTable, schema: Schema) -> list[tuple[str, str, str]]:
    problems = Problems()
    build_table(asked, schema, problems)
    return [(problem.where, problem.code, problem.sentence) for problem in problems]


def sentences(asked: DecisionTable, schema: Schema, code: str) -> list[str]:
    return [sentence for _, kind, sentence in found(asked, schema) if kind == code]


def test_a_rule_that_is_wrong_is_named_with_its_cell(schema: Schema) -> None:
    outputs = [{"key": "a", "type": "text"}, {"key": "b", "type": "integer"}]
    ready = table(["n"], ['< answers.mm : "x" | 1', '- : "y" | "z"'], hit_policy="first", outputs=outputs)
    places = {where: sentence for where, code, sentence in found(ready, schema) if code == "rule"}
    assert set(places) == {"rows[0].when[0]", "rows[1].then[1]"}
    assert "mm" in places["rows[0].when[0]"]
    assert "whole number" in places["rows[1].then[1]"]


def test_an_input_that_is_not_of_its_type_is_named(schema: Schema) -> None:
    ready = table([{"expression": "answers.n", "type": "text"}], ['- : "x"'])
    assert [where for where, code, _ in found(ready, schema)] == ["inputs[0].expression"]


def test_the_reads_of_a_table_are_known(schema: Schema) -> None:
    ready = compile_table(table(["n", "b"], ['> answers.m | - : "x"'], default=['"y"']), schema)
    assert ready.reads == {"answers.n", "answers.m", "answers.b"}


def test_gaps_between_numbers_are_named_with_an_example(schema: Schema) -> None:
    ready = table(["n"], ['< 18 : "a"', '> 18 : "b"'])
    assert sentences(ready, schema, "gap") == ["No row holds for answers.n = 18."]


def test_whole_numbers_have_nothing_between_neighbours(schema: Schema) -> None:
    assert not sentences(table(["n"], ['<= 17 : "a"', '>= 18 : "b"']), schema, "gap")
    gaps = sentences(table(["fee"], ['<= 17 : "a"', '>= 18 : "b"']), schema, "gap")
    assert gaps == ["No row holds for answers.fee = 17.5."]


def test_days_are_whole(schema: Schema) -> None:
    rows = ['<= date("2026-01-01") : "a"', '>= date("2026-01-03") : "b"']
    assert sentences(table(["born"], rows), schema, "gap") == ["No row holds for answers.born = 2026-01-02."]
    rows[1] = '>= date("2026-01-02") : "b"'
    assert not sentences(table(["born"], rows), schema, "gap")


def test_texts_have_their_values_or_any_other(schema: Schema) -> None:
    rows = ['"High" : "a"', '"Low" : "b"']
    assert sentences(table(["risk"], rows), schema, "gap") == [
        "No row holds for answers.risk = any other text."
    ]
    risk = {"expression": "answers.risk", "type": "text", "values": ['"High"', '"Low"', '"Mid"']}
    assert sentences(table([risk], rows), schema, "gap") == ['No row holds for answers.risk = "Mid".']
    assert not found(table([risk], [*rows, '"Mid" : "c"']), schema)


def test_a_value_that_the_column_does_not_know_is_named(schema: Schema) -> None:
    risk = {"expression": "answers.risk", "type": "text", "values": ['"High"', '"Low"']}
    rows = ['"High" : "a"', '"Lwo" : "b"', '- : "c"']
    strange = [
        place
        for place, code, _ in found(table([risk], rows, hit_policy="first"), schema)
        if code == "strange_value"
    ]
    assert strange == ["rows[1].when[0]"]


def test_overlaps_of_a_unique_table_must_be_mended(schema: Schema) -> None:
    rows = ['< 18 | - : "a"', '[10..30] | true : "b"', '> 30 | - : "c"', '[18..30] | false : "d"']
    assert found(table(["n", "b"], rows), schema) == [
        ("rows[1]", "overlap", "Rows 1 and 2 both hold for answers.n = 10, answers.b = yes.")
    ]


@pytest.mark.parametrize("policy", ["first", "priority", "rule_order", "output_order", "collect"])
def test_other_policies_may_overlap(policy: str, schema: Schema) -> None:
    outputs = [{"key": "r", "type": "text", "values": ['"a"', '"b"']}]
    ready = table(["n"], ['< 18 : "a"', '- : "b"'], hit_policy=policy, outputs=outputs)
    assert not found(ready, schema)


def test_an_any_table_may_overlap_with_the_same_result(schema: Schema) -> None:
    assert not sentences(table(["n"], ['< 18 : "a"', '- : "a"'], hit_policy="any"), schema, "overlap")
    assert sentences(table(["n"], ['< 18 : "a"', '- : "b"'], hit_policy="any"), schema, "overlap")


def test_a_row_that_never_decides_is_named(schema: Schema) -> None:
    rows = ['< 18 | - : "a"', '>= 18 | - : "b"', '20 | true : "c"']
    ready = table(["n", "b"], rows, hit_policy="first")
    assert found(ready, schema) == [
        ("rows[2]", "never", "Row 3 never decides: the rows before it take all that it takes.")
    ]


def test_cells_with_a_rule_raise_no_false_alarm(schema: Schema) -> None:
    assert not found(table(["n"], ['it % 2 == 0 : "a"', 'it % 2 == 1 : "b"']), schema)
    assert not found(table(["n"], ['< answers.m : "a"', '>= answers.m : "b"']), schema)


def test_a_range_of_values_bounds_the_search(schema: Schema) -> None:
    n = {"expression": "answers.n", "type": "integer", "minimum": "0", "maximum": "10"}
    assert not found(table([n], ['[0..4] : "a"', '[5..10] : "b"']), schema)
    assert sentences(table([n], ['[0..4] : "a"', '[6..10] : "b"']), schema, "gap") == [
        "No row holds for answers.n = 5."
    ]


def test_a_huge_table_is_checked_in_bounded_time(schema: Schema) -> None:
    names = ["n", "m"] * 5
    rows = [" | ".join(f"> {row * 7 % 13 + column}" for column in range(10)) + ' : "x"' for row in range(60)]
    ready = table(names, rows, hit_policy="first")
    assert sentences(ready, schema, "not_checked") or sentences(ready, schema, "gap")


@pytest.mark.parametrize(
    "changed",
    [
        {"aggregation": "sum"},
        {"hit_policy": "collect", "aggregation": "sum"},
        {"hit_policy": "priority"},
        {"default": ['"a"', '"b"']},
        {"rows": [{"when": ["1", "2"], "then": ['"a"']}]},
        {"outputs": [{"key": "a", "type": "text"}, {"key": "a", "type": "text"}]},
        {"rows": []},
    ],
)
def test_a_table_that_cannot_work_is_refused(changed: dict[str, Any]) -> None:
    plain = table(["n"], ['1 : "a"']).model_dump(exclude_none=True)
    DecisionTable.model_validate(plain)
    with pytest.raises(ValidationError):
        DecisionTable.model_validate({**plain, **changed})
