"""Texts of FEEL made ready: expressions, and the cells of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.core.feel import functions
from engine.core.feel.names import Names
from engine.core.feel.nodes import INPUT, Node, Test
from engine.core.feel.parsing import Parser
from engine.core.feel.properties import NAMES
from engine.core.feel.scope import Run, Scope
from engine.core.feel.signatures import BUILTINS
from engine.core.feel.types import Types

NEGATED = re.compile(r"not\s*\(")
# every name of several words that the language itself has
VOCABULARY = Names([*BUILTINS, *NAMES])
__all__ = ["Cell", "functions", "new_run", "outermost", "read_cell", "read_expression"]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: any of its tests, or none of them; without tests it always holds."""

    tests: Sequence[Test] = ()
    negated: bool = False

    def holds(self, value: Any, scope: Scope) -> bool:
        """Whether a value passes."""
        if not self.tests:
            return True
        inner = scope.within({INPUT: value})
        found = [test.value(inner) for test in self.tests]
        if self.negated:
            return all(each is False for each in found)
        return any(each is True for each in found)


def read_expression(text: str, names: Names = VOCABULARY) -> Node:
    """The expression that a text says; raises FeelRefused."""
    parser = Parser(text, names.within())
    found = parser.expression()
    parser.end()
    return found


def read_cell(text: str, names: Names = VOCABULARY) -> Cell:
    """The cell that a text says; raises FeelRefused."""
    text = text.strip()
    if text == "-":
        return Cell()
    if NEGATED.match(text) and (found := _negated(text, names)):
        return found
    parser = Parser(text, names.within())
    tests = parser.tests()
    parser.end()
    return Cell(tests)


def _negated(text: str, names: Names) -> Cell | None:
    """not(...) around all tests; None where it is only the first part of something else."""
    parser = Parser(text, names.within())
    parser.expect("not")
    parser.expect("(")
    try:
        tests = parser.tests()
    except ValueError:
        return None
    parser.accept(")")
    return Cell(tests, negated=True) if parser.at == len(text) and text.endswith(")") else None


def new_run(types: Types | None = None) -> Run:
    """A fresh evaluation."""
    return Run(types or {})


def outermost(run: Run, names: Mapping[str, Any] | None = None) -> Scope:
    """The functions of the language, and in front of them these names."""
    builtins = Scope(run, BUILTINS)
    return builtins.within(names) if names else builtins
