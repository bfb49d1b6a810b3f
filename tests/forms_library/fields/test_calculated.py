"""What a calculated value becomes."""

from datetime import date
from decimal import Decimal

import pytest

from engine.core.rules import Outcome
from tests.forms_library.examples import field, form_of, posted, question, read


def computed(value, **options):
    bound = question("calculated", {"rule": "1", **options})
    return bound.compute({"rule": Outcome(value)})


@pytest.mark.parametrize(
    ("result", "value", "stored"),
    [
        ("integer", 7, 7),
        ("decimal", Decimal("1.005"), "1.01"),
        ("currency", Decimal("12.5"), "12.50"),
        ("date", date(2026, 3, 1), "2026-03-01"),
        ("yes_no", False, False),
        ("text", "a" * 9_000, "a" * 5_000),
    ],
)
def test_each_result_is_stored_in_its_own_form(result, value, stored):
    assert computed(value, result=result) == stored


def test_without_its_answers_there_is_no_value():
    assert question("calculated", {"rule": "1"}).compute({"rule": Outcome(missing=("answers.a",))}) is None
    assert question("calculated", {"rule": "1"}).compute({"rule": Outcome(fault="broken")}) is None


def test_a_rule_of_another_type_is_refused_where_it_stands():
    with pytest.raises(Exception, match=r"pages\[0\]\.fields\[0\]\.options\.rule"):
        form_of(field("a", "calculated", options={"rule": "'x'", "result": "integer"}))


def test_decimals_are_exact():
    form = form_of(
        field("a", "decimal"),
        field("b", "decimal"),
        field("c", "calculated", options={"rule": "answers.a + answers.b", "result": "decimal", "places": 1}),
    )
    found = read(form, posted(a="0.1", b="0.2"))
    assert found.answers["c"] == "0.3"
