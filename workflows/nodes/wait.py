"""The case rests for a while."""

from typing import Any, Literal

from pydantic import Field

from engine.core.text import Text
from engine.core.worktime import Span
from workflows.catching import CatchActivation, CatchStep
from workflows.clock import arm, disarm
from workflows.hints import StepKey
from workflows.models import DeadlineKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types


class WaitActivation(CatchActivation):
    """Waits for its deadline."""

    def arrived(self) -> None:
        """Set the clock."""
        arm(self.task, self.flow_task.node_key, DeadlineKind.WAIT, self.flow_task.options.span)

    def end(self) -> None:
        """Close the item, and drop its clock."""
        super().end()
        disarm(self.task)


class WaitStep(CatchStep):
    """The case rests."""

    activation_class = WaitActivation
    task_type = "WAIT"

    def own_deadline(self) -> DeadlineKind:
        """The time that the case rests."""
        return DeadlineKind.WAIT

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over: go on."""
        host.come()


@node_types.register
class Wait(NodeType):
    """The case rests for a while."""

    key = "wait"
    label = Text({"en": "Wait", "fr": "Attendre", "ar": "انتظار"})
    family = "event"
    icon = "timer"
    bpmn_element = "intermediateCatchEvent"
    bpmn_definition = "timerEventDefinition"
    waits = True
    catches = True
    undoable = True
    accepts = [{"key": "pause", "type": "wait", "for": {"days": 1}, "next": "done"}]
    rejects = [
        {"key": "pause", "type": "wait", "next": "done"},
        {"key": "pause", "type": "wait", "for": {"days": -1}, "next": "done"},
    ]

    class Options(NodeOptions):
        """How long."""

        type: Literal["wait"]
        span: Span = Field(alias="for")
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> WaitStep:
        return WaitStep(options, cls)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.span
