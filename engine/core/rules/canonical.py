"""The one way to write a rule: double quotes, one space, brackets where needed or where || meets &&."""

import json

from engine.core.rules.macros import macro
from engine.core.rules.tree import Node, function_of, kind, operands

TERNARY, OR, AND, RELATION, SUM, PRODUCT, UNARY, MEMBER = range(8)
OPERATORS = {
    "_||_": ("||", OR),
    "_&&_": ("&&", AND),
    "_<_": ("<", RELATION),
    "_<=_": ("<=", RELATION),
    "_>_": (">", RELATION),
    "_>=_": (">=", RELATION),
    "_==_": ("==", RELATION),
    "_!=_": ("!=", RELATION),
    "@in": ("in", RELATION),
    "_+_": ("+", SUM),
    "_-_": ("-", SUM),
    "_*_": ("*", PRODUCT),
    "_/_": ("/", PRODUCT),
    "_%_": ("%", PRODUCT),
}
UNARY_OPERATORS = {"!_": "!", "-_": "-"}
WRITTEN_AS = {"math.@max": "math.greatest", "math.@min": "math.least"}


def canonical(node: Node) -> str:
    """The text of a node."""
    return _write(node)[0]


def _write(node: Node) -> tuple[str, int]:
    """The text and how tightly its outermost part binds."""
    match kind(node):
        case "const":
            return _constant(node)
        case "ident":
            return node.ident_expr.name, MEMBER
        case "select":
            return _select(node), MEMBER
        case "list":
            return f"[{_commas(list(node.list_expr.elements))}]", MEMBER
        case "comprehension":
            loop = macro(node)
            bodies = _commas(loop.bodies)
            return f"{_inner(loop.range, MEMBER)}.{loop.name}({loop.variable}, {bodies})", MEMBER
    return _call(node)


def _constant(node: Node) -> tuple[str, int]:
    field = node.const_expr.WhichOneof("kind")
    value = getattr(node.const_expr, field)
    match field:
        case "bool_value":
            return ("true" if value else "false"), MEMBER
        case "null_value":
            return "null", MEMBER
        case "string_value":
            return json.dumps(value, ensure_ascii=False), MEMBER
    return repr(value), MEMBER if value >= 0 else UNARY


def _select(node: Node) -> str:
    text = f"{_inner(node.select_expr.operand, MEMBER)}.{node.select_expr.field}"
    return f"has({text})" if node.select_expr.test_only else text


def _call(node: Node) -> tuple[str, int]:
    function, args = function_of(node), operands(node)
    if function in OPERATORS:
        return _operator(node, *OPERATORS[function])
    if function in UNARY_OPERATORS:
        inside, tight = _write(args[0])
        return UNARY_OPERATORS[function] + (inside if tight == MEMBER else f"({inside})"), UNARY
    if function == "_[_]":
        return f"{_inner(args[0], MEMBER)}[{canonical(args[1])}]", MEMBER
    if function == "_?_:_":
        return f"{_inner(args[0], OR)} ? {_inner(args[1], OR)} : {_inner(args[2], OR)}", TERNARY
    name = WRITTEN_AS.get(function, function)
    if node.call_expr.HasField("target"):
        return f"{_inner(args[0], MEMBER)}.{name}({_commas(args[1:])})", MEMBER
    return f"{name}({_commas(args)})", MEMBER


def _operator(node: Node, symbol: str, tight: int) -> tuple[str, int]:
    if tight in (AND, OR):
        # the parser balances long chains, so the shape of the chain says nothing
        return f" {symbol} ".join(_inner(part, RELATION) for part in flat(node, function_of(node))), tight
    left, right = operands(node)
    # a comparison of comparisons always gets brackets; sums and products only on their right
    text = f"{_inner(left, SUM if tight == RELATION else tight)} {symbol} {_inner(right, tight + 1)}"
    return text, tight


def flat(node: Node, function: str) -> list[Node]:
    """The parts of a chain of && or of ||, in their order."""
    if function_of(node) != function:
        return [node]
    return [part for side in operands(node) for part in flat(side, function)]


def _inner(node: Node, least: int) -> str:
    text, tight = _write(node)
    return text if tight >= least else f"({text})"


def _commas(nodes: list[Node]) -> str:
    return ", ".join(canonical(node) for node in nodes)
