"""Cells of tables, and the budget of an expression."""

import pytest

from engine.core.feel import FeelStopped, Names, new_run, outermost, read_cell, read_expression
from engine.core.feel.values import number


def holds(text: str, value: object, **names: object) -> bool:
    return read_cell(text).holds(value, outermost(new_run(), names))


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("-", None, ...),
        ("18", number(18), number(19)),
        ("< 18", number(17), number(18)),
        ("[1..5), 9", number(9), number(5)),
        ("]1..5[", number(2), number(1)),
        ('"a", "b"', "b", "c"),
        ('not("a", "b")', "c", "a"),
        ("not(< 5)", number(5), number(4)),
        ("true", True, False),
        ("null", None, True),
        ("limit", number(7), number(8)),
        ("> limit, 1", number(1), number(7)),
        ("? > 3 and ? < 6", number(4), number(6)),
        ('contains(?, "x")', "axe", "abc"),
        ('not(contains(?, "x"))', "abc", "axe"),
        ("limit > 5", number(0), ...),
        ("even(?)", number(2), number(3)),
        ("[1, 2, 3]", number(2), number(4)),
        ("limits", number(2), number(9)),
        ("(< 5)", number(4), number(5)),
    ],
)
def test_a_cell_holds_for_some_values_and_not_for_others(text: str, yes: object, no: object) -> None:
    names = {"limit": number(7), "limits": [number(1), number(2)]}
    assert holds(text, yes, **names)
    assert no is ... or not holds(text, no, **names)


def test_a_comparison_with_nothing_does_not_hold_also_not_negated() -> None:
    assert not holds("< 5", None)
    assert not holds("not(< 5)", None)


def test_a_truth_that_is_not_asked_for_is_not_compared() -> None:
    assert not holds("true", None)
    assert not holds("true", "x")


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "for a in 1..1000, b in 1..1000 return a * b",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "for i in 1..10000000 return concatenate(partial, partial)",
    ],
)
def test_what_takes_too_long_is_stopped(text: str) -> None:
    run = new_run()
    try:
        found = read_expression(text).value(outermost(run))
    except FeelStopped:
        return
    assert found is None
    assert run.faults


def test_a_text_cannot_grow_without_end() -> None:
    text = 'for i in 1..100 return if i = 1 then "0123456789" else partial[-1] + partial[-1]'
    found = read_expression(text).value(outermost(new_run()))
    assert max(len(each) for each in found if each) <= 1_000_000


def test_names_of_several_words_are_known_by_what_is_around() -> None:
    names = Names(["Full Name", "Full", "a-b", "loan + fee"])
    values = {"Full Name": "Ada", "Full": "x", "a-b": number(1), "a": number(9), "b": number(2)}
    values["loan + fee"] = number(12)

    def value(text: str) -> object:
        return read_expression(text, names).value(outermost(new_run(), values))

    assert value('"Dear " + Full  Name') == "Dear Ada"
    assert value("Full") == "x"
    assert value("a-b") == number(1)
    assert value("a - b") == number(1), "the longer name is meant, however it is spaced"
    assert value("b-a") == number(-7)
    assert value("loan+fee") == number(12)
