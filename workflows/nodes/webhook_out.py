"""Another system is told that a case has come this far, in a signed message."""

from datetime import datetime
from typing import Any, Literal

from django.utils.timezone import now
from pydantic import Field

from engine.calls.client import Call, send
from engine.calls.secrets import secret
from engine.calls.signatures import signed_headers
from engine.core.problems import Problems
from engine.core.rules import Schema
from engine.core.text import Text
from workflows.calling import (
    Address,
    SecretName,
    as_body,
    asked,
    check_address,
    filled_in,
    note_call,
)
from workflows.hints import StepKey
from workflows.job_step import MOST_ATTEMPTS, Job, JobStep, Reply
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Code
from workflows.worked_out import Name, WorkedOut, check_values, rules_of


class WebhookStep(JobStep):
    """Tells once; a repetition carries the same id, by which the other side knows it."""

    task_type = "WEBHOOK"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema: Schema = blueprint.schema
        self.rules = rules_of(self.options.send, blueprint)
        self.attempts = self.options.attempts

    def work(self, job: Job) -> dict[str, Any]:
        """Send the message, signed by the Standard Webhooks specification."""
        at = now()
        address, body = self.said(job, at)
        key = secret(job.case.department.key, self.options.secret)
        signed = signed_headers(key, job.idempotency_key, int(at.timestamp()), body)
        headers = {"Content-Type": "application/json", **signed}
        answer = send(Call("POST", address, headers, body))
        return {"status": answer.status}

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """The other system takes it."""
        note_call(self.node_key, "POST", *self.said(job, now()))
        return {"status": 200}

    def said(self, job: Job, at: datetime) -> tuple[str, bytes]:
        """Where the message goes, and what it says."""
        options, case, values = self.options, job.case, asked(self.rules, job, self.schema)
        data = {"reference": case.reference, "service": case.service.key, **values}
        body = as_body({"type": options.event, "timestamp": at.isoformat(), "data": data})
        return filled_in(options.address, values, case.reference), body


@node_types.register
class WebhookOut(NodeType):
    """Another system is told, in a signed message."""

    key = "webhook_out"
    label = Text({"en": "Tell another system", "fr": "Informer un autre système", "ar": "إبلاغ نظام آخر"})
    family = "system"
    icon = "webhook"
    bpmn_element = "sendTask"
    waits = True
    fails = True
    accepts = [
        {
            "key": "tell",
            "type": "webhook_out",
            "address": "https://archive.example/events",
            "event": "licence.approved",
            "secret": "archive",
            "next": "done",
        }
    ]
    rejects = [
        {
            "key": "tell",
            "type": "webhook_out",
            "address": "https://archive.example/",
            "event": "a",
            "next": "b",
        },
        {
            "key": "tell",
            "type": "webhook_out",
            "address": "archive.example",
            "event": "licence.approved",
            "secret": "archive",
            "next": "done",
        },
    ]

    class Options(NodeOptions):
        """Whom to tell what; the secret signs it."""

        type: Literal["webhook_out"]
        address: Address
        event: Code
        secret: SecretName
        send: dict[Name, WorkedOut] = Field(default_factory=dict, max_length=50)
        attempts: int = Field(default=MOST_ATTEMPTS, ge=1, le=20)
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> WebhookStep:
        return WebhookStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_address(options.address, options.send, around, problems.at("address"))
        check_values(options.send, around, problems.at("send"))
