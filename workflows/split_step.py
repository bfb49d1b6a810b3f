"""A step from which several ways are taken side by side; a join brings them together again.

What runs on one of the ways carries a token below that of the split: "start/12_2" is the second way of work
item 12. A join finds by it who else is on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from viewflow.workflow import STATUS
from viewflow.workflow.token import Token

from workflows.models import WorkKind
from workflows.node_type import NodeOptions, NodeType
from workflows.step import Step, StepActivation, moves


class SplitActivation(StepActivation):
    """Sends a token along every way that is taken."""

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """The first step of every way."""
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for name in self.ways():
            yield self.flow_task.routes[name]._create(self, next(tokens))

    def ways(self) -> Iterable[str]:
        """The names of the edges to follow: all."""
        return list(self.flow_task.routes)


class SplitStep(Step):
    """Where ways part to be taken side by side."""

    activation_class: Any = SplitActivation
    task_type = "SPLIT"

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)

    @cached_property
    def join(self) -> Any:
        """The step that brings the ways together; None when they only end."""
        seen: set[tuple[str, int]] = set()
        waiting = [(step, 0) for step in self.routes.values()]
        while waiting:
            step, depth = waiting.pop()
            if (step.node_key, depth) in seen:
                continue
            seen.add((step.node_key, depth))
            if step.task_type == "JOIN" and depth == 0:
                return step
            inner = depth + {"SPLIT": 1, "JOIN": -1}.get(step.task_type, 0)
            waiting += [(following, inner) for following in step.routes.values()]
        return None
