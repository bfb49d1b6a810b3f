"""Our rules and cells as FEEL, wherever reading them back gives the same; None where it cannot be said."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.decisions.cells import IT, Cell, CellRefused, Comparison, literal_of, tokens
from engine.core.decisions.cells import read_cell as read_ours
from engine.core.feel import FeelRefused, read_cell, read_expression
from workflows.dmn.asking import Asking
from workflows.dmn.cell_words import say_cell
from workflows.dmn.said import NotCarried
from workflows.dmn.to_rules import Translation

DOUBLED = frozenset("&|=")
WORDS = {"&&": " and ", "||": " or ", "==": "="}


def feel_rule(text: str, asking: Asking, kind: str = "text") -> str | None:
    """A rule as FEEL."""
    if literal_of(text, kind) is not None or literal_of(text, "text") is not None:  # type: ignore[arg-type]
        return _checked(text)
    candidate = _reworded(text)
    try:
        said = Translation(asking).say(read_expression(candidate))
    except (NotCarried, FeelRefused):
        return None
    return candidate if _same(said.text, text) else None


def _checked(text: str) -> str | None:
    """A value that is written out, if FEEL writes it so as well."""
    try:
        read_expression(text)
    except FeelRefused:
        return None
    return text if not text.startswith("'") else None


def feel_cell(text: str, asking: Asking, expression: str, kind: str) -> str | None:
    """A cell as FEEL."""
    try:
        cell = read_ours(text, kind)  # type: ignore[arg-type]
    except CellRefused:
        return None
    if cell.takes_all:
        return "-"
    found = _rule(cell.rule, asking, expression, kind) if cell.rule else _tests(cell, asking, kind)
    if found is None:
        return None
    try:
        read_cell(found)
    except FeelRefused:
        return None
    return found


def _rule(text: str, asking: Asking, expression: str, kind: str) -> str | None:
    candidate = _reworded(text)
    try:
        back = say_cell(read_cell(candidate), asking, expression, kind)
    except (NotCarried, FeelRefused):
        return None
    return candidate if _same(back, text) else None


def _tests(cell: Cell, asking: Asking, kind: str) -> str | None:
    found = [_test(test, asking, kind) for test in cell.tests]
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return None
    if len(known) == 1 and known[0].startswith("not("):
        return None if cell.negated else known[0]
    if any(each.startswith("not(") for each in known):
        return None
    inside = ", ".join(known)
    return f"not({inside})" if cell.negated else inside


def _test(test: tuple[Comparison, ...], asking: Asking, kind: str) -> str | None:
    values = [feel_rule(part.text, asking, "text" if kind == "choices" else kind) for part in test]
    if None in values:
        return None
    if len(test) == 2:
        opening, closing = (
            ("[" if test[0].operator == ">=" else "("),
            ("]" if test[1].operator == "<=" else ")"),
        )
        return f"{opening}{values[0]}..{values[1]}{closing}"
    value = f"list contains(?, {values[0]})" if kind == "choices" else values[0]
    return {"==": value, "!=": f"not({value})"}.get(test[0].operator, f"{test[0].operator} {value}")


def _reworded(text: str) -> str:
    """The signs of rules as the words of FEEL; texts in quotes stay."""
    return "".join(_words(text))


def _words(text: str) -> Iterator[str]:
    waiting = ""
    for name, token in tokens(text):
        if name == "other" and token in DOUBLED and (not waiting or waiting == token):
            waiting += token
            if waiting in WORDS:
                yield WORDS[waiting]
                waiting = ""
            continue
        yield waiting
        waiting = ""
        yield {IT: "?", "today": "today()"}.get(token, token) if name == "name" else token
    yield waiting


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
