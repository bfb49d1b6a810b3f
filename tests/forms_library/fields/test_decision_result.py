"""A decision table worked out while a form is filled."""

from typing import Any

import pytest

from engine.core.problems import DefinitionRefused, Problems
from forms_library.answers import check_whole
from forms_library.checking import check_form
from forms_library.walking import random_walk, walk_paths
from tests.forms_library.examples import TODAY, field, form_of, form_of_pages, posted, read

RISK = {
    "inputs": [
        {"expression": "answers.age", "type": "integer"},
        {"expression": "answers.sick", "type": "yes_no"},
    ],
    "outputs": [{"key": "class", "type": "text"}],
    "rows": [
        {"when": ["< 18", "-"], "then": ['"young"']},
        {"when": [">= 18", "true"], "then": ['"high"']},
        {"when": [">= 18", "false"], "then": ['"low"']},
    ],
}


def asked(**changed: Any) -> list[dict[str, Any]]:
    table = {**RISK, **changed}
    risk = field("risk", "decision_result", options={"table": table})
    return [field("age", "integer"), field("sick", "yes_no"), risk]


def risk_of(table: dict[str, Any], **answers: Any) -> Any:
    return check_whole(form_of(*asked(**table)), answers, TODAY).answers.get("risk")


def test_the_table_decides_and_its_result_is_stored() -> None:
    assert risk_of({}, age=30, sick=True) == "high"
    assert risk_of({}, age=17, sick=True) == "young"
    assert risk_of({}, age=17) == "young"
    assert risk_of({}, age=30) is None


def test_what_is_sent_under_its_name_is_not_read() -> None:
    result = read(form_of(*asked()), posted(age="30", sick="no", risk="high", risk__answer="high"))
    assert result.errors == []
    assert result.answers["risk"] == "low"


def test_pages_can_depend_on_it() -> None:
    pages = [
        {"key": "a", "title": "A", "fields": asked()},
        {"key": "b", "title": "B", "show_when": 'answers.risk == "high"', "fields": [field("why")]},
    ]
    report = walk_paths(form_of_pages(*pages), TODAY)
    assert {one.pages for one in report.walked} == {("a",), ("a", "b")}
    assert {one.answers["risk"] for one in report.walked if "b" in one.pages} == {"high"}
    assert random_walk(form_of_pages(*pages), 1, TODAY).complete


@pytest.mark.parametrize(
    ("table", "answers", "result"),
    [
        (
            {"hit_policy": "collect", "rows": [{"when": ["> 1", "-"], "then": ['"a"']}]},
            {"age": 2},
            ["a"],
        ),
        (
            {
                "hit_policy": "collect",
                "aggregation": "sum",
                "outputs": [{"key": "fee", "type": "decimal"}],
                "rows": [{"when": ["> 1", "-"], "then": ["10.5"]}, {"when": ["> 2", "-"], "then": ["1"]}],
            },
            {"age": 3},
            "11.5",
        ),
        (
            {
                "outputs": [{"key": "fee", "type": "decimal"}, {"key": "on", "type": "date"}],
                "rows": [{"when": ["> 1", "-"], "then": ["10.5", 'date("2026-12-01")']}],
            },
            {"age": 3},
            {"fee": "10.5", "on": "2026-12-01"},
        ),
        (
            {
                "hit_policy": "rule_order",
                "outputs": [{"key": "fee", "type": "integer"}],
                "rows": [{"when": ["> 1", "-"], "then": ["1"]}, {"when": ["> 2", "-"], "then": ["2"]}],
            },
            {"age": 3},
            [{"fee": 1}, {"fee": 2}],
        ),
    ],
)
def test_results_of_every_shape_are_stored(
    table: dict[str, Any], answers: dict[str, Any], result: Any
) -> None:
    assert risk_of(table, **answers, sick=False) == result


def test_an_overlap_is_refused_when_the_form_is_made() -> None:
    overlapping = [*RISK["rows"], {"when": ["20", "true"], "then": ['"x"']}]  # type: ignore[misc]
    with pytest.raises(DefinitionRefused, match="Rows 2 and 4 both hold"):
        form_of(*asked(rows=overlapping))


def test_a_cell_that_reads_what_is_not_asked_is_refused_with_its_place() -> None:
    rows = [{"when": ["< answers.limit", "-"], "then": ['"x"']}]
    with pytest.raises(DefinitionRefused, match=r"table\.rows\[0\]\.when\[0\].*limit"):
        form_of(*asked(rows=rows))


def test_a_gap_is_worth_a_look_before_publishing() -> None:
    rows = RISK["rows"][:2]  # type: ignore[index]
    compiled = form_of(*asked(rows=rows))
    problems = Problems()
    check_form(compiled.form, problems)
    found = [(problem.where, problem.code, problem.sentence) for problem in problems]
    place = "pages[0].fields[2].options.table.rows"
    assert (place, "gap", "No row holds for answers.age = 18, answers.sick = no.") in found
