"""What expressions come to."""

import time
from collections.abc import Callable

import pytest

from engine.core.feel import FeelRefused, read_expression

SAYS = {
    # arithmetic
    "1 + 2 * 3 ** 2": "19",
    "-10--5": "-5",
    "-2 ** 2": "4",
    "10 ** -5": "0.00001",
    "0.1 + 0.2": "0.3",
    "1 / 3": "0.3333333333333333333333333333333333",
    "1 / 0": "null",
    "10 + null": "null",
    '"a" + "b"': '"ab"',
    '"a" + 1': "null",
    # truths
    "true and null": "null",
    "false and null": "false",
    "true or null": "true",
    "false or null": "null",
    'true and "x"': "null",
    "not(null)": "null",
    # comparisons
    "1 = 1.0": "true",
    '1 = "1"': "null",
    "null = null": "true",
    "1 != null": "true",
    "null < 1": "null",
    "2 between 1 and 3 and true": "true",
    "5 in [1..5]": "true",
    "5 in (1..5)": "false",
    "5 in (1, 5)": "true",
    "5 in (> 10, < 6)": "true",
    "5 in < 6": "true",
    '"b" in ["a", "b"]': "true",
    "1 instance of number": "true",
    "[1, 2] instance of list<number>": "true",
    '[1, "a"] instance of list<number>': "false",
    "{a: 1} instance of context<a: string>": "false",
    "null instance of any": "false",
    '@"P1D" instance of days and time duration': "true",
    # structure
    "if null then 1 else 2": "2",
    "{a b: 1, c: a b + 1}.c": "2",
    '{"x y": 1}.x y': "1",
    "{a: 1, a: 2}": "null",
    "[1, 2, 3][2]": "2",
    "[1, 2, 3][-1]": "3",
    "[1, 2, 3][0]": "null",
    "[1, 2, 3][item > 1]": "[2, 3]",
    "[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b": "[4]",
    "[][1]": "null",
    "7[1]": "7",
    # loops
    "for i in 3..1 return i * 2": "[6, 4, 2]",
    "for i in [1, 2], j in [10, 20] return i + j": "[11, 21, 12, 22]",
    "for i in 0..4 return if i = 0 then 1 else i * partial[-1]": "[1, 1, 2, 6, 24]",
    "some x in [1, 2] satisfies x > 1": "true",
    "every x in [1, 2] satisfies x > 1": "false",
    "every x in [] satisfies false": "true",
    'for d in @"2020-02-28"..@"2020-03-01" return d.day': "[28, 29, 1]",
    # functions
    "(function(x, y) x - y)(5, 3)": "2",
    "{f: function(a: number) a + 1, r: f(2)}.r": "3",
    '{f: function(a: number) 1, r: f("x")}.r': "null",
    "{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r": "2",
    "{fac: function(n) if n < 2 then 1 else n * fac(n - 1), r: fac(5)}.r": "120",
    "unknown(1)": "null",
    # texts
    r'"\u0041\n\"\\"': r'"A\n\"\\"',
    r'"\uD83D\uDCA9"': '"💩"',
    "// a remark\n1 /* inside */ + 1": "2",
}


@pytest.mark.parametrize("text", SAYS)
def test_an_expression_has_its_value(text: str, say: Callable[..., str]) -> None:
    assert say(text) == SAYS[text]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "Line 1, column 1"),
        ("1 +", "Line 1, column 4"),
        ("(1", "Line 1, column 3"),
        ("if true\nthen 1", "Line 2, column 7"),
        ("[1..5", "Line 1, column 6"),
        ('"open', "Line 1, column 1"),
        ("1 2", "Line 1, column 3"),
        ("f(1, a: 2)", "Line 1, column 11"),
        ("(!= 5)", "Line 1, column 7"),
        ("a.", "Line 1, column 3"),
        ("@5", "Line 1, column 2"),
    ],
)
def test_what_is_no_expression_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(FeelRefused, match="Line") as refused:
        read_expression(text)
    assert str(refused.value).startswith(place)


@pytest.mark.parametrize(
    "text", ["(" * 5_000, "1 in (" * 5_000, "-" * 5_000 + "1", "[" * 5_000, "x" * 60_000, "{a:" * 5_000]
)
def test_what_is_too_deep_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(FeelRefused):
        read_expression(text)


def test_what_stands_inside_itself_is_read_once() -> None:
    begun = time.monotonic()
    read_expression("1 in (" * 40 + "1" + ")" * 40)
    assert time.monotonic() - begun < 1
