"""A letter by e-mail, written in the transaction that brings the case here."""

import re
from collections.abc import Iterable
from typing import Any, Literal

from engine.core.problems import Problems
from engine.core.text import Text
from engine.messages.letters import send_letter
from forms_library.localising import date_text
from workflows.clock import calendar_of
from workflows.hints import MessageKey, StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import APPLICANT, MessageDefinition, StaffRole
from workflows.role_checks import check_role
from workflows.roles import people_in_role
from workflows.step import Step, StepActivation

PLACEHOLDERS = ("reference", "service", "department", "applicant", "due")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


class MessageActivation(StepActivation):
    """Writes the letters; they leave with the commit."""

    def perform(self) -> None:
        """One letter for each person."""
        for person in self.flow_task.recipients(self.process):
            self._write(person)

    def _write(self, person: Any) -> None:
        case, message = self.process, self.flow_task.message
        to_applicant = person.pk == case.applicant_id
        language = case.language if to_applicant else person.language
        values = _values(case, language)
        path = f"/applications/{case.reference}/" if to_applicant else f"/work/cases/{case.reference}/"
        send_letter(
            recipient=person,
            department=case.department,
            kind=f"{case.service.key}:{self.flow_task.options.message}",
            subject=filled(message.subject.in_(language), values),
            body_paragraphs=_PARAGRAPHS.split(filled(message.body.in_(language), values).strip()),
            action_label=message.action.in_(language) if message.action else "",
            action_path=path if message.action else "",
            case_reference=case.reference,
            language=language,
            key=f"work-item:{self.task.pk}:{person.pk}",
        )


def filled(text: str, values: dict[str, str]) -> str:
    """The text with its placeholders filled in; an unknown one stays as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _values(case: Any, language: str) -> dict[str, str]:
    return {
        "reference": case.reference,
        "service": case.service.name(language),
        "department": case.department.name(language),
        "applicant": case.applicant.get_full_name(),
        "due": _day(case, language),
    }


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


def unknown_placeholders(text: str) -> list[str]:
    """The placeholders of a text that nobody fills in."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def _day(case: Any, language: str) -> str:
    """The day of the decision as people write it, on the clock of the department."""
    if case.due_at is None:
        return ""
    return date_text(case.due_at.astimezone(calendar_of(case.department_id).zone).date(), language)
