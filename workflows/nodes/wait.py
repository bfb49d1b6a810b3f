"""The case rests for a while."""

from typing import Any, Literal

from django.utils.timezone import now
from pydantic import Field
from viewflow.workflow import STATUS

from engine.core.text import Text
from engine.core.worktime import Span
from workflows.clock import arm, disarm
from workflows.models import DeadlineKind, WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.parts import Key
from workflows.step import Step, StepActivation, moves


class WaitActivation(StepActivation):
    """Waits for its deadline."""

    def arrived(self) -> None:
        """Set the clock."""
        arm(self.task, self.flow_task.node_key, DeadlineKind.WAIT, self.flow_task.options.span)

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until the time is over."""

    @moves(STATUS.NEW, STATUS.STARTED)
    def begin(self) -> None:
        """The time is over."""
        self.task.started = now()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """The rest has ended."""
        self.end()

    def end(self) -> None:
        """Close the item, and drop its clock."""
        super().end()
        disarm(self.task)


class WaitStep(Step):
    """The case rests."""

    activation_class = WaitActivation
    task_type = "WAIT"

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over: go on."""
        host.begin()
        host.complete()
        host.activate_next()


@node_types.register
class Wait(NodeType):
    """The case rests for a while."""

    key = "wait"
    label = Text({"en": "Wait", "fr": "Attendre", "ar": "انتظار"})
    family = "event"
    icon = "timer"
    bpmn_element = "intermediateCatchEvent"
    waits = True
    accepts = [{"key": "pause", "type": "wait", "for": {"days": 1}, "next": "done"}]
    rejects = [
        {"key": "pause", "type": "wait", "next": "done"},
        {"key": "pause", "type": "wait", "for": {"days": -1}, "next": "done"},
    ]

    class Options(NodeOptions):
        """How long."""

        type: Literal["wait"]
        span: Span = Field(alias="for")
        next: Key

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> WaitStep:
        return WaitStep(options, cls, WorkKind.EVENT)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.span
