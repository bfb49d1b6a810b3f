"""A state in which a case stands until somebody acts: staff, the applicant or another system, each by role.

A state that ends the case may still offer actions, such as opening it again: its work item stays open as
what can be done afterwards, belongs to no queue and has no due time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS
from viewflow.workflow.token import Token

from workflows.clock import (
    arm,
    begin_item,
    disarm,
    go_on,
    hand_on,
    note_item,
    pause,
    resume,
    stand_still,
)
from workflows.ending import change_outcome, end_case, reopen_case
from workflows.models import CaseState, DeadlineKind, WorkKind
from workflows.node_type import Action, Blueprint, NodeOptions, NodeType
from workflows.person import Correction, PersonActivation, PersonStep
from workflows.recording import recorded
from workflows.states import being_checked, stands_in
from workflows.step import StepActivation, moves

TIMEOUT = "timeout"
KINDS = {"staff": WorkKind.PERSON, "applicant": WorkKind.APPLICANT, "system": WorkKind.SYSTEM}
SHOWN = {"staff": CaseState.BEING_CHECKED, "applicant": CaseState.WAITING_FOR_YOU}


class StateActivation(PersonActivation):
    """One stay of a case in a state."""

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> StepActivation:
        """Make the work item; an action that leads back to its own state keeps the clock and the owner."""
        activation = cls(flow_task.new_item(prev_activation.process, token, data or {}))
        stays = prev_activation.flow_task is flow_task and flow_task.leads_back(prev_activation.task)
        before = prev_activation.task if stays else None
        activation.prepare()
        if before is not None:
            activation.take_over(before)
        stand_still(activation.task)
        activation.task.save()
        activation.task.previous.add(prev_activation.task)
        note_item(activation.task)
        if before is not None:
            hand_on(before, activation.task)
        else:
            flow_task.arm_deadlines(activation.task)
        activation.arrived()
        return activation

    def prepare(self) -> None:
        """The item says which roles of staff may act, and by when."""
        step, case = self.flow_task, self.process
        self.task.role = step.roles[0] if step.roles else ""
        self.task.other_roles = step.roles[1:]
        if step.is_final:
            return
        if step.options.due is not None:
            begin_item(self.task, step.options.due)
        elif step.kind == WorkKind.PERSON:
            self.task.due_at = case.due_at

    def take_over(self, before: Any) -> None:
        """The stay goes on: whoever has the work keeps it, and no time is won."""
        go_on(self.task, before)
        if before.data.get("held_by"):
            self.task.owner_id, self.task.assigned = before.data["held_by"], now()
            self.task.status = STATUS.ASSIGNED

    def arrived(self) -> None:
        """Say where the case stands now, and whose turn it is."""
        step, case = self.flow_task, self.process
        if step.is_final:
            outcome = CaseState(step.options.final)
            if case.finished is None:
                end_case(case, outcome, but=self.task)
            else:
                change_outcome(case, outcome)
        stands_in(case, step.node_key, step.shown_as)
        if step.options.stops_clock:
            pause(case, self.task)

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until somebody acts; nobody can in the last state of all."""
        if not self.flow_task.choices:
            self.begin(None)

    @moves([STATUS.NEW, STATUS.ASSIGNED], STATUS.STARTED)
    def begin(self, by: Any) -> None:
        """Somebody acts; a system has no account."""
        held = {"held_by": self.task.owner_id} if self.task.owner_id else {}
        self.task.data = {**self.task.data, **held}
        self.task.owner, self.task.started = by, now()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """The stay is over."""
        self.end()

    def end(self) -> None:
        """Close the item; the clocks run again, unless the case stays."""
        super().end()
        if self.flow_task.options.stops_clock and not self.flow_task.leads_back(self.task):
            resume(self.process, self.task)

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """What the action leads to; nothing after the last state of all."""
        if self.task.outcome:
            yield self.flow_task.routes[self.way_out()]._create(self, self.task.token)

    def act(
        self,
        by: Any,
        action: Action,
        reason: str,
        answers: Mapping[str, Any],
        correction: Correction,
        *,
        instead_of: int | None = None,
        as_applicant: bool = False,
    ) -> None:
        """Take an action that this person, or without a person this system, may take; bring the case on."""
        key, case = self.flow_task.node_key, self.process
        stored = case.keep_work(key, {**answers, "outcome": action.key})
        if by is not None:
            self._note_performer(by.pk)
        if instead_of is not None:
            self._note_performer(instead_of)
            self.task.data = {**self.task.data, "instead_of": instead_of}
        if correction.fields:
            asked = {"fields": list(correction.fields), "note": correction.note, "asked_by": key}
            case.data["correction"] = asked
        kept = {name: stored[name] for name in answers}
        self.task.data = {**self.task.data, "reason": reason, "note": correction.note, "answers": kept}
        case.save(update_fields=["data"])
        if case.finished is None and not as_applicant:
            being_checked(case)
        self._leave(by, action.key)

    def fire(self, deadline: Any) -> None:
        """The time is over: go where the workflow says, or note it and stay."""
        if self.flow_task.options.on_timeout is None:
            recorded("work.late", self.task, None)
            return
        recorded("work.timed_out", self.task, None)
        self._leave(None, TIMEOUT)

    def _leave(self, by: Any, way: str) -> None:
        if self.process.finished is not None and not self.flow_task.routes[way].is_final:
            reopen_case(self.process)
            recorded("case.taken_up", self.task, by)
        self.begin(by)
        self.task.outcome = way
        self.complete()
        self.activate_next()


