"""Somebody above is told of a step or takes it over: after a time, by staff, or from inside."""

from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.catchers import CatcherStep
from workflows.escalating import BY_STAFF, KIND, raise_at
from workflows.hints import HostKey, StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Code


class EscalationStep(CatcherStep):
    """Catches escalations of its host, and raises one itself when its time is over."""

    task_type = "ESCALATION"
    catches_kind = KIND

    def attach(self, host: Any) -> None:
        """Tell the host; only with a time are its work items watched."""
        super().attach(host)
        if self.options.after is not None:
            host.watchers.append(self)

    def codes(self) -> list[str]:
        """The code that is caught."""
        return [self.options.code] if self.options.code else []

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over."""
        raise_at(host, self.options.code or self.node_key, f"time:{deadline.pk}")


@node_types.register
class Escalation(NodeType):
    """Somebody above is told of a step, or takes it over."""

    key = "escalation"
    label = Text({"en": "Escalation", "fr": "Escalade", "ar": "تصعيد"})
    family = "event"
    icon = "chevrons-up"
    bpmn_element = "boundaryEvent"
    bpmn_definition = "escalationEventDefinition"
    accepts = [
        {"key": "urgent", "type": "escalation", "on": "check", "next": "tell_head"},
        {
            "key": "slow",
            "type": "escalation",
            "on": "check",
            "code": "slow",
            "after": {"working_days": 3},
            "interrupting": True,
            "next": "head_decides",
        },
    ]
    rejects = [
        {"key": "urgent", "type": "escalation", "next": "tell_head"},
        {"key": "urgent", "type": "escalation", "on": "check", "after": "soon", "next": "tell_head"},
    ]

    class Options(NodeOptions):
        """Which step, which escalations, whether the step is left, and what then."""

        type: Literal["escalation"]
        on: HostKey
        code: Code | None = Field(default=None, description="What is caught; without a code, all.")
        after: Span | None = Field(default=None, description="Raised by itself when the step takes longer.")
        interrupting: bool = False
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> EscalationStep:
        return EscalationStep(options, cls)

    @classmethod
    def watches(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def helps_with(cls, options: Options, node_key: str) -> bool:
        return options.on == node_key and options.code in (None, BY_STAFF)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.after

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.on not in around.nodes:
            problems.at("on").mend("unknown_step", f'There is no step "{options.on}".')
        elif not around.type_of(options.on).has_deadlines:
            problems.at("on").mend("no_waiting", f'A case does not wait at the step "{options.on}".')
