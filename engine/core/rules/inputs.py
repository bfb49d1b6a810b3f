"""Which answers a rule reads, as paths with row scope: answers.children[].age."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from engine.core.rules.macros import children, is_macro, macro
from engine.core.rules.tree import Node, function_of, kind

ROW_NUMBER = "row_number"
ONE_ROW = re.compile(r"\[\d+\]")
# what a loop name stands for; None where it runs over something that is no answer
Scope = Mapping[str, str | None]


class Inputs(NamedTuple):
    """All that is read, and what there is no value without: has() can do without its answer.

    Reads are written without row numbers (answers.children[].age); needs keep a number that is written out.
    """

    reads: frozenset[str]
    needs: frozenset[str]


def inputs(node: Node) -> Inputs:
    """The paths that a rule, or a part of one, reads."""
    reads: set[str] = set()
    needs: set[str] = set()
    _collect(node, {}, reads, needs)
    return Inputs(frozenset(reads), frozenset(needs))


def path_of(node: Node, scope: Scope) -> str | None:
    """The path that a node stands for, when it is a plain reference."""
    match kind(node):
        case "ident":
            name = node.ident_expr.name
            return scope.get(name, name)
        case "select":
            owner = path_of(node.select_expr.operand, scope)
            return owner and f"{owner}.{node.select_expr.field}"
        case "call" if function_of(node) == "_[_]":
            rows, place = node.call_expr.args
            owner = path_of(rows, scope)
            # a number that is written out counts the rows of the answers only where nothing was filtered
            exact = kind(place) == "const" and kind(rows) != "comprehension"
            return owner and f"{owner}[{place.const_expr.int64_value if exact else ''}]"
        case "comprehension" if is_macro(node, "filter"):
            return path_of(macro(node).range, scope)
    return None


def _collect(node: Node, scope: Scope, reads: set[str], needs: set[str]) -> None:
    if kind(node) in ("select", "ident"):
        path = path_of(node, scope)
        if path:
            _note(path, node, reads, needs)
            for other in _beside(node):
                _collect(other, scope, reads, needs)
        if path or kind(node) == "ident":
            return
    if kind(node) == "comprehension":
        loop = macro(node)
        _collect(loop.range, scope, reads, needs)
        owner = path_of(loop.range, scope)
        inner = {**scope, loop.variable: owner and f"{owner}[]"}
        for body in loop.bodies:
            _collect(body, inner, reads, needs)
        return
    for child in children(node):
        _collect(child, scope, reads, needs)


def _beside(node: Node) -> list[Node]:
    """What is read on the way along a path: row numbers and conditions of filters."""
    match kind(node):
        case "select":
            return _beside(node.select_expr.operand)
        case "call":
            rows, place = node.call_expr.args
            return [*_beside(rows), place]
        case "comprehension":
            return [node]
    return []


def _note(path: str, node: Node, reads: set[str], needs: set[str]) -> None:
    if path.endswith(f"].{ROW_NUMBER}"):
        return
    path = path.removesuffix("[]")
    reads.add(ONE_ROW.sub("[]", path))
    if not (kind(node) == "select" and node.select_expr.test_only):
        needs.add(path)
