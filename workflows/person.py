"""A step that a clerk does: taken, given back, decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS

from workflows.clock import begin_item
from workflows.duties import other_duty
from workflows.handing_out import hand_out
from workflows.models import WorkKind
from workflows.node_type import NodeOptions, NodeType, Outcome
from workflows.recording import recorded
from workflows.refusals import (
    AlreadyDecided,
    ChangedAnswers,
    NotYours,
    OnHold,
    OwnApplication,
    ReasonMissing,
    SamePerson,
    UnknownOutcome,
)
from workflows.states import being_checked
from workflows.step import Step, StepActivation, moves


@dataclass(frozen=True)
class Correction:
    """What the applicant is asked to correct, and in how many working days (None: as the step says)."""

    fields: Sequence[str] = ()
    note: str = ""
    days: int | None = None


class PersonActivation(StepActivation):
    """One visit of a case to a clerk."""

    def prepare(self) -> None:
        """The item says who may do it, and by when; without a time of its own that of the case."""
        options, case = self.flow_task.options, self.process
        self.task.role = options.role
        if options.due is not None:
            begin_item(self.task, options.due)
        else:
            self.task.due_at = case.due_at

    def arrived(self) -> None:
        """Where the department has written it so, one person gets the work at once."""
        hand_out(self)

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until a person acts."""

    @moves(STATUS.NEW, STATUS.ASSIGNED)
    def claim(self, user: Any) -> None:
        """Take the work."""
        self._give_to(user)

    @moves([STATUS.NEW, STATUS.ASSIGNED], STATUS.ASSIGNED)
    def hand_over(self, user: Any) -> None:
        """Give the work to a person."""
        self._give_to(user)

    @moves(STATUS.ASSIGNED, STATUS.NEW)
    def release(self) -> None:
        """Give the work back to the queue."""
        self.task.owner = None
        self.task.assigned = None
        self.task.save(update_fields=["status", "owner", "assigned"])

    @moves(STATUS.ASSIGNED, STATUS.DONE)
    def complete(self) -> None:
        """The work is done; only a decision leads here."""
        self.end()

    @moves([STATUS.NEW, STATUS.ASSIGNED], STATUS.DONE)
    def lapse(self) -> None:
        """The work is done without anybody: the time to do it is over."""
        self.end()

    def way_out(self) -> str:
        """The decision names the edge."""
        return str(self.task.outcome)

    def refuse_same_person(self, user: Any) -> None:
        """Who applied or prepared may not do it, nor who did a step that this one must be apart from."""
        flow, case, options = self.flow_class, self.process, self.flow_task.options
        duty = other_duty(user.pk, case, options, flow.audience, flow.options_of)
        if duty:
            raise OwnApplication if duty == "applied" else ChangedAnswers
        done_by = self.process.data.get("done_by", {})
        for key in self.flow_task.options.not_by:
            if user.pk in done_by.get(key, ()):
                step = self.flow_class.step(key)
                raise SamePerson(step.options.title.in_(user.language) or key)

    def decide(
        self,
        user: Any,
        outcome: str,
        *,
        reason: str = "",
        answers: Mapping[str, Any] | None = None,
        return_fields: Sequence[str] = (),
        note: str = "",
        days: int | None = None,
        instead_of: int | None = None,
    ) -> None:
        """End the step with one of its outcomes, and bring the case to what follows.

        A deputy decides instead of the person who has the work and is away (`instead_of`).
        """
        chosen = self._chosen(user, outcome, reason, instead_of)
        if self.status == STATUS.NEW:
            self.claim(user)
        elif instead_of is not None:
            self._stand_in(user)
        self._record(user, chosen, reason, answers, Correction(return_fields, note, days))
        self.complete()
        self.go_on(user)

    def go_on(self, user: Any) -> None:
        """Bring the case to what follows."""
        self.activate_next()

    def decide_by_silence(self, outcome: str) -> None:
        """End the step because nobody did in time; the outcome counts, and nobody has decided it."""
        task = self.task
        self.process.keep_work(self.flow_task.node_key, {"outcome": outcome})
        task.outcome = outcome
        task.data = {**task.data, "by_silence": True, "left_by": task.owner_id}
        task.owner = None
        self.process.save(update_fields=["data"])
        being_checked(self.process)
        self.lapse()
        recorded("work.decided_by_silence", task, None, outcome=outcome)
        self.activate_next()

    def in_the_record(self) -> dict[str, Any]:
        """What the record says about such a decision beside its outcome."""
        return {}

    def days_to_answer(self, days: int | None) -> int | None:
        """How many working days the applicant has, if this decision asked for a correction."""
        return days

    def _stand_in(self, user: Any) -> None:
        """Both count as having done the step."""
        self._note_performer(self.task.owner_id)
        self.task.data = {**self.task.data, "instead_of": self.task.owner_id}
        self.task.owner = user

    def _chosen(self, user: Any, outcome: str, reason: str, instead_of: int | None) -> Outcome:
        task = self.task
        if task.finished is not None:
            raise AlreadyDecided(task.owner.get_full_name() if task.owner_id else "", task.finished)
        if self.process.held_at is not None:
            raise OnHold
        if task.owner_id not in (None, user.pk, instead_of):
            raise NotYours
        self.refuse_same_person(user)
        chosen: Outcome | None = self.flow_task.choices.get(outcome)
        if chosen is None:
            raise UnknownOutcome
        if chosen.reason == "required" and not reason.strip():
            raise ReasonMissing
        return chosen

    def _record(
        self,
        user: Any,
        chosen: Outcome,
        reason: str,
        answers: Mapping[str, Any] | None,
        correction: Correction,
    ) -> None:
        key, data = self.flow_task.node_key, self.process.data
        stored = self.process.keep_work(key, {**(answers or {}), "outcome": chosen.key})
        kept = {name: stored[name] for name in answers or ()}
        self._note_performer(user.pk)
        if chosen.style == "return":
            fields = list(correction.fields)
            data["correction"] = {"fields": fields, "note": correction.note, "asked_by": key}
        self.task.outcome = chosen.key
        self.task.data = {**self.task.data, "reason": reason, "note": correction.note, "answers": kept}
        self.process.save(update_fields=["data"])
        being_checked(self.process)

    def _note_performer(self, person: int) -> None:
        """Later steps may have to be done by somebody else."""
        performers = self.process.data.setdefault("done_by", {}).setdefault(self.flow_task.node_key, [])
        if person not in performers:
            performers.append(person)

    def _give_to(self, user: Any) -> None:
        self.refuse_same_person(user)
        self.task.owner = user
        self.task.assigned = now()  # Viewflow does not write this column
        self.task.save(update_fields=["status", "owner", "assigned"])
        being_checked(self.process)


class PersonStep(Step):
    """A step that a clerk does."""

    activation_class: Any = PersonActivation
    task_type = "HUMAN"

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.PERSON)
        self.choices = {outcome.key: outcome for outcome in node_type.outcomes(options)}
