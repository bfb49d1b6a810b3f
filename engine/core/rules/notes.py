"""Notes on rules that are allowed but probably not meant."""

from collections.abc import Iterator

from engine.core.rules.canonical import canonical
from engine.core.rules.macros import everything, is_macro, macro
from engine.core.rules.tree import Node, Tree, function_of, kind, operands, overloads

DIVISION = "Whole numbers are divided here, and 7 / 2 gives 3. Put double(...) around both to get 3.5."
EMPTY = "all(...) also holds when there are no rows. Add {size} > 0 && in front if one is needed."


def notes(tree: Tree) -> tuple[str, ...]:
    """The sentences, each once, in the order of the rule."""
    return tuple(dict.fromkeys(_found(tree)))


def _found(tree: Tree) -> Iterator[str]:
    chosen = overloads(tree)
    parts = list(everything(tree.expr))
    guarded = {canonical(operands(part)[0]) for part in parts if _asks_for_rows(part)}
    for part in parts:
        if chosen.get(part.id) == "divide_int64":
            yield DIVISION
        if kind(part) == "comprehension" and is_macro(part, "all"):
            rows = macro(part).range
            size = f"size({canonical(rows)})"
            if kind(rows) != "list" and size not in guarded:
                yield EMPTY.format(size=size)


def _asks_for_rows(node: Node) -> bool:
    """Whether a part says that a list is not empty: size(rows) > 0 or >= 1."""
    if function_of(node) not in ("_>_", "_>=_"):
        return False
    left, right = operands(node)
    return function_of(left) == "size" and kind(right) == "const"
