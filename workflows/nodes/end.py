"""The case is over, or a path beside it ends."""

from collections.abc import Iterator
from typing import Any, Literal

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.text import Text
from workflows.ending import end_case
from workflows.join_step import joins_after
from workflows.models import CaseState, WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.step import Step, StepActivation, moves
from workflows.tokens import Move


class EndActivation(StepActivation):
    """Closes the case and cancels what is still open; without an outcome only this path ends."""

    def perform(self) -> None:
        """Finish the case."""
        self.task.started = now()
        outcome = self.flow_task.options.outcome
        if outcome is None:
            return
        end_case(self.process, CaseState(outcome), but=self.task)

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """Nothing follows; but a join may have waited for this path alone."""
        return joins_after(self) if self.process.finished is None else iter(())


class EndStep(Step):
    """The last step."""

    activation_class = EndActivation
    task_type = "END"


@node_types.register
class End(NodeType):
    """The case is over, or a path beside it ends."""

    key = "end"
    label = Text({"en": "End", "fr": "Fin", "ar": "نهاية"})
    family = "end"
    icon = "check"
    bpmn_element = "endEvent"
    accepts = [{"key": "done", "type": "end", "outcome": "approved"}, {"key": "path_done", "type": "end"}]
    rejects = [{"key": "done", "type": "end", "outcome": "perhaps"}]

    class Options(NodeOptions):
        """How the case ended; without an outcome only a path that a deadline started ends here."""

        type: Literal["end"]
        outcome: Literal["approved", "refused", "withdrawn", "expired"] | None = None

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return []

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        return [Move(ends_case=options.outcome is not None)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> EndStep:
        return EndStep(options, cls, WorkKind.SYSTEM)

    @classmethod
    def drawn_icon(cls, options: Options) -> str:
        return cls.icon if options.outcome in (None, "approved") else "ban"
