"""An escalation is raised, for whoever waits for it around this step or above this case."""

from typing import Literal

from engine.core.text import Text
from workflows.escalating import raise_from
from workflows.hints import StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.parts import Code
from workflows.step import Step, StepActivation


class EscalateActivation(StepActivation):
    """Raises it, and goes on."""

    def perform(self) -> None:
        """Tell whoever waits for it."""
        raise_from(self, self.flow_task.options.code)


class EscalateStep(Step):
    """Where a case raises an escalation."""

    activation_class = EscalateActivation
    task_type = "ESCALATE"


@node_types.register
class Escalate(NodeType):
    """An escalation is raised."""

    key = "escalate"
    label = Text({"en": "Escalate", "fr": "Escalader", "ar": "تصعيد الأمر"})
    family = "event"
    icon = "megaphone"
    bpmn_element = "intermediateThrowEvent"
    bpmn_definition = "escalationEventDefinition"
    accepts = [{"key": "warn", "type": "escalate", "code": "too_expensive", "next": "pay"}]
    rejects = [
        {"key": "warn", "type": "escalate", "next": "pay"},
        {"key": "warn", "type": "escalate", "code": "too expensive", "next": "pay"},
    ]

    class Options(NodeOptions):
        """Which escalation."""

        type: Literal["escalate"]
        code: Code
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> EscalateStep:
        return EscalateStep(options, cls, WorkKind.EVENT)
