"""Another machine is asked: a register, a payment service, a system of another department."""

from typing import Any, Literal

from django.conf import settings
from pydantic import Field

from engine.calls.client import Answer, Call, send
from engine.calls.secrets import secret
from engine.core.problems import Problems
from engine.core.rules import Kind, Schema
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.calling import (
    Address,
    Kept,
    SecretName,
    as_body,
    asked,
    callback_address,
    check_address,
    filled_in,
    kept_of,
    kinds_kept,
    note_call,
    pretended_answer,
)
from workflows.hints import StepKey
from workflows.job_step import MOST_ATTEMPTS, Job, JobStep, Pending, Reply
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Part
from workflows.worked_out import Name, WorkedOut, check_values, rules_of

ACCEPTED = 202
WITHOUT_BODY = frozenset({"GET", "DELETE"})


class ServiceCallStep(JobStep):
    """Calls once for each attempt, with the same key, so that the other side can see a repetition."""

    task_type = "SERVICE_CALL"
    asks_outside = True

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema: Schema = blueprint.schema
        self.rules = rules_of(self.options.send, blueprint)
        self.attempts = self.options.attempts

    def work(self, job: Job) -> dict[str, Any] | Pending:
        """Call, and keep what was asked for; 202 means that the other side calls back."""
        return self.taken(send(self.call(job)))

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any] | Pending:
        """The other side says what the person who tries it wants it to say."""
        address, body = self.said(job)
        note_call(self.node_key, self.options.method, address, body or b"")
        return self.taken(pretended_answer(reply or Reply()))

    def taken(self, answer: Answer) -> dict[str, Any] | Pending:
        """What the answer means for the step."""
        callback = self.options.callback
        if answer.status == ACCEPTED and callback is not None:
            return Pending({}, callback.within)
        return {"kept": self.read(answer), "status": answer.status}

    def call(self, job: Job) -> Call:
        """What is sent for this case."""
        options, case = self.options, job.case
        address, body = self.said(job)
        headers = {"Accept": "application/json", "Idempotency-Key": job.idempotency_key}
        if options.secret:
            headers["Authorization"] = f"Bearer {secret(case.department.key, options.secret)}"
        if options.callback is not None:
            headers["Callback-Url"] = callback_address(job.item_id)
        if body is not None:
            headers["Content-Type"] = "application/json"
        return Call(options.method, address, headers, body, options.timeout_s)

    def said(self, job: Job) -> tuple[str, bytes | None]:
        """Which address is asked, and what is sent there."""
        case, values = job.case, asked(self.rules, job, self.schema)
        whole = as_body({"reference": case.reference, **values})
        address = filled_in(self.options.address, values, case.reference)
        return address, None if self.options.method in WITHOUT_BODY else whole

    def read(self, answer: Answer) -> dict[str, Any]:
        """What is kept of an answer."""
        return kept_of(self.options.keep, answer.json()) if self.options.keep else {}

    def keep(self, case: Any, result: dict[str, Any]) -> None:
        """Rules and letters read it under the name of this step; the work item itself keeps no answer."""
        case.keep_work(self.node_key, result.pop("kept", {}))
        case.save(update_fields=["data"])

    def reads_back(self) -> Any:
        """What is kept of a call back, and until when it is waited for."""
        return self.options.callback, self.options.keep

    def called_back(self, data: Any) -> dict[str, Any]:
        """The result of a call back; raises CallFailed where it does not fit."""
        callback = self.options.callback
        return {"kept": kept_of({**self.options.keep, **callback.keep}, data), "called_back": True}


class Callback(Part):
    """The other side may accept the work and call back."""

    within: Span = Field(title="Within")
    keep: dict[Name, Kept] = Field(default_factory=dict, max_length=50, title="Kept of what it says")


@node_types.register
class ServiceCall(NodeType):
    """Another machine is asked."""

    key = "service_call"
    label = Text({"en": "Call a service", "fr": "Appeler un service", "ar": "استدعاء خدمة"})
    family = "system"
    icon = "plug"
    bpmn_element = "serviceTask"
    waits = True
    fails = True
    accepts = [
        {
            "key": "register",
            "type": "service_call",
            "address": "https://register.example/companies/{number}",
            "send": {"number": {"type": "text", "value": "answers.company"}},
            "keep": {"name": {"type": "text", "at": "/name"}},
            "next": "done",
        },
        {
            "key": "pay",
            "type": "service_call",
            "method": "POST",
            "address": "https://pay.example/payments",
            "secret": "payments",
            "send": {"amount": {"type": "decimal", "value": "answers.amount"}},
            "callback": {"within": {"days": 3}, "keep": {"paid": {"type": "yes_no", "at": "/paid"}}},
            "next": "done",
        },
    ]
    rejects = [
        {"key": "register", "type": "service_call", "next": "done"},
        {"key": "register", "type": "service_call", "address": "file:///etc/passwd", "next": "done"},
        {"key": "register", "type": "service_call", "address": "https://{host}/x", "next": "done"},
        {"key": "register", "type": "service_call", "address": "https://a:b@c.example/", "next": "done"},
        {
            "key": "register",
            "type": "service_call",
            "address": "https://register.example/",
            "keep": {"name": {"type": "text", "at": "name"}},
            "next": "done",
        },
    ]

    class Options(NodeOptions):
        """Which machine, what is sent, what is kept, and how often it is tried."""

        type: Literal["service_call"]
        method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
        address: Address
        secret: SecretName | None = Field(
            default=None, description="The name of a secret, sent as a bearer token."
        )
        send: dict[Name, WorkedOut] = Field(default_factory=dict, max_length=50)
        keep: dict[Name, Kept] = Field(default_factory=dict, max_length=50)
        timeout_s: float = Field(default=10.0, gt=0, le=60, description="Seconds that an answer may take.")
        attempts: int = Field(default=MOST_ATTEMPTS, ge=1, le=20)
        callback: Callback | None = None
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.callback.within if options.callback else None

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        return kinds_kept({**options.keep, **(options.callback.keep if options.callback else {})})

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> ServiceCallStep:
        return ServiceCallStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_address(options.address, options.send, around, problems.at("address"))
        check_values(options.send, around, problems.at("send"))
        if options.callback and not settings.PUBLIC_ADDRESS:
            problems.at("callback").look(
                "no_address", "This installation has no public address to call back."
            )
