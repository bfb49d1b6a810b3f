"""The small language of cells: -, 18, "a", "b", < 5, [1..10), not("x"), or CEL with the input as `it`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from engine.core.decisions.definition import InputType

Literal: TypeAlias = bool | str | Decimal | date
ANY = "-"
IT = "it"
TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<range>\.\.)|(?P<number>\d+(?:\.(?!\.)\d+)?)"""
    r"""|(?P<name>[A-Za-z_]\w*)|(?P<open>[\[({])|(?P<close>[\])}])|(?P<other>\s+|.)""",
    re.DOTALL,
)
COMPARISON = re.compile(r"(<=|>=|==|!=|<|>|=)\s*(.+)", re.DOTALL)
NEGATION = re.compile(r"not\s*\((.*)\)", re.DOTALL)
WRITTEN_DATE = re.compile(r"""date\(\s*(["'])(\d{4}-\d{2}-\d{2})\1\s*\)""")
INTEGER = re.compile(r"-?\d+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class CellRefused(ValueError):
    """A cell that is not of the small language."""


@dataclass(frozen=True)
class Comparison:
    """The input against one value; `literal` is None where the value is known only at run time."""

    operator: str
    text: str
    literal: Literal | None

    def cel(self, subject: str, kind: InputType) -> str:
        """The comparison as a rule."""
        if kind == "choices":
            inside = f"{self.text} in {subject}"
            return f"!({inside})" if self.operator == "!=" else inside
        return f"{subject} {self.operator} {self.text}"


@dataclass(frozen=True)
class Cell:
    """One cell: any of several tests, each of one or two comparisons; or a rule of its own."""

    tests: tuple[tuple[Comparison, ...], ...] = ()
    negated: bool = False
    rule: str = ""

    @property
    def takes_all(self) -> bool:
        """Whether the cell is a dash: it holds also for what is not answered."""
        return not self.tests and not self.rule

    def cel(self, expression: str, kind: InputType) -> str:
        """The cell as a rule about the expression of its column."""
        subject = expression if re.fullmatch(r"[\w.]+", expression) else f"({expression})"
        if self.rule:
            return _replaced(self.rule, subject)
        tests = [" && ".join(part.cel(subject, kind) for part in test) for test in self.tests]
        either = " || ".join(f"({test})" if len(tests) > 1 else test for test in tests)
        return f"!({either})" if self.negated else either


def read_cell(text: str, kind: InputType) -> Cell:
    """The cell that a text says; raises CellRefused."""
    text = text.strip()
    if text == ANY:
        return Cell()
    if any(name == "name" and token == IT for name, token in tokens(text)):
        return Cell(rule=text)
    if (negation := NEGATION.fullmatch(text)) and _balanced(negation[1]):
        return Cell(_tests(negation[1], kind), negated=True)
    return Cell(_tests(text, kind))


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """The words of a cell, each with what it is."""
    for found in TOKEN.finditer(text):
        yield str(found.lastgroup), found[0]


def _balanced(text: str) -> bool:
    depth = 0
    for name, _ in tokens(text):
        depth += (name == "open") - (name == "close")
        if depth < 0:
            return False
    return depth == 0


def _replaced(rule: str, subject: str) -> str:
    before, made = "", []
    for name, token in tokens(rule):
        own = name == "name" and token == IT and not before.endswith(".")
        made.append(f"({subject})" if own else token)
        before = token if token.strip() else before
    return "".join(made)


def _split(text: str) -> list[str]:
    parts, depth = [""], 0
    for name, token in tokens(text):
        # ]1..5[ excludes both ends: such brackets are not counted, and hold no comma
        depth += (name == "open") - (name == "close")
        if depth == 0 and token == ",":  # noqa: S105  a sign, no password
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts]


def _tests(text: str, kind: InputType) -> tuple[tuple[Comparison, ...], ...]:
    made: list[tuple[Comparison, ...]] = []
    for part in _split(text):
        if not part:
            raise CellRefused("A value is missing beside a comma.")
        ends = _range(part)
        if ends:
            made.append(_between(*ends, kind))
        elif part.startswith("[") and part.endswith("]"):
            made += [(_comparison("==", item, kind),) for item in _split(part[1:-1]) if item]
        elif compared := COMPARISON.fullmatch(part):
            operator = "==" if compared[1] == "=" else compared[1]
            made.append((_comparison(operator, compared[2], kind),))
        else:
            made.append((_comparison("==", part, kind),))
    if not made:
        raise CellRefused("This cell holds no value.")
    return tuple(made)


def _range(part: str) -> tuple[str, str, str, str] | None:
    """The opening bracket, both ends and the closing bracket of a range."""
    if len(part) < 4 or part[0] not in "[(]" or part[-1] not in "])[":
        return None
    ends, seen = ["", ""], 0
    for name, token in tokens(part[1:-1]):
        if name == "range":
            seen += 1
        else:
            ends[min(seen, 1)] += token
    return (part[0], ends[0].strip(), ends[1].strip(), part[-1]) if seen == 1 and all(ends) else None


def _between(opening: str, low: str, high: str, closing: str, kind: InputType) -> tuple[Comparison, ...]:
    if kind in ("yes_no", "choices"):
        raise CellRefused("A range needs numbers, dates or texts.")
    first = _comparison(">=" if opening == "[" else ">", low, kind)
    last = _comparison("<=" if closing == "]" else "<", high, kind)
    if not _ascending(first.literal, last.literal):
        raise CellRefused(f"The range ends at {high}, before it begins.")
    return first, last


def _ascending(low: Literal | None, high: Literal | None) -> bool:
    if low is None or high is None or type(low) is not type(high):
        return True
    return low <= high  # type: ignore[operator]


def _comparison(operator: str, text: str, kind: InputType) -> Comparison:
    text = text.strip()
    if operator not in ("==", "!=") and kind in ("yes_no", "choices"):
        raise CellRefused("Only values can be given here: this is not a number or a date.")
    literal = literal_of(text, kind)
    if isinstance(literal, Decimal) and kind == "decimal" and INTEGER.fullmatch(text):
        text += ".0"
    return Comparison(operator, text, literal)


def literal_of(text: str, kind: InputType) -> Literal | None:
    """The value that a text writes out; None for anything that is worked out at run time."""
    if kind == "yes_no":
        return {"true": True, "false": False}.get(text)
    if kind in ("integer", "decimal"):
        return Decimal(text) if NUMBER.fullmatch(text) else None
    if kind == "date":
        return _date(text)
    return _text(text)


def _date(text: str) -> date | None:
    written = WRITTEN_DATE.fullmatch(text)
    try:
        return date.fromisoformat(written[2]) if written else None
    except ValueError:
        return None


def _text(text: str) -> str | None:
    if [name for name, _ in tokens(text)] != ["text"]:
        return None
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, str) else None
