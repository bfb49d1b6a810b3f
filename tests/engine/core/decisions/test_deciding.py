"""The hit policies, and what becomes of what is not answered."""

from decimal import Decimal
from typing import Any

import pytest

from engine.core.decisions import Decision, stored
from tests.engine.core.decisions.conftest import Decide, table

NUMBER = [{"key": "fee", "type": "decimal"}]
RANKED = [{"key": "result", "type": "text", "values": ['"high"', '"low"']}]
BOTH = ['> 0 : "low"', '> 10 : "high"']


@pytest.mark.parametrize(
    ("policy", "value", "hits"),
    [
        ("first", "low", (0,)),
        ("priority", "high", (1,)),
        ("rule_order", ["low", "high"], (0, 1)),
        ("output_order", ["high", "low"], (1, 0)),
        ("collect", ["low", "high"], (0, 1)),
    ],
)
def test_several_rows_hold(policy: str, value: Any, hits: tuple[int, ...], decide: Decide) -> None:
    found = decide(table(["n"], BOTH, hit_policy=policy, outputs=RANKED), n=11)
    assert found == Decision(value, hits)


@pytest.mark.parametrize(
    ("aggregation", "value", "of_nothing"),
    [
        ("sum", Decimal("30.5"), Decimal(0)),
        ("min", Decimal("10"), None),
        ("max", Decimal("20.5"), None),
        ("count", 2, 0),
    ],
)
def test_collected_results_are_added_up(
    aggregation: str, value: Any, of_nothing: Any, decide: Decide
) -> None:
    ready = table(
        ["n"], ["> 0 : 10", "> 10 : 20.5"], hit_policy="collect", aggregation=aggregation, outputs=NUMBER
    )
    assert decide(ready, n=11).value == value
    assert decide(ready, n=0).value == of_nothing


def test_a_unique_table_with_two_hits_says_which(decide: Decide) -> None:
    ready = table(["n"], ['it > 0 : "low"', 'it > 10 : "high"'])
    assert decide(ready, n=5).value == "low"
    assert decide(ready, n=11).fault == "rows 1 and 2 hold at once"


def test_an_any_table_wants_the_same_result(decide: Decide) -> None:
    ready = table(["n"], ['it > 0 : "a"', 'it > 10 : "b"', 'it > 20 : "b"'], hit_policy="any")
    assert "different results" in decide(ready, n=11).fault
    same = table(["n"], ['> 0 : "a"', '> 10 : "a"'], hit_policy="any")
    assert decide(same, n=11) == Decision("a", (0, 1))


def test_what_is_not_answered_does_not_match_and_is_named(decide: Decide) -> None:
    ready = table(["n", "b"], ['< 18 | - : "young"', '>= 18 | true : "yes"', '>= 18 | false : "no"'])
    assert decide(ready, n=17).value == "young"
    assert decide(ready, n=18) == Decision(missing=("answers.b",))
    assert decide(ready).missing == ("answers.n", "answers.b")
    assert not decide(ready).known


def test_a_row_that_fails_anyway_misses_nothing(decide: Decide) -> None:
    ready = table(["n", "b"], ['< 18 | true : "yes"'])
    assert decide(ready, n=20) == Decision()


def test_the_default_waits_for_the_answers(decide: Decide) -> None:
    ready = table(["n"], ['< 18 : "young"'], default=['"grown"'])
    assert decide(ready, n=20) == Decision("grown", by_default=True)
    assert decide(ready) == Decision(missing=("answers.n",))


def test_several_results_come_by_their_keys(decide: Decide) -> None:
    outputs = [{"key": "status", "type": "text"}, {"key": "until", "type": "date"}, *NUMBER]
    ready = table(["n"], ['> 0 : "ok" | date("2027-01-01") | answers.fee * 2.0'], outputs=outputs)
    found = decide(ready, n=1, fee="2.50")
    assert stored(found.value) == {"status": "ok", "until": "2027-01-01", "fee": "5.0"}
    assert decide(ready, n=1) == Decision(hits=(0,), missing=("answers.fee",))


def test_a_cell_that_fails_stops_the_table_with_its_place(decide: Decide) -> None:
    ready = table(["n", "m"], ['- | 10 / it > 1 : "a"', '- | < 0 : "b"'], hit_policy="first")
    assert decide(ready, m=0).fault.startswith("row 1, condition 2: ")
