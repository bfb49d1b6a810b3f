"""Macros arrive expanded; this recognises them again by their accumulator and step."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.core.rules.tree import Node, function_of, kind, operands

# each takes a step and no loop, however long its operands are; the others look at the clock
QUICK = frozenset(("_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "_?_:_", "@in"))


class Macro(NamedTuple):
    """One of all, exists, exists_one, map, filter; a map with a condition has two bodies."""

    name: str
    range: Node
    variable: str
    bodies: list[Node]


class UnknownMacro(ValueError):
    """A loop that none of our macros makes."""


def macro(node: Node) -> Macro:
    """The macro that a loop was written as."""
    loop = node.comprehension_expr
    step, variable = loop.loop_step, loop.iter_var
    found = _of_bools(loop) if kind(loop.accu_init) == "const" else _of_lists(step, variable)
    if found is None:
        raise UnknownMacro
    return Macro(found[0], loop.iter_range, variable, found[1])


def _of_bools(loop: Node) -> tuple[str, list[Node]] | None:
    args = loop.loop_step.call_expr.args
    match function_of(loop.loop_step):
        case "_&&_":
            return "all", [args[1]]
        case "_||_":
            return "exists", [args[1]]
        case "_?_:_":
            return "exists_one", [args[0]]
    return None


def _of_lists(step: Node, variable: str) -> tuple[str, list[Node]] | None:
    args = step.call_expr.args
    match function_of(step):
        case "_+_":
            return "map", [args[1].list_expr.elements[0]]
        case "_?_:_":
            element = args[1].call_expr.args[1].list_expr.elements[0]
            kept = kind(element) == "ident" and element.ident_expr.name == variable
            return ("filter", [args[0]]) if kept else ("map", [args[0], element])
    return None


def is_macro(node: Node, name: str) -> bool:
    """Whether a node is a loop of this name."""
    return kind(node) == "comprehension" and macro(node).name == name


def children(node: Node) -> list[Node]:
    """The nodes below a node as its author wrote them: of a loop, its range and bodies."""
    match kind(node):
        case "select":
            return [node.select_expr.operand]
        case "call":
            return operands(node)
        case "list":
            return list(node.list_expr.elements)
        case "comprehension":
            written = macro(node)
            return [written.range, *written.bodies]
    return []


def everything(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    for child in children(node):
        yield from everything(child)


def is_quick(root: Node) -> bool:
    """Whether nothing in a rule looks at the clock: it only compares and combines."""
    return all(
        kind(node) != "comprehension" and (kind(node) != "call" or function_of(node) in QUICK)
        for node in everything(root)
    )
