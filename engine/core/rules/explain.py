"""Why a rule says what it says: the outcome of each of its parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.rules.canonical import OPERATORS, canonical, flat
from engine.core.rules.facts import Facts
from engine.core.rules.inputs import inputs
from engine.core.rules.macros import children, macro
from engine.core.rules.outcome import Outcome, run
from engine.core.rules.tree import Node, Tree, call, constant, copied, function_of, kind, operands, with_root
from engine.core.rules.world import program

ROWS = 20
LOGIC = ("_&&_", "_||_")


@dataclass(frozen=True)
class Step:
    """One part of a rule: how deep it stands, its text, its outcome, what it calls and with what."""

    depth: int
    text: str
    outcome: Outcome
    function: str = ""
    operands: tuple[str, ...] = ()


def explain(tree: Tree, facts: Facts) -> list[Step]:
    """The whole rule and its parts, each run alone."""
    return list(_steps(tree, tree.expr, facts, 0))


def _steps(tree: Tree, node: Node, facts: Facts, depth: int) -> Iterator[Step]:
    outcome = run(program(with_root(tree, node)), inputs(node), facts)
    parts = tuple(canonical(part) for part in operands(node)) if function_of(node) else ()
    yield Step(depth, canonical(node), outcome, function_of(node), parts)
    for part in _parts(tree, node, facts):
        yield from _steps(tree, part, facts, depth + 1)


def _parts(tree: Tree, node: Node, facts: Facts) -> list[Node]:
    """The parts that are worth a line of their own."""
    function = function_of(node)
    if function in LOGIC:
        return flat(node, function)
    if function in ("!_", "_?_:_"):
        return operands(node)
    if function in OPERATORS:
        return [part for part in operands(node) if kind(part) not in ("const", "list")]
    if kind(node) == "comprehension" and macro(node).name in ("all", "exists"):
        return _rows(tree, node, facts)
    return []


def _rows(tree: Tree, node: Node, facts: Facts) -> list[Node]:
    loop = macro(node)
    if kind(loop.range) != "select":
        return []
    size = run(program(with_root(tree, call("size", loop.range))), inputs(loop.range), facts).value
    count = min(size, ROWS) if isinstance(size, int) else 0
    return [_for_row(loop.bodies[0], loop.variable, loop.range, number) for number in range(count)]


def _for_row(body: Node, variable: str, rows: Node, number: int) -> Node:
    """The body of a loop with rows[number] in the place of its variable."""
    row = copied(body)
    _replace(row, variable, call("_[_]", rows, constant(int64_value=number)))
    return row


def _replace(node: Node, variable: str, row: Node) -> None:
    if kind(node) == "ident" and node.ident_expr.name == variable:
        node.CopyFrom(row)
        return
    below = children(node)
    if kind(node) == "comprehension" and macro(node).variable == variable:
        below = below[:1]
    for child in below:
        _replace(child, variable, row)
