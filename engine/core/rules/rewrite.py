"""What is changed between check and run: exact decimals, and loops that are linear and pass over gaps.

`map` and `filter` copy their list on each step in this build, so sums and counts over them are quadratic;
each becomes one loop with an accumulator. A row whose answer is missing is left out.
"""

from engine.core.rules.budget import pattern_size
from engine.core.rules.functions import OWN, run_overload
from engine.core.rules.macros import children, everything, is_macro, macro
from engine.core.rules.tree import (
    Node,
    Tree,
    call,
    constant,
    copied,
    function_of,
    ident,
    kind,
    new_node,
    operands,
    overloads,
)

DECIMALS = {
    "add_double": "decimal_add",
    "subtract_double": "decimal_subtract",
    "multiply_double": "decimal_multiply",
    "divide_double": "decimal_divide",
}
SEARCHES = ("matches", "contains")
PICKED = {"lowest": "math.@min", "highest": "math.@max"}


def rewritten(checked: Tree) -> Tree:
    """A copy of the checked tree that is ready to run."""
    tree = copied(checked)
    chosen = overloads(tree)
    _rewrite(tree.expr, chosen)
    for entry in tree.reference_map:
        if entry.value.name in OWN and entry.value.overload_id:
            entry.value.overload_id[:] = [run_overload(entry.value.name)]
        elif entry.key in chosen and chosen[entry.key] in DECIMALS:
            entry.value.name = DECIMALS[chosen[entry.key]]
            entry.value.overload_id[:] = [entry.value.name]
    return tree


def _rewrite(node: Node, chosen: dict[int, str]) -> None:
    function, overload = function_of(node), chosen.get(node.id, "")
    over_map = function in ("sum", *PICKED) and is_macro(operands(node)[0], "map")
    if over_map:
        _fuse(operands(node)[0])
    for child in children(node):
        _rewrite(child, chosen)
    if kind(node) == "comprehension" and is_macro(node, "filter"):
        condition = node.comprehension_expr.loop_step.call_expr.args[0]
        condition.CopyFrom(_known(condition))
    if overload in DECIMALS:
        node.call_expr.function = DECIMALS[overload]
    elif function == "size" and is_macro(operands(node)[0], "filter"):
        _count(node)
    elif over_map:
        _accumulate(node, function, decimal=overload.endswith("_decimal"))
    elif function in SEARCHES:
        _searched(node, function)
    elif kind(node) == "comprehension":
        _bounded(node)


def _bounded(loop: Node) -> None:
    """Each step of a loop looks at the clock: an error in the condition ends the loop."""
    condition = loop.comprehension_expr.loop_condition
    condition.CopyFrom(call("_&&_", call("in_time"), copied(condition)))


def _searched(node: Node, function: str) -> None:
    """A search that looks at the clock first, and a match at the length of its text too."""
    search = copied(node)
    may = call("in_time")
    if function == "matches":
        text, pattern = operands(search)
        size = pattern_size(pattern.const_expr.string_value)
        may = call("may_match", copied(text), constant(int64_value=size))
    node.CopyFrom(call("_?_:_", may, search, constant(bool_value=False)))


def _known(condition: Node) -> Node:
    """True where the condition is true, and false where it is false or unanswered."""
    return call("!_", call("@not_strictly_false", call("!_", copied(condition))))


def _count(node: Node) -> None:
    loop = copied(operands(node)[0])
    kept = macro(loop).bodies[0]
    accumulator = ident(loop.comprehension_expr.accu_var)
    step = call("_?_:_", kept, call("_+_", accumulator, constant(int64_value=1)), accumulator)
    _become(node, loop, constant(int64_value=0), step, accumulator)


def _accumulate(node: Node, function: str, *, decimal: bool) -> None:
    loop = copied(operands(node)[0])
    *conditions, body = macro(loop).bodies
    accumulator = ident(loop.comprehension_expr.accu_var)
    nothing = constant(null_value=0)
    result = accumulator
    if function == "sum":
        start = constant(double_value=0.0) if decimal else constant(int64_value=0)
        step = call("decimal_add" if decimal else "_+_", accumulator, body)
    else:
        start, empty = nothing, call("_==_", accumulator, nothing)
        step = call("_?_:_", empty, body, call(PICKED[function], accumulator, body))
        result = call("_?_:_", empty, call("no_answers"), accumulator)
    if kind(body) == "select":
        step = call("_?_:_", _answered(body), step, accumulator)
    for condition in conditions:
        step = call("_?_:_", _known(condition), step, accumulator)
    _become(node, loop, start, step, result)


def _answered(body: Node) -> Node:
    test = copied(body)
    test.id = new_node().id
    test.select_expr.test_only = True
    return test


def _become(node: Node, loop: Node, start: Node, step: Node, result: Node) -> None:
    """Put the loop in the place of the call."""
    within = loop.comprehension_expr
    step, result = copied(step), copied(result)
    within.accu_init.CopyFrom(start)
    within.loop_step.CopyFrom(step)
    within.result.CopyFrom(result)
    node.CopyFrom(loop)


def _fuse(loop: Node) -> None:
    """Turn filter(...).map(...) into one map with a condition, so that no list is copied."""
    outer = macro(loop)
    if len(outer.bodies) != 1 or not is_macro(outer.range, "filter"):
        return
    inner = macro(outer.range)
    condition = copied(inner.bodies[0])
    names = {n.ident_expr.name for n in everything(condition) if kind(n) == "ident"}
    bound = {n.comprehension_expr.iter_var for n in everything(condition) if kind(n) == "comprehension"}
    if (inner.variable != outer.variable and outer.variable in names | bound) or inner.variable in bound:
        return
    for part in everything(condition):
        if kind(part) == "ident" and part.ident_expr.name == inner.variable:
            # a new id: the check noted the old name under the old one
            part.CopyFrom(ident(outer.variable))
    within = loop.comprehension_expr
    step = call("_?_:_", condition, within.loop_step, ident(within.accu_var))
    within.loop_step.CopyFrom(copied(step))
    within.iter_range.CopyFrom(copied(inner.range))
