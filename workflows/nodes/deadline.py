"""What happens when a step takes too long."""

from typing import Any, Literal

from viewflow import this
from viewflow.workflow.token import Token

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Key
from workflows.step import Step, reference


class DeadlineStep(Step):
    """Watches another step; unlike Viewflow's boundary events it connects no signal."""

    task_type = "DEADLINE"

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.EVENT)
        self.host: Any = reference(self.options.on)

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.host = this.resolve(instance, self.host)
        self.host.watchers.append(self)

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over: leave the watched step, or start a path beside it."""
        # a path beside the step must not carry the token of a split, or its join would wait for it
        token = host.task.token if self.options.interrupting else Token(f"beside_{deadline.pk}")
        mine = self._create(host, token)
        mine.task.data = {"deadline": deadline.pk}
        if self.options.interrupting:
            host.cancel()
        mine.complete()
        mine.activate_next()


@node_types.register
class Deadline(NodeType):
    """What happens when a step takes too long."""

    key = "deadline"
    label = Text({"en": "Deadline", "fr": "Échéance", "ar": "موعد نهائي"})
    family = "event"
    icon = "alarm-clock"
    bpmn_element = "boundaryEvent"
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
        on: Key
        after: Span
        interrupting: bool = False
        next: Key

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
