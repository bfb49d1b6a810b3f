"""What happens when a step takes too long."""

from typing import Any, Literal

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.boundary_step import BoundaryStep
from workflows.hints import HostKey, StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types


class DeadlineStep(BoundaryStep):
    """Watches another step until its time is over."""

    task_type = "DEADLINE"

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over."""
        self.leave(host, str(deadline.pk), {"deadline": deadline.pk})


@node_types.register
class Deadline(NodeType):
    """What happens when a step takes too long."""

    key = "deadline"
    label = Text({"en": "Deadline", "fr": "Échéance", "ar": "موعد نهائي"})
    family = "event"
    icon = "alarm-clock"
    bpmn_element = "boundaryEvent"
    bpmn_definition = "timerEventDefinition"
    accepts = [
        {"key": "late", "type": "deadline", "on": "check", "after": {"working_days": 5}, "next": "remind"},
        {
            "key": "over",
            "type": "deadline",
            "on": "check",
            "after": {"days": 9},
            "interrupting": True,
            "next": "x",
        },
    ]
    rejects = [
        {"key": "late", "type": "deadline", "after": {"working_days": 5}, "next": "remind"},
        {"key": "late", "type": "deadline", "on": "check", "after": "5 days", "next": "remind"},
    ]

    class Options(NodeOptions):
        """Which step, how long, and what then."""

        type: Literal["deadline"]
        on: HostKey
        after: Span
        interrupting: bool = False
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> DeadlineStep:
        return DeadlineStep(options, cls)

    @classmethod
    def watches(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.after

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.on not in around.nodes:
            problems.at("on").mend("unknown_step", f'There is no step "{options.on}".')
        elif not around.type_of(options.on).has_deadlines:
            problems.at("on").mend(
                "no_waiting", f'A case does not wait for staff at the step "{options.on}".'
            )
