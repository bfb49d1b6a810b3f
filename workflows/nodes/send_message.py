"""A letter by e-mail, written in the transaction that brings the case here."""

from collections.abc import Iterable
from typing import Any, Literal

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import MessageKey, StepKey
from workflows.letters import write_letters
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import APPLICANT, MessageDefinition, StaffRole
from workflows.role_checks import check_role
from workflows.roles import people_in_role
from workflows.step import Step, StepActivation


class MessageActivation(StepActivation):
    """Writes the letters; they leave with the commit."""

    def perform(self) -> None:
        """One letter for each person."""
        step, case = self.flow_task, self.process
        cause = f"work-item:{self.task.pk}"
        write_letters(case, step.recipients(case), step.options.message, step.message, cause=cause)


class MessageStep(Step):
    """A letter to the applicant or to staff."""

    activation_class = MessageActivation
    task_type = "MESSAGE"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.message: MessageDefinition = blueprint.messages[self.options.message]

    def recipients(self, case: Any) -> Iterable[Any]:
        """Who gets the letter."""
        if self.options.to == APPLICANT:
            return [case.applicant]
        return people_in_role(self.options.to, case.department)


@node_types.register
class SendMessage(NodeType):
    """A letter by e-mail."""

    key = "send_message"
    label = Text({"en": "E-mail", "fr": "Courriel", "ar": "بريد إلكتروني"})
    family = "system"
    icon = "mail"
    common = 1
    bpmn_element = "sendTask"
    accepts = [
        {"key": "tell", "type": "send_message", "message": "received", "next": "done"},
        {"key": "tell", "type": "send_message", "message": "late", "to": "supervisor", "next": "done"},
    ]
    rejects = [
        {"key": "tell", "type": "send_message", "next": "done"},
        {"key": "tell", "type": "send_message", "message": "received", "to": "a@b.example", "next": "done"},
    ]

    class Options(NodeOptions):
        """Which message, and to whom."""

        type: Literal["send_message"]
        message: MessageKey
        to: StaffRole = APPLICANT
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> MessageStep:
        return MessageStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.message not in around.messages:
            sentence = f'There is no message "{options.message}" in this package.'
            problems.at("message").mend("unknown_message", sentence)
        if options.to != APPLICANT:
            check_role(options.to, around, problems.at("to"))