class StateStep(PersonStep):
    """A state."""

    activation_class = StateActivation
    task_type = "STATE"

    def __init__(
        self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint, turn: str
    ) -> None:
        super().__init__(options, node_type)
        self.who = blueprint.who
        named = dict.fromkeys(role for action in node_type.actions(options) for role in action.roles)
        self.roles = [role for role in named if self.who(role) == "staff"]
        self.is_final = self.options.final is not None
        self.kind = WorkKind.AFTER if self.is_final else KINDS[turn]
        self.shown_as = self.options.final or self.options.shown_as or SHOWN.get(turn)

    def begin(self, case: Any, by: Any = None, action: str = "") -> None:
        """Put a new case straight into this state."""
        item = self.new_item(case, Token("start"), {})
        activation = self.activation_class(item)
        activation.prepare()
        item.save()
        note_item(item)
        self.arm_deadlines(item)
        activation.arrived()

    def leads_back(self, item: Any) -> bool:
        """Whether the action that ended a stay leads to the state itself; one that was undone does not."""
        ways = {edge.name for edge in self.edges if edge.to == self.node_key}
        return item.outcome in ways and item.status != STATUS.CANCELED

    def arm_deadlines(self, item: Any) -> None:
        """Set the state's own deadline, and those that watch it."""
        super().arm_deadlines(item)
        if self.options.due is not None:
            arm(item, self.node_key, DeadlineKind.DEADLINE, self.options.due)

    def disarm_deadlines(self, item: Any) -> None:
        """Drop them; a case that stays keeps them."""
        if not self.leads_back(item) and (self.options.due is not None or self.watchers):
            disarm(item)

    def own_deadline(self) -> DeadlineKind | None:
        """The time of the state."""
        return DeadlineKind.DEADLINE if self.options.due is not None else None

    def take_over(self, activation: Any, before: Any) -> None:
        """The case stands in this state now, and its clocks run or stand still as the state says."""
        case, stops = activation.process, self.options.stops_clock
        stands_in(case, self.node_key, self.shown_as)
        if stops and not before.options.stops_clock:
            pause(case, activation.task)
        elif before.options.stops_clock and not stops:
            resume(case, activation.task)

    def fire(self, host: Any, deadline: Any) -> None:
        """The time of the state is over."""
        host.fire(deadline)
