"""The language of cells: what each means, and what is refused."""

from datetime import date
from typing import Any

import pytest

from engine.core.decisions.cells import CellRefused, read_cell
from tests.engine.core.decisions.conftest import Decide, table


@pytest.mark.parametrize(
    ("asked", "cell", "holds", "fails"),
    [
        ("n", "18", [18], [17]),
        ("n", "-3", [-3], [3]),
        ("n", "1, 2, 5", [1, 5], [3]),
        ("n", "[1, 2]", [1, 2], [3]),
        ("n", "< 18", [17], [18]),
        ("n", ">=18", [18], [17]),
        ("n", "!= 3", [4], [3]),
        ("n", "= 3", [3], [4]),
        ("n", "[1..5]", [1, 5], [0, 6]),
        ("n", "(1..5)", [2, 4], [1, 5]),
        ("n", "]1..5[", [2, 4], [1, 5]),
        ("n", "[1..5)", [1], [5]),
        ("n", "< 0, [10..20], 99", [-1, 10, 99], [5, 21]),
        ("n", "not(1, 2)", [3], [1, 2]),
        ("n", "not([1..5])", [6], [3]),
        ("n", "> answers.m", [8], [7]),
        ("n", "[answers.m - 2..answers.m]", [5, 7], [4, 8]),
        ("n", "it % 2 == 0 && it > 3", [4], [2, 5]),
        ("fee", "< 20", ["19.99"], ["20.00"]),
        ("fee", "[0.5..1]", ["0.5", "1"], ["1.01"]),
        ("risk", '"High", "Low"', ["High", "Low"], ["high", "Medium"]),
        ("risk", 'not("a, b")', ["a"], ["a, b"]),
        ("risk", 'it.startsWith("it")', ["item"], ["other"]),
        ("b", "true", [True], [False]),
        ("b", "false", [False], [True]),
        ("born", '>= date("2008-03-05")', ["2008-03-05"], ["2008-03-04"]),
        ("born", '[date("2000-01-01")..date("2000-12-31")]', ["2000-12-31"], ["2001-01-01"]),
        ("born", "<= yearsBefore(today, 18)", ["2008-03-05"], ["2008-03-06"]),
        ("tags", '"a"', [["a", "b"]], [["b"], []]),
        ("tags", '"a", "c"', [["c"]], [["b"]]),
        ("tags", 'not("a")', [["b"], []], [["a"]]),
    ],
)
def test_a_cell_means(asked: str, cell: str, holds: list[Any], fails: list[Any], decide: Decide) -> None:
    ready = table([asked], [f'{cell} : "yes"'])
    for answer in holds:
        assert decide(ready, **{asked: answer, "m": 7}).value == "yes", answer
    for answer in fails:
        assert decide(ready, **{asked: answer, "m": 7}).value is None, answer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1,,2", "integer"),
        ("[]", "integer"),
        ("[5..1]", "integer"),
        ("< true", "yes_no"),
        ('["a".."b"]', "choices"),
    ],
)
def test_a_cell_that_means_nothing_is_refused(text: str, kind: Any) -> None:
    with pytest.raises(CellRefused):
        read_cell(text, kind)


def test_a_dash_takes_everything_also_what_is_not_answered(decide: Decide) -> None:
    ready = table(["n", "m"], ['- | > 1 : "yes"'])
    assert decide(ready, m=2).value == "yes"


def test_the_word_it_is_replaced_only_where_it_stands_alone() -> None:
    rule = read_cell('it.contains("it") && answers.it == it', "text")
    assert rule.cel("answers.t", "text") == '(answers.t).contains("it") && answers.it == (answers.t)'


def test_a_date_that_is_no_date_is_left_to_the_rule(decide: Decide) -> None:
    assert read_cell('date("2026-02-30")', "date").tests[0][0].literal is None
    assert read_cell('date("2026-02-28")', "date").tests[0][0].literal == date(2026, 2, 28)
