"""A step at which a case rests until something comes: a time, a signal, a message, a change of its data."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS

from workflows.models import WorkKind
from workflows.node_type import NodeOptions, NodeType
from workflows.step import Step, StepActivation, moves


class CatchActivation(StepActivation):
    """One rest of a case."""

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until it comes."""

    @moves(STATUS.NEW, STATUS.STARTED)
    def begin(self) -> None:
        """It has come."""
        self.task.started = now()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """The rest has ended."""
        self.end()

    def come(self) -> None:
        """What the case waited for has come: go on."""
        self.begin()
        self.complete()
        self.activate_next()


class CatchStep(Step):
    """The case rests; node types say what for."""

    activation_class: Any = CatchActivation
    task_type = "CATCH"

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.EVENT)
