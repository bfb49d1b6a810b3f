"""The case rests until another system sends a message about it."""

from typing import Any, Literal

from pydantic import Field
from viewflow.workflow import STATUS

from engine.calls.failures import CallFailed
from engine.core.hints import ui
from engine.core.problems import Problems
from engine.core.rules import Kind, Schema
from engine.core.text import Text
from workflows.awaiting import expect, forget, keep_on
from workflows.calling import Kept, kept_of, kinds_kept
from workflows.catching import CatchActivation, CatchStep
from workflows.facts import facts_of
from workflows.hints import EventName, StepKey
from workflows.incoming import look_for
from workflows.models import AwaitedKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import RuleText
from workflows.step import moves
from workflows.worked_out import Name

NO_KEY = "no_key"


class MessageCatchActivation(CatchActivation):
    """Waits for its message; one that was faster than the case is delivered now."""

    def arrived(self) -> None:
        """Begin to wait."""
        step, case = self.flow_task, self.process
        key = step.key_of(case)
        if not key:
            self.task.data = {"error": NO_KEY}
        expect(case, step.node_key, AwaitedKind.MESSAGE, step.options.message, item=self.task, key=key)
        look_for(step.options.message, key, case.department_id)

    def end(self) -> None:
        """Close the item, and wait no more."""
        super().end()
        forget(self.task)

    @moves(STATUS.NEW)
    def hear(self, data: Any) -> None:
        """Keep what the message says, and go on; one that does not fit is noted, and the case waits on."""
        step, case = self.flow_task, self.process
        try:
            kept = kept_of(step.options.keep, data)
        except CallFailed as failed:
            self.task.data = {**self.task.data, "error": failed.code}
            self.task.save(update_fields=["data"])
            return
        case.keep_work(step.node_key, kept)
        case.save(update_fields=["data"])
        self.task.data = {}
        self.come()


class MessageCatchStep(CatchStep):
    """Found by a question to the database, by department, name and key."""

    activation_class = MessageCatchActivation
    task_type = "MESSAGE_CATCH"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema: Schema = blueprint.schema
        self.rule = blueprint.compile_rule(self.options.key_rule, "text") if self.options.key_rule else None

    def key_of(self, case: Any) -> str:
        """What the message will name: the reference, or what the rule says; empty where that is not known."""
        if self.rule is None:
            return str(case.reference)
        outcome = self.rule.run(facts_of(case, self.schema))
        return str(outcome.value)[:200] if outcome.known else ""

    def take_over(self, activation: Any, before: Any) -> None:
        """Wait for the message of this version; the same is waited for since it was first."""
        old, new = before.options, self.options
        if (old.message, old.key_rule) == (new.message, new.key_rule):
            keep_on(activation.task)
        else:
            forget(activation.task)
            activation.task.data = {}
            activation.arrived()
            activation.task.save(update_fields=["data"])

    def came(self, host: Any, said: dict[str, Any]) -> None:
        """The message has come."""
        host.hear(said.get("data"))


@node_types.register
class MessageCatch(NodeType):
    """The case rests until another system sends a message about it."""

    key = "message_catch"
    label = Text({"en": "Wait for a message", "fr": "Attendre un message", "ar": "انتظار رسالة"})
    family = "event"
    icon = "mail-check"
    bpmn_element = "intermediateCatchEvent"
    bpmn_definition = "messageEventDefinition"
    waits = True
    catches = True
    accepts = [
        {"key": "paid", "type": "message_catch", "message": "payment_received", "next": "done"},
        {
            "key": "paid",
            "type": "message_catch",
            "message": "payment_received",
            "correlate": "work.pay.number",
            "keep": {"amount": {"type": "decimal", "at": "/amount"}},
            "next": "done",
        },
    ]
    rejects = [
        {"key": "paid", "type": "message_catch", "next": "done"},
        {"key": "paid", "type": "message_catch", "message": "Payment received!", "next": "done"},
    ]

    class Options(NodeOptions):
        """Which message, how it is told which case it is about, and what is kept of it."""

        type: Literal["message_catch"]
        message: EventName
        key_rule: RuleText | None = Field(
            default=None,
            alias="correlate",
            description="A rule that gives the key in the message; without one it is the reference.",
            json_schema_extra=ui("rule", gives="text"),
        )
        keep: dict[Name, Kept] = Field(default_factory=dict, max_length=50)
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        return kinds_kept(options.keep)

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> MessageCatchStep:
        return MessageCatchStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.key_rule:
            around.check_rule(options.key_rule, problems.at("correlate"), "text")
