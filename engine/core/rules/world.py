"""The one shared, untyped environment in which checked and rewritten rules run on plain dicts."""

from typing import Any

from cel_expr_python import cel

from engine.core.rules import functions
from engine.core.rules.rewrite import rewritten
from engine.core.rules.schema import EXTENSIONS
from engine.core.rules.tree import Tree, dump

WORLD: Any = cel.NewEnv(functions=functions.for_running(), extensions=EXTENSIONS)
ERROR: Any = cel.Type.ERROR


def program(checked: Tree) -> Any:
    """A program from a checked tree, with our rewrites."""
    return WORLD.deserialize(dump(rewritten(checked)))


def activation(data: dict[str, Any]) -> Any:
    """What a program reads; it lives and dies in one thread."""
    return WORLD.Activation(data)


def pattern_problem(pattern: str) -> str | None:
    """What RE2 says about a pattern; None when it can be used."""
    answer = WORLD.compile("''.matches(pattern)", disable_check=True).eval(data={"pattern": pattern})
    return str(answer.value()).rpartition("regular expression: ")[2] if answer.type() == ERROR else None
