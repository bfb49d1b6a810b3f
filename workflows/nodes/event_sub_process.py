"""What is done when something happens to a case, at whatever step it is: a withdrawal, a signal, an error."""

from typing import Any, Literal, Self

from django.utils.timezone import now
from pydantic import Field, model_validator
from viewflow.workflow.token import Token

from engine.core.problems import Problems
from engine.core.rules import Kind
from engine.core.text import Text
from workflows.advancing import CLOSED, cancel_items
from workflows.awaiting import expect, forget_case
from workflows.escalating import BY_STAFF
from workflows.facts import facts_of
from workflows.handling import INTERRUPTED, begun, handler_of, raised_inside
from workflows.hints import EventName, StepKey
from workflows.models import AwaitedKind, WorkItem, WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Code, RuleText
from workflows.states import being_checked
from workflows.step import Step, StepActivation
from workflows.tokens import Trigger

Event = Literal["withdrawn", "signal", "message", "condition", "escalation", "error"]
NEEDS: dict[str, set[str]] = {"signal": {"signal"}, "message": {"message"}, "condition": {"when"}}
AWAITED = {"signal": AwaitedKind.SIGNAL, "message": AwaitedKind.MESSAGE}


class EventSubProcessStep(Step):
    """Takes over for good, or begins a path beside the case."""

    task_type = "HANDLER"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.EVENT)
        self.on_case: str = self.options.event
        self.schema = blueprint.schema
        self.rule = blueprint.compile_rule(self.options.when) if self.options.when else None
        self.rechecks = self.rule is not None

    def names(self) -> list[str]:
        """The codes that are caught by name."""
        return list(self.options.codes)

    def takes(self, name: str) -> bool:
        """Whether a code is caught; without codes all are."""
        return not self.options.codes or name in self.options.codes

    def watch_case(self, case: Any) -> None:
        """A case begins or is taken up again: wait for what can come from outside."""
        if self.on_case in AWAITED and not case.data.get(INTERRUPTED):
            name = str(self.options.signal or self.options.message)
            key = case.reference if self.on_case == "message" else ""
            expect(case, self.node_key, AWAITED[self.on_case], name, key=key)

    def came_to_case(self, case: Any, said: dict[str, Any]) -> None:
        """The signal or message has come."""
        self.begin(case, {})

    def recheck(self, case: Any) -> None:
        """Data have changed: begin when the rule holds for the first time."""
        if case.finished is not None or case.data.get(INTERRUPTED) or begun(self, case):
            return
        if self.rule is not None and self.rule.run(facts_of(case, self.schema)).holds:
            self.begin(case, {})

    def leave(self, host: Any, name: str, data: dict[str, Any]) -> None:
        """An escalation that nobody catches on the edge of its step."""
        self.begin(host.process, data)

    def failed(self, host: Any, code: str) -> None:
        """A failure that nobody catches on the edge of its step."""
        self._keep(host.process, code)
        self.begin(host.process, {"code": code})

    def catch(self, activation: Any, code: str) -> bool:
        """An error end that no step around it catches."""
        case = activation.process
        if handler_of(case, "error", code) is not self or raised_inside(activation, "error", code):
            return False
        self._keep(case, code)
        self.begin(case, {"code": code}, but=activation.task.pk)
        return True

    def _keep(self, case: Any, code: str) -> None:
        case.keep_work(self.node_key, {"code": code})
        case.save(update_fields=["data"])

    def begin(self, case: Any, data: dict[str, Any], *, but: int | None = None) -> None:
        """Take over; if it interrupts, all that is open is cancelled but for an item that is acting now."""
        if self.options.interrupting:
            self._interrupt(case, but)
        item = self.new_item(case, Token("start"), data)
        item.started = now()
        item.save()
        if not self.options.interrupting:
            item.token = Token(f"beside_{item.pk}")  # no join of the case waits for this path
            item.save()
        activation = StepActivation(item)
        activation.complete()
        activation.activate_next()

    def _interrupt(self, case: Any, but: int | None) -> None:
        case.data[INTERRUPTED] = self.node_key
        case.save(update_fields=["data"])
        still = WorkItem.objects.filter(process=case).exclude(status__in=CLOSED)
        cancel_items(case, still.exclude(pk=but) if but else still)
        forget_case(case)
        being_checked(case)


@node_types.register
class EventSubProcess(NodeType):
    """What is done when something happens to a case, at whatever step it is."""

    key = "event_sub_process"
    label = Text({"en": "At any time", "fr": "À tout moment", "ar": "في أي وقت"})
    family = "structure"
    icon = "package-open"
    bpmn_element = "subProcess"
    bpmn_definition = "triggeredByEvent"
    accepts = [
        {"key": "withdrawn", "type": "event_sub_process", "event": "withdrawn", "next": "stop_work"},
        {
            "key": "recall",
            "type": "event_sub_process",
            "event": "signal",
            "signal": "market_closed",
            "interrupting": False,
            "next": "tell",
        },
        {
            "key": "broken",
            "type": "event_sub_process",
            "event": "error",
            "codes": ["http_404"],
            "next": "by_hand",
        },
    ]
    rejects = [
        {"key": "recall", "type": "event_sub_process", "event": "signal", "next": "tell"},
        {"key": "recall", "type": "event_sub_process", "event": "withdrawn", "signal": "x", "next": "tell"},
        {
            "key": "broken",
            "type": "event_sub_process",
            "event": "error",
            "interrupting": False,
            "next": "by_hand",
        },
    ]

    class Options(NodeOptions):
        """What must happen, whether the case is left for it, and what is done."""

        type: Literal["event_sub_process"]
        event: Event
        signal: EventName | None = None
        message: EventName | None = Field(
            default=None, description="A message that names the case by its reference."
        )
        when: RuleText | None = None
        codes: list[Code] = Field(
            default_factory=list, max_length=50, description="Of errors and escalations; without any, all."
        )
        interrupting: bool = True
        next: StepKey

        @model_validator(mode="after")
        def _what_it_needs(self) -> Self:
            given = {name for name in ("signal", "message", "when") if getattr(self, name) is not None}
            needs = NEEDS.get(self.event, set())
            if given != needs:
                words = next(iter(needs), "neither signal nor message nor when")
                raise ValueError(f"For the event {self.event} say {words}, and nothing else of these.")
            if self.codes and self.event not in ("error", "escalation"):
                raise ValueError("Only errors and escalations have codes.")
            if self.event == "error" and not self.interrupting:
                raise ValueError("After an error the case cannot go on as if nothing had happened.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def trigger(cls, options: Options) -> Trigger:
        return Trigger(None, options.interrupting)

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        return {"code": "text"} if options.event == "error" else {}

    @classmethod
    def helps_with(cls, options: Options, node_key: str) -> bool:
        return options.event == "escalation" and (not options.codes or BY_STAFF in options.codes)

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> EventSubProcessStep:
        return EventSubProcessStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.when is not None and "today" in around.check_rule(options.when, problems.at("when")):
            sentence = "A rule over the day needs a step at which the case waits for it."
            problems.at("when").mend("no_day", sentence)
        withdrawals = [key for key, each in around.nodes.items() if getattr(each, "event", "") == "withdrawn"]
        if options.event == "withdrawn" and len(withdrawals) > 1:
            problems.at("event").mend("doubled", "Only one step can say what is done at a withdrawal.")
