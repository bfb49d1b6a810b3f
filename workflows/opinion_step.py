"""The step at which a case waits for the opinion of one person outside."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.rules import Schema
from workflows.clock import arm, arm_at, begin_item, calendar_of, disarm
from workflows.facts import facts_of
from workflows.models import DeadlineKind, WorkKind
from workflows.node_type import Blueprint, NodeOptions, NodeType, Outcome
from workflows.opinions import ask, open_opinion, remind, take_back
from workflows.recording import recorded
from workflows.step import Step, StepActivation, moves


class OpinionActivation(StepActivation):
    """Waits for the opinion of one person outside."""

    def prepare(self) -> None:
        """The item says until when the opinion can be given."""
        begin_item(self.task, self.flow_task.options.due)

    def arrived(self) -> None:
        """Ask, and set the clocks; without an address nobody can be asked."""
        step, task = self.flow_task, self.task
        address = step.address_for(self.process, task)
        if not address:
            task.outcome = "no_address"
            return
        arm(task, step.node_key, DeadlineKind.DEADLINE, step.options.due)
        if step.options.remind is not None:
            at = calendar_of(task.department_id).subtract(task.due_at, step.options.remind)
            arm_at(task, step.node_key, DeadlineKind.WARNING, at)
        ask(task, address)

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until the opinion comes; without an address the case goes on."""
        if self.task.outcome == "no_address":
            self.begin()

    @moves(STATUS.NEW, STATUS.STARTED)
    def begin(self) -> None:
        """The item is being closed."""
        self.task.started = now()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """Given, or not given in time."""
        self.end()

    def end(self) -> None:
        """Close the item; a link that was not used leads nowhere any more."""
        super().end()
        disarm(self.task)
        take_back(self.task, by=None)

    def way_out(self) -> str:
        """What followed; where no way is written for it, the usual one."""
        found = str(self.task.outcome)
        return found if found in self.flow_task.routes else "next"

    def give(self, opinion: Any) -> None:
        """The opinion has come: rules read what was recommended and said, and the case goes on."""
        opinion.save(update_fields=["given_at", "recommendation", "text"])
        self.process.keep_work(
            self.flow_task.node_key, {"recommendation": opinion.recommendation, "text": opinion.text}
        )
        self.process.save(update_fields=["data"])
        self.task.outcome = "given"
        recorded("opinion.given", self.task, None, opinion=opinion.pk)
        self._go_on()

    def run_out(self) -> None:
        """Nobody answered in time."""
        self.task.outcome = "timeout"
        recorded("work.timed_out", self.task, None)
        self._go_on()

    def _go_on(self) -> None:
        self.begin()
        self.complete()
        self.activate_next()


class OpinionStep(Step):
    """One person outside is asked."""

    activation_class = OpinionActivation
    task_type = "OPINION"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.OUTSIDE)
        self.schema: Schema = blueprint.schema
        rule = self.options.address_rule
        self.rule = blueprint.compile_rule(rule, "text") if rule else None
        self.outside_choices = [
            Outcome(key=each.key, label=each.label, next=self.options.next)
            for each in self.options.recommendations
        ]

    def address_for(self, case: Any, item: Any) -> str:
        """Who is asked in this case; empty where that is not known."""
        if self.rule is None:
            return str(self.options.address)
        outcome = self.rule.run(facts_of(case, self.schema, item))
        address = str(outcome.value).strip() if outcome.known else ""
        return address if is_address(address) else ""

    def refuses(self, item: Any, before: Any) -> str:
        """Who was asked has the question of then in front of them, so it must be the same."""
        old, new = before.options, self.options
        same = (old.question, old.recommendations) == (new.question, new.recommendations)
        return "" if same else "asked_outside"

    def own_deadline(self) -> DeadlineKind:
        """Until when the opinion can be given."""
        return DeadlineKind.DEADLINE

    def answer_outside(self, host: Any, chosen: str, words: str) -> None:
        """While it is tried out: the opinion of who was asked."""
        opinion = open_opinion(host.task)
        if opinion is not None:
            opinion.given_at, opinion.recommendation, opinion.text = now(), chosen, words
            host.give(opinion)

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over."""
        host.run_out()

    def warn(self, host: Any, deadline: Any) -> None:
        """The time is nearly over."""
        remind(host.task)

    def warned_at(self, calendar: Any, due_at: Any, number: int) -> Any:
        """When to remind, if the step is due then."""
        remind_before = self.options.remind
        return None if due_at is None or remind_before is None else calendar.subtract(due_at, remind_before)


def is_address(text: str) -> bool:
    """Whether a letter can be sent there, as far as its form tells."""
    name, _, host = text.rpartition("@")
    plain = not set(text) & set(" <>,;\t\r\n\"'") and text.isprintable()
    return bool(name) and "@" not in name and "." in host.strip(".") and plain and len(text) <= 254
