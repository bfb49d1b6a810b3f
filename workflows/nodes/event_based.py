"""What happens first decides where the case goes."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from viewflow.workflow import STATUS

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types, sentence_of
from workflows.parts import Part
from workflows.step import Step, StepActivation, moves


class EventBasedActivation(StepActivation):
    """Waits for all of its events at once."""

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """One work item for each event; the first that is done cancels the others."""
        for step in self.flow_task.routes.values():
            yield step._create(self, self.task.token)


class EventBasedStep(Step):
    """The events race."""

    activation_class = EventBasedActivation
    task_type = "EVENTS"

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        racing = list(self.routes.values())
        for step in racing:
            step.rivals = [*step.rivals, *(other for other in racing if other is not step)]


class Awaited(Part):
    """One of the events, by the step that waits for it."""

    to: StepKey
    label: Text = Text("")


@node_types.register
class EventBased(NodeType):
    """What happens first decides where the case goes."""

    key = "event_based"
    label = Text({"en": "Whatever happens first", "fr": "Premier événement", "ar": "أول حدث"})
    family = "choice"
    icon = "zap"
    bpmn_element = "eventBasedGateway"
    undoable = True
    accepts = [{"key": "first", "type": "event_based", "events": [{"to": "paid"}, {"to": "two_weeks"}]}]
    rejects = [
        {"key": "first", "type": "event_based", "events": [{"to": "paid"}]},
        {"key": "first", "type": "event_based", "events": [{"to": "paid"}, {"to": "paid"}]},
    ]

    class Options(NodeOptions):
        """The steps that wait for the events; where they lead stands with them."""

        type: Literal["event_based"]
        events: list[Awaited] = Field(min_length=2, max_length=20)

        @model_validator(mode="after")
        def _each_once(self) -> Self:
            if len({event.to for event in self.events}) < len(self.events):
                raise ValueError("Two of the events are the same step.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [
            Edge(f"event_{number}", event.to, "event", ("events", number, "to"), event.label)
            for number, event in enumerate(options.events)
        ]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> EventBasedStep:
        return EventBasedStep(options, cls)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        for number, event in enumerate(options.events):
            target = around.nodes.get(event.to)
            if target is not None and not around.type_of(event.to).catches:
                sentence = (
                    f"The step {sentence_of(target)} waits for no event, so nothing can happen first there."
                )
                problems.at("events", number, "to").mend("no_event", sentence)
