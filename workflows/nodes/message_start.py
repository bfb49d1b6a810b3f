"""A message from another system opens a case."""

from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.calling import Kept, kept_of
from workflows.hints import EventName, StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.start_step import StartStep
from workflows.worked_out import Name


class MessageStartStep(StartStep):
    """Begins a case with what the message says."""

    def answers_in(self, data: Any) -> dict[str, Any]:
        """The answers that a message brings; raises CallFailed where it does not fit."""
        return kept_of(self.options.answers, data)


@node_types.register
class MessageStart(NodeType):
    """A message from another system opens a case."""

    key = "message_start"
    label = Text({"en": "Opened by a message", "fr": "Ouvert par un message", "ar": "تفتحه رسالة"})
    family = "start"
    icon = "message-square-plus"
    bpmn_element = "startEvent"
    bpmn_definition = "messageEventDefinition"
    begins = "message"
    further_start = True
    accepts = [
        {"key": "reported", "type": "message_start", "message": "accident_reported", "next": "inspect"},
        {
            "key": "reported",
            "type": "message_start",
            "message": "accident_reported",
            "answers": {"place": {"type": "text", "at": "/place"}},
            "next": "inspect",
        },
    ]
    rejects = [
        {"key": "reported", "type": "message_start", "next": "inspect"},
        {"key": "reported", "type": "message_start", "message": "Accident!", "next": "inspect"},
    ]

    class Options(NodeOptions):
        """Which message, and what it answers."""

        type: Literal["message_start"]
        message: EventName
        answers: dict[Name, Kept] = Field(
            default_factory=dict,
            max_length=100,
            description="Questions of the application that the message answers, and where in it.",
        )
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> MessageStartStep:
        return MessageStartStep(options, cls, WorkKind.SYSTEM)

    @classmethod
    def listens_for(cls, options: Options) -> str:
        return options.message

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        asked = around.schema.roots["answers"].fields
        for name, kept in options.answers.items():
            at = problems.at("answers", name)
            if name not in asked:
                at.mend("unknown_field", f'The application has no question "{name}".')
            elif asked[name] != kept.type:
                at.at("type").mend("other_kind", f'The question "{name}" takes another kind of value.')
