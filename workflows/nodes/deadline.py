"""What happens when a step, or the whole case, takes too long: before, then, and afterwards."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.alarms import (
    EarlyWarning,
    Escalation,
    check_notices,
    check_warnings,
    escalate,
    open_hosts,
    tell,
)
from workflows.boundary_step import BoundaryStep
from workflows.case_wide import begin_on_case
from workflows.clock import arm, arm_at, arm_case, calendar_of, due
from workflows.hints import HostKey, StepKey
from workflows.models import DeadlineKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types, sentence_of
from workflows.role_checks import check_role
from workflows.tokens import Trigger


class DeadlineStep(BoundaryStep):
    """Watches another step, or the case, until its time is over."""

    task_type = "DEADLINE"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.messages = blueprint.messages
        self.watches_case = self.options.on is None

    def watch(self, item: Any) -> None:
        """An item of the watched step begins: set its deadline and the warnings before it."""
        due_at = arm(item, self.node_key, DeadlineKind.DEADLINE, self.options.after)
        for number, at in self._warnings(item.process, due_at):
            arm_at(item, self.node_key, DeadlineKind.WARNING, at, number=number)

    def watch_case(self, case: Any, again: datetime | None = None) -> None:
        """A case begins, or is taken up again at a moment: the same for the whole of it."""
        span = self.options.after or case.flow_class.decide_within
        set_at = partial(arm_case, case, self.node_key)
        due_at = due(case, span, again or case.submitted_at)
        set_at(DeadlineKind.DEADLINE, due_at, span=span, again=again)
        for number, at in self._warnings(case, due_at):
            set_at(DeadlineKind.WARNING, at, number=number)

    def _warnings(self, case: Any, due_at: datetime) -> Iterator[tuple[int, datetime]]:
        calendar = calendar_of(case.department_id)
        for number, warning in enumerate(self.options.warnings):
            yield number, calendar.subtract(due_at, warning.before)

    def warned_at(self, calendar: Any, due_at: datetime | None, number: int) -> datetime | None:
        """When a warning is due, if the deadline is due then."""
        if due_at is None or number >= len(self.options.warnings):
            return None
        found: datetime = calendar.subtract(due_at, self.options.warnings[number].before)
        return found

    def warn(self, host: Any, deadline: Any) -> None:
        """The time is nearly over."""
        tell(host.process, [host.task], self.options.warnings[deadline.number], self.messages, deadline)

    def warn_case(self, case: Any, deadline: Any) -> None:
        """The time of the case is nearly over."""
        items = [host.task for host in open_hosts(case)]
        tell(case, items, self.options.warnings[deadline.number], self.messages, deadline)

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over."""
        self._escalate(host.process, [host], deadline)
        if self.options.next is not None:
            self.leave(host, str(deadline.pk), {"deadline": deadline.pk})

    def fire_case(self, case: Any, deadline: Any) -> None:
        """The time of the case is over."""
        self._escalate(case, open_hosts(case), deadline)
        if self.options.next is not None:
            data = {"deadline": deadline.pk}
            begin_on_case(self, case, str(deadline.pk), data, interrupting=self.options.interrupting)

    def _escalate(self, case: Any, hosts: list[Any], deadline: Any) -> None:
        found: Escalation | None = self.options.escalate
        if found is None:
            return
        for notice in found.tell:
            tell(case, [host.task for host in hosts], notice, self.messages, deadline)
        if found.reassign or found.priority:
            escalate(hosts, found)


