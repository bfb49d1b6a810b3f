"""The case is over, whatever is still open in it."""

from typing import Literal

from django.utils.timezone import now

from engine.core.text import Text
from workflows.ending import end_case
from workflows.models import CaseState, WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.step import LastActivation, Step
from workflows.tokens import Move


class TerminateActivation(LastActivation):
    """Cancels all that is open, and closes the case."""

    def perform(self) -> None:
        """End the case."""
        self.task.started = now()
        end_case(self.process, CaseState(self.flow_task.options.outcome), but=self.task)


class TerminateStep(Step):
    """The last step of all ways."""

    activation_class = TerminateActivation
    task_type = "END"


@node_types.register
class Terminate(NodeType):
    """The case is over, whatever is still open in it."""

    key = "terminate"
    label = Text({"en": "End everything", "fr": "Tout arrêter", "ar": "إنهاء الكل"})
    family = "end"
    icon = "circle-x"
    bpmn_element = "endEvent"
    bpmn_definition = "terminateEventDefinition"
    accepts = [{"key": "stop", "type": "terminate", "outcome": "refused"}]
    rejects = [
        {"key": "stop", "type": "terminate"},
        {"key": "stop", "type": "terminate", "outcome": "perhaps"},
    ]

    class Options(NodeOptions):
        """How the case ended."""

        type: Literal["terminate"]
        outcome: Literal["approved", "refused", "withdrawn", "expired"]

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return []

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        return [Move(ends_case=True)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> TerminateStep:
        return TerminateStep(options, cls, WorkKind.SYSTEM)
