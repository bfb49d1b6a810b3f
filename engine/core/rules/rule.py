"""A compiled rule."""

from dataclasses import dataclass, field
from typing import Any, Literal

from engine.core.rules.explain import Step, explain
from engine.core.rules.facts import Facts
from engine.core.rules.inputs import Inputs
from engine.core.rules.outcome import Outcome, run
from engine.core.rules.tree import Tree

Want = Literal["bool", "text", "integer", "decimal", "date", "choices"]


@dataclass(frozen=True, eq=False)
class Rule:
    """A checked rule; shared freely between threads."""

    source: str
    canonical: str
    type: Want
    inputs: Inputs = field(repr=False)
    notes: tuple[str, ...] = ()
    timed: bool = field(default=True, repr=False)
    program: Any = field(default=None, repr=False)
    tree: Tree = field(default=None, repr=False)

    @property
    def reads(self) -> frozenset[str]:
        """The paths of the answers that it reads."""
        return self.inputs.reads

    @property
    def needs(self) -> frozenset[str]:
        """The paths without whose answers there is no value."""
        return self.inputs.needs

    def run(self, facts: Facts) -> Outcome:
        """What the rule says about these facts."""
        return run(self.program, self.inputs, facts, timed=self.timed)

    def explain(self, facts: Facts) -> list[Step]:
        """The rule, its parts, and the values that they compare; loops are shown row by row."""
        return explain(self.tree, facts)
