"""Cells of FEEL as cells of our tables: values and ranges stay; the rest becomes a rule about `it`."""

from __future__ import annotations

from collections.abc import Sequence

from engine.core.decisions.cells import ANY, IT
from engine.core.feel import Cell
from engine.core.feel.nodes import INPUT, Comparison, Listing, Name, Node, Span, Test
from workflows.dmn.asking import Asked, Asking
from workflows.dmn.said import NUMBERS, UNARY, WHOLE, NotCarried, Said, fit
from workflows.dmn.to_rules import Translation


def say_cell(cell: Cell, asking: Asking, expression: str, kind: str) -> str:
    """The cell in our words; raises NotCarried."""
    if not cell.tests:
        return ANY
    try:
        inside = ", ".join(_plain(test, asking, kind) for test in cell.tests)
        return f"not({inside})" if cell.negated else inside
    except NotCarried:
        return _rule(cell, asking, expression, kind)


def _plain(test: Test, asking: Asking, kind: str) -> str:
    """A test that says nothing but a value, a comparison or a range."""
    node = test.inside
    if isinstance(node, Span) and node.low is not None and node.high is not None:
        if kind in ("yes_no", "choices"):
            raise NotCarried("Yes and no have no order.")
        low, high = (_value(end, asking, kind) for end in (node.low, node.high))
        return f"{'[' if node.low_included else '('}{low}..{high}{']' if node.high_included else ')'}"
    if isinstance(node, Comparison) and node.left == Name(INPUT):
        if node.sign not in ("=", "!=") and kind in ("yes_no", "choices"):
            raise NotCarried("Yes and no have no order.")
        value = _value(node.right, asking, kind)
        return value if node.sign == "=" else f"{node.sign} {value}"
    if isinstance(node, Listing) and node.items:
        return ", ".join(_plain(Test(item, asks=False), asking, kind) for item in node.items)
    if test.asks:
        raise NotCarried("This is a rule.")
    return _value(node, asking, kind)


def _value(node: Node, asking: Asking, kind: str) -> str:
    said = Translation(asking).say(node)
    if said.kind == WHOLE and kind in NUMBERS:
        return said.text  # the table itself writes whole numbers as its column needs them
    return fit(said, "text" if kind == "choices" else kind).within(UNARY)


def _rule(cell: Cell, asking: Asking, expression: str, kind: str) -> str:
    own = {IT: Asked(IT, kind)} if expression in asking.by_path else {}
    inner = Asking({**asking.by_path, **own}, asking.by_name)
    said = Translation(inner).tested(Said(IT, kind), cell.tests)
    text = f"!({said.text})" if cell.negated else said.text
    if IT not in text.replace("(", " ").replace(")", " ").replace("!", " ").replace(".", " ").split():
        raise NotCarried("This cell does not speak of its own column.")
    return text


def listed(tests: Sequence[Test]) -> list[str] | None:
    """The texts of a list of values; None where it is more than that."""
    found = []
    for test in tests:
        content = getattr(test.inside, "content", None)
        if not isinstance(content, str):
            return None
        found.append(content)
    return found


def span_of(test: Test) -> Span | None:
    """The range that a test says, also with one end alone."""
    node = test.inside
    if isinstance(node, Span):
        return node
    if isinstance(node, Comparison) and node.left == Name(INPUT) and node.sign in (">=", "<="):
        low, high = (node.right, None) if node.sign == ">=" else (None, node.right)
        return Span(low, high, low_included=True, high_included=True)
    return None
