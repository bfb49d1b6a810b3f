"""A text message to the phone that the applicant gave."""

from typing import Any, Literal

from django.conf import settings
from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from engine.messages.sms import number_of, parts_of, send_sms
from workflows.calling import note_call
from workflows.hints import StepKey
from workflows.job_step import Job, JobStep, Reply
from workflows.letters import PLACEHOLDERS, filled, unknown_placeholders, values_about
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Key

MOST_PARTS = 4


class SmsStep(JobStep):
    """Sends once for each attempt, with the same key, so that the gateway sees a repetition."""

    task_type = "SMS"

    def work(self, job: Job) -> dict[str, Any]:
        """Send it."""
        number, text = self.said(job)
        send_sms(number=number, text=text, department=job.case.department.key, key=job.idempotency_key)
        return {"parts": parts_of(text)}

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """Nothing leaves; who tries it reads what would have."""
        number, text = self.said(job)
        note_call(self.node_key, "SMS", number, text.encode())
        return {"parts": parts_of(text)}

    def said(self, job: Job) -> tuple[str, str]:
        """To which phone, and what; raises NoNumber."""
        case = job.case
        number = number_of(str(case.answers.get(self.options.field) or ""))
        return number, filled(
            self.options.text.in_(case.language), values_about(case, case.language, case.due_at)
        )


@node_types.register
class Sms(NodeType):
    """A text message to the phone that the applicant gave."""

    key = "sms"
    label = Text({"en": "Text message", "fr": "SMS", "ar": "رسالة نصية"})
    family = "system"
    icon = "smartphone"
    bpmn_element = "sendTask"
    waits = True
    fails = True
    accepts = [
        {
            "key": "tell",
            "type": "sms",
            "field": "phone",
            "text": "{reference} is ready. {department}",
            "next": "done",
        }
    ]
    rejects = [
        {"key": "tell", "type": "sms", "text": "Ready.", "next": "done"},
        {"key": "tell", "type": "sms", "field": "phone", "next": "done"},
    ]

    class Options(NodeOptions):
        """Which question holds the number, and what is sent."""

        type: Literal["sms"]
        field: Key = Field(description="The question of the application that asks for the phone.")
        text: Text = Field(description="What is sent, short; with the same {names} as letters.")
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SmsStep:
        return SmsStep(options, cls)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.field not in around.schema.roots["answers"].fields:
            problems.at("field").mend("unknown_field", f'The application has no question "{options.field}".')
        _check_text(options.text, problems.at("text"))
        if not settings.SMS_GATEWAY:
            sentence = "This installation sends no text messages yet; its operator sets the gateway."
            problems.look("no_gateway", sentence)


def _check_text(text: Text, problems: Problems) -> None:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in sorted({name for words in text.root.values() for name in unknown_placeholders(words)}):
        sentence = f'Nothing is known to put in place of "{{{name}}}". Known are {known}.'
        problems.mend("unknown_placeholder", sentence)
    for language, words in text.root.items():
        if (parts := parts_of(words)) > MOST_PARTS:
            sentence = (
                f'In the language "{language}" this takes {parts} messages; at most {MOST_PARTS} are sent.'
            )
            problems.mend("too_long", sentence)
