"""The values that a rule is written with: what a walker tries, at and beside each of them."""

from decimal import Decimal
from typing import TypeAlias

from engine.core.rules.macros import everything
from engine.core.rules.rule import Rule
from engine.core.rules.tree import Node, function_of, kind, operands

Constant: TypeAlias = bool | int | Decimal | str


def constants(rule: Rule) -> frozenset[Constant]:
    """All literals of a rule; days stand there as the texts that they are written with."""
    found: set[Constant] = set()
    for node in everything(rule.tree.expr):
        if kind(node) != "const":
            continue
        literal = node.const_expr
        name = str(literal.WhichOneof("kind"))
        value = getattr(literal, name)
        found.add(Decimal(repr(value)) if name == "double_value" else value)
    return frozenset(found)


LOGIC = frozenset({"_&&_", "_||_", "!_", "_?_:_"})
COMPARING = frozenset({"_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_in_", "in"})


def compares_with_constants(rule: Rule) -> bool:
    """Whether a rule only compares answers with literals, so that trying values beside these is enough."""
    return _plain(rule.tree.expr)


def _plain(node: Node) -> bool:
    match kind(node):
        case "ident" | "const":
            return True
        case "select":
            return _plain(node.select_expr.operand)
        case "call":
            parts, function = operands(node), function_of(node)
            if function in LOGIC:
                return all(_plain(part) for part in parts)
            return function in COMPARING and any(_literal(part) for part in parts) and all(map(_plain, parts))
        case "list":
            return _literal(node)
    return False


def _literal(node: Node) -> bool:
    if kind(node) == "list":
        return all(_literal(part) for part in node.list_expr.elements)
    written = function_of(node) in ("date", "double", "int") and all(map(_literal, operands(node)))
    return kind(node) == "const" or written
