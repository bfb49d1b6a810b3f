"""Decimals in rules give what Decimal gives; whole numbers stay whole."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.rules import Facts, Group, Outcome, Rows, Rule, Schema, compile_rule

Ask = Callable[..., Outcome]
SCHEMA = Schema(
    {"answers": Group({"x": "decimal", "y": "decimal", "places": "integer", "g": Rows({"x": "decimal"})})}
)
# products of two stay within 15 digits
money = st.decimals(-9_999_999, 9_999_999, places=2)
factor = st.decimals(-999, 999, places=3)


def _rule(text: str) -> Rule:
    return compile_rule(text, SCHEMA, "decimal")


ADD, SUBTRACT, MULTIPLY = (
    _rule("answers.x + answers.y"),
    _rule("answers.x - answers.y"),
    _rule("answers.x * answers.y"),
)
SUM, ROUND = _rule("sum(answers.g.map(i, i.x))"), _rule("roundTo(answers.x, answers.places)")
DIVIDE = _rule("answers.x / answers.y")


def _run(rule: Rule, **answers: object) -> Decimal:
    value = rule.run(Facts(SCHEMA, {"answers": answers}, date(2026, 3, 5))).value
    assert isinstance(value, Decimal)
    return value


@given(money, money)
def test_sums_and_differences_are_exact(x: Decimal, y: Decimal) -> None:
    assert _run(ADD, x=str(x), y=str(y)) == x + y
    assert _run(SUBTRACT, x=str(x), y=str(y)) == x - y


@given(money, factor)
def test_products_are_exact(x: Decimal, y: Decimal) -> None:
    assert _run(MULTIPLY, x=str(x), y=str(y)) == x * y


@given(st.lists(money, max_size=50))
def test_the_sum_of_rows_is_exact(prices: list[Decimal]) -> None:
    assert _run(SUM, g=[{"x": str(price)} for price in prices]) == sum(prices, Decimal())


@given(st.decimals(-99_999_999, 99_999_999, places=4), st.integers(0, 4))
def test_rounding_is_half_up(x: Decimal, places: int) -> None:
    expected = x.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert _run(ROUND, x=str(x), places=places) == expected


@given(money, factor.filter(bool))
def test_quotients_keep_fifteen_digits(x: Decimal, y: Decimal) -> None:
    assert abs(_run(DIVIDE, x=str(x), y=str(y)) - x / y) <= abs(x / y) * Decimal("1e-14")


@pytest.mark.parametrize(
    ("rule", "answers"),
    [
        ("answers.fee + 0.1 == 0.3", {"fee": "0.2"}),
        ("answers.fee * 3.0 == 0.3", {"fee": "0.1"}),
        ("-answers.fee == -12.5", {"fee": "12.50"}),
        ("answers.fee == 12.5", {"fee": "12.50"}),
        ("answers.fee == 12.5", {"fee": Decimal("12.5")}),
        ("double(answers.n) / 2.0 == 3.5", {"n": 7}),
        ("answers.n / 2 == 3", {"n": 7}),
        ("answers.n % 2 == 1", {"n": 7}),
        ("roundTo(answers.fee, 2) == 2.68", {"fee": "2.675"}),
        ("roundTo(answers.fee, -1) == 30.0", {"fee": "25"}),
        ("math.round(answers.fee) == 3.0", {"fee": "2.5"}),
        ("math.round(answers.fee) == -3.0", {"fee": "-2.5"}),
        ("int(answers.fee) == 2", {"fee": "2.9"}),
        ("math.greatest(answers.n, answers.m) == 4", {"n": 3, "m": 4}),
        ("sum([answers.fee, answers.rate]) == 0.3", {"fee": "0.1", "rate": "0.2"}),
        ("lowest([answers.n, answers.m]) == 3", {"n": 3, "m": 4}),
    ],
)
def test_arithmetic(rule: str, answers: dict[str, object], ask: Ask) -> None:
    assert ask(rule, **answers) == Outcome(True)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("answers.n / 0 == 1", "divide by zero"),
        ("answers.fee / 0.0 == 1.0", "divide by zero"),
        ("answers.n + 9223372036854775807 > 0", "integer overflow"),
        ("answers.fee * 1e308 * 1e308 > 0.0", "too large"),
        ("roundTo(answers.fee, 1000) > 0.0", "-15 to 15 places"),
        ("int(answers.t) > 0", "cannot convert string to int"),
    ],
)
def test_what_cannot_be_calculated_is_a_fault(rule: str, fault: str, ask: Ask) -> None:
    outcome = ask(rule, n=3, fee="12.50", t="seven")
    assert fault in outcome.fault
    assert not outcome.known
    assert not outcome.holds


def test_a_calculated_value_comes_as_a_decimal(ask: Ask) -> None:
    assert ask("answers.fee * 2.0", want="decimal", fee="12.50").value == Decimal("25")
    assert isinstance(ask("answers.fee", want="decimal", fee="12.50").value, Decimal)