@node_types.register
class Deadline(NodeType):
    """What happens when a step, or the whole case, takes too long."""

    key = "deadline"
    label = Text({"en": "Deadline", "fr": "Échéance", "ar": "موعد نهائي"})
    family = "event"
    icon = "alarm-clock"
    bpmn_element = "boundaryEvent"
    bpmn_definition = "timerEventDefinition"
    accepts = [
        {"key": "late", "type": "deadline", "on": "check", "after": {"working_days": 5}, "next": "remind"},
        {
            "key": "over",
            "type": "deadline",
            "on": "check",
            "after": {"days": 9},
            "interrupting": True,
            "warnings": [{"before": {"days": 2}, "to": ["owner", "supervisor"], "message": "soon"}],
            "next": "x",
        },
        {
            "key": "slow",
            "type": "deadline",
            "on": "check",
            "after": {"working_days": 5},
            "escalate": {
                "tell": [{"to": ["supervisor"], "message": "late"}],
                "reassign": "supervisor",
                "priority": "high",
            },
        },
        {
            "key": "whole",
            "type": "deadline",
            "warnings": [{"before": {"working_days": 2}, "to": ["owner"], "message": "soon"}],
        },
    ]
    rejects = [
        {"key": "late", "type": "deadline", "after": "5 days", "next": "remind"},
        {"key": "late", "type": "deadline", "on": "check", "after": "5 days", "next": "remind"},
        {"key": "late", "type": "deadline", "on": "check", "escalate": {"priority": "highest"}},
        {
            "key": "late",
            "type": "deadline",
            "on": "check",
            "warnings": [{"before": {"days": 2}, "to": [], "message": "soon"}],
        },
    ]

    class Options(NodeOptions):
        """What is watched and how long, who is warned before, and what is done then."""

        type: Literal["deadline"]
        on: HostKey | None = Field(default=None, description="The step; without one the whole case.")
        after: Span | None = Field(default=None, description="For a case by default its decide_within.")
        interrupting: bool = False
        warnings: list[EarlyWarning] = Field(
            default_factory=list, max_length=10, description="Who is told before, and how long before."
        )
        escalate: Escalation | None = Field(default=None, description="What is done with what is late.")
        next: StepKey | None = Field(default=None, description="Where a path begins then.")

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))] if options.next is not None else []

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> DeadlineStep:
        return DeadlineStep(options, cls, blueprint)

    @classmethod
    def watches(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def trigger(cls, options: Options) -> Trigger:
        return Trigger(options.on, options.interrupting)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.after

    @classmethod
    def roles(cls, options: Options) -> list[str]:
        moved_to = options.escalate.reassign if options.escalate is not None else None
        return [moved_to] if moved_to is not None else []

    @classmethod
    def messages(cls, options: Options) -> list[str]:
        told = options.escalate.tell if options.escalate is not None else []
        return [notice.message for notice in (*options.warnings, *told)]

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.on is not None:
            _check_host(options, around, problems)
        check_notices(options.warnings, around, problems.at("warnings"))
        check_warnings(options.warnings, options.after, problems.at("warnings"))
        if options.escalate is not None:
            check_notices(options.escalate.tell, around, problems.at("escalate", "tell"))
            if options.escalate.reassign is not None:
                check_role(options.escalate.reassign, around, problems.at("escalate", "reassign"))
        if options.interrupting and options.next is None:
            problems.at("next").mend("missing", "Say where the case goes when the step is left.")
        elif options.next is None and options.escalate is None and not options.warnings:
            problems.at("next").mend("nothing", "Nothing happens before this deadline, and nothing then.")


def _check_host(options: Any, around: Surroundings, problems: Problems) -> None:
    watched = around.nodes.get(options.on)
    if watched is None:
        problems.at("on").mend("unknown_step", f'There is no step "{options.on}".')
        return
    kind = around.type_of(options.on)
    if not kind.has_deadlines:
        problems.at("on").mend("no_waiting", f'A case does not wait for staff at the step "{options.on}".')
    if options.after is None:
        problems.at("after").mend("missing", "Say after which time the step is late.")
    moves_up = options.escalate is not None and (options.escalate.reassign or options.escalate.priority)
    if moves_up and kind.family != "person":
        sentence = f"Nobody of staff does the step {sentence_of(watched)}, so it cannot be given to others."
        problems.at("escalate").mend("not_a_person", sentence)
