"""Which texts a rule compares with which answers, so that a misspelt choice is found."""

from collections.abc import Iterator

from engine.core.rules.inputs import ONE_ROW, Scope, path_of
from engine.core.rules.macros import children, macro
from engine.core.rules.rule import Rule
from engine.core.rules.tree import Node, function_of, kind, operands

EQUAL = frozenset({"_==_", "_!=_"})


def comparisons(rule: Rule) -> Iterator[tuple[str, str]]:
    """Pairs of the path of an answer and a text that it is compared with: answers.kind and "food"."""
    yield from _compared(rule.tree.expr, {})


def _compared(node: Node, scope: Scope) -> Iterator[tuple[str, str]]:
    if kind(node) == "comprehension":
        loop = macro(node)
        yield from _compared(loop.range, scope)
        owner = path_of(loop.range, scope)
        inner = {**scope, loop.variable: owner and f"{owner}[]"}
        for body in loop.bodies:
            yield from _compared(body, inner)
        return
    if function_of(node) in EQUAL or function_of(node) == "@in":
        left, right = operands(node)
        for answer, written in ((left, right), (right, left)):
            path = path_of(answer, scope) if kind(answer) in ("select", "ident") else None
            for text in _texts(written) if path else ():
                yield ONE_ROW.sub("[]", str(path)).removesuffix("[]"), text
    for child in children(node):
        yield from _compared(child, scope)


def _texts(node: Node) -> list[str]:
    parts = list(node.list_expr.elements) if kind(node) == "list" else [node]
    return [
        part.const_expr.string_value
        for part in parts
        if kind(part) == "const" and part.const_expr.WhichOneof("kind") == "string_value"
    ]
