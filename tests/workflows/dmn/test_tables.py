"""Every hit policy."""

from decimal import Decimal
from typing import Any

import pytest

from tests.workflows.dmn.models import decided, decision, given, model, table

ONE = '<output><outputValues><text>"high", "low"</text></outputValues></output>'
NUMBERS = [["< 10", "1"], ["> 5", "2"], ["> 7", "2"]]


def found(value: int, policy: str, rows: list[list[str]], **options: Any) -> Any:
    logic = table({"n": "number"}, rows, policy=policy, **options)
    return decided("d", model(given("n", "number") + decision("d", logic, "i_n")), n=Decimal(value))


TEXTS = [["< 10", '"low"'], ["> 5", '"high"'], ["> 7", '"high"']]


@pytest.mark.parametrize(
    ("policy", "value", "expected"),
    [
        ("UNIQUE", 3, "low"),
        ("UNIQUE", 6, None),
        ("ANY", 12, "high"),
        ("ANY", 6, None),
        ("FIRST", 8, "low"),
        ("PRIORITY", 8, "high"),
        ("RULE ORDER", 8, ["low", "high", "high"]),
        ("OUTPUT ORDER", 8, ["high", "high", "low"]),
        ("COLLECT", 8, ["low", "high", "high"]),
    ],
)
def test_a_hit_policy_says_which_row_counts(policy: str, value: int, expected: Any) -> None:
    assert found(value, policy, TEXTS, outputs=ONE) == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 5), ("MIN", 1), ("MAX", 2), ("COUNT", 3)])
def test_collected_results_are_put_together(aggregation: str, expected: int) -> None:
    assert found(8, "COLLECT", NUMBERS, aggregation=aggregation) == expected


def test_without_a_row_the_default_counts() -> None:
    default = '<output><defaultOutputEntry><text>"none"</text></defaultOutputEntry></output>'
    rows = [["< 1", '"low"']]
    assert found(8, "UNIQUE", rows, outputs=default) == "none"
    assert found(8, "UNIQUE", rows) is None
    assert found(8, "COLLECT", rows) == []
    assert found(8, "COLLECT", rows, aggregation="COUNT") == 0


def test_several_outputs_make_a_context() -> None:
    outputs = '<output name="a" typeRef="number"/><output name="b" typeRef="string"/>'
    assert found(8, "UNIQUE", [["> 5", "n + 1", '"x"']], outputs=outputs) == {"a": 9, "b": "x"}
    assert found(8, "UNIQUE", [["> 5", '"x"', '"x"']], outputs=outputs) == {"a": None, "b": "x"}
