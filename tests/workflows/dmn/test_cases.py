"""When a result is what a case expects."""

from decimal import Decimal
from typing import Any

import pytest

from engine.core.feel.types import Type
from workflows.dmn.cases import Untyped, agrees, as_type, typed


@pytest.mark.parametrize(
    ("found", "expected", "fits"),
    [
        (Decimal("2878.69354943277"), Decimal("2878.693549432770"), True),
        (Decimal(1), Decimal("1.0001"), False),
        (Decimal(1), "1", False),
        (None, None, True),
        (Decimal(0), None, False),
        (None, Untyped(""), True),
        (True, Untyped("true"), True),
        (Decimal(10), Untyped("10"), True),
        ("10", Untyped("10"), True),
        ([Decimal(1)], [Decimal(1)], True),
        ([Decimal(1)], [Decimal(1), Decimal(2)], False),
        ({"a": Decimal(1)}, {"a": Untyped("1")}, True),
        ({"a": Decimal(1)}, {"b": Decimal(1)}, False),
        ("x", [Decimal(1)], False),
    ],
)
def test_a_result_agrees_or_not(found: Any, expected: Any, fits: bool) -> None:
    assert agrees(found, expected) is fits


def test_a_value_is_read_as_its_input_wants_it() -> None:
    person = Type("context", fields={"age": Type("number"), "born": Type("date")})
    given = {"age": Untyped("7"), "born": Untyped("2020-01-01")}
    found = as_type([given], Type("list", person), {})
    assert found[0]["age"] == 7
    assert str(found[0]["born"]) == "2020-01-01"
    assert as_type(Untyped("x"), Type("string"), {}) == "x"


@pytest.mark.parametrize("text", ["INF", "NaN", "x", ""])
def test_what_is_no_number_stays_a_text(text: str) -> None:
    assert typed(text, "number") == text
