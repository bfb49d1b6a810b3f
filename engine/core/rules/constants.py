"""The values that a rule is written with: what a walker tries, at and beside each of them."""

from decimal import Decimal
from typing import TypeAlias

from engine.core.rules.macros import everything
from engine.core.rules.rule import Rule
from engine.core.rules.tree import kind

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
