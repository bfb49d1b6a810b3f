"""One round of votes: an item that stands for the approval as a whole, and one work item for each vote.

The whole carries the deadlines of the step and its token; a vote lies in the queue and is taken, given and
decided like any other work. All of it happens with the case locked, so the votes of one case come one after
the other. The one that settles the result closes the round: open votes are cancelled, the case goes on once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.departments.models import User
from workflows.advancing import cancel_items
from workflows.facts import facts_of
from workflows.models import WorkItem, WorkKind
from workflows.node_type import Outcome
from workflows.person import Correction, PersonActivation
from workflows.recording import recorded
from workflows.refusals import AlreadyVoted
from workflows.states import being_checked
from workflows.step import OPEN, StepActivation, moves
from workflows.voting.counting import APPROVE, RETURN, Ballot, Vote, counted
from workflows.voting.definition import asked_levels
from workflows.voting.seating import Place, places_of

ROUND = "round"  # in the data of a vote: the key of the item that stands for the whole


class RoundActivation(StepActivation):
    """The approval as a whole."""

    def prepare(self) -> None:
        """Nobody does this item; it knows which levels are asked."""
        self.task.kind = WorkKind.SYSTEM.value
        step = self.flow_task
        asked = asked_levels(step.levels, step.amount_of(facts_of(self.process, step.schema, self.task)))
        self.task.data = {**self.task.data, "levels": asked, "at": 0}

    def arrived(self) -> None:
        """Ask for the votes of the first level."""
        self._ask()

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until the votes are in."""

    @moves(STATUS.NEW, STATUS.STARTED)
    def begin(self) -> None:
        """The round is being closed."""
        self.task.started = now()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """The result stands."""
        self.end()

    @moves(OPEN, STATUS.CANCELED)
    def cancel(self) -> None:
        """The approval is not needed any more, and no vote either."""
        self._drop_open()
        self.end()

    def way_out(self) -> str:
        """The result names the edge."""
        return str(self.task.outcome)

    def decide_by_silence(self, outcome: str) -> None:
        """Close the round because the votes did not come in time."""
        self.task.data = {**self.task.data, "by_silence": True}
        self.process.keep_work(self.flow_task.node_key, {"outcome": outcome})
        self.process.save(update_fields=["data"])
        being_checked(self.process)
        recorded("work.decided_by_silence", self.task, None, outcome=outcome)
        self._close(outcome)

    def count(self, by: User) -> Vote | None:
        """Look what the votes decide now; gives the result if this was the vote that settled it."""
        result = counted(self.level.rule, [ballot_of(seat) for seat in self._seats_of_level()])
        if result is None:
            return None
        if result == APPROVE and self.task.data["at"] + 1 < len(self.task.data["levels"]):
            self._next_level(by)
            return None
        self.process.keep_work(self.flow_task.node_key, {"outcome": result})
        if result == RETURN:
            self.process.data["correction"] = self._correction()
        self.process.save(update_fields=["data"])
        recorded("approval.decided", self.task, by, outcome=result)
        self._close(result)
        return result

    def days_to_answer(self) -> int | None:
        """The longest time that those who returned the case gave the applicant."""
        given = [seat.data["days"] for seat in self._returning() if seat.data.get("days")]
        return max(given, default=None)

    @property
    def level(self) -> Any:
        """The level that is asked now."""
        return self.flow_task.levels[self.task.data["levels"][self.task.data["at"]]]

    @cached_property
    def seats(self) -> list[Any]:
        """The votes of this round, given and missing, in their order; all of one case, which is locked."""
        items = WorkItem.objects.filter(process=self.process, data__round=self.task.pk).order_by("pk")
        return [self.own(seat) for seat in items]

    def own(self, seat: Any) -> Any:
        """One object for the case, whoever holds it."""
        seat.process = self.process
        return seat

    def _close(self, result: str) -> None:
        self._drop_open()
        self.task.outcome = result
        self.begin()
        self.complete()
        self.activate_next()

    def _next_level(self, by: User) -> None:
        self._drop_open()
        self.task.data = {**self.task.data, "at": self.task.data["at"] + 1}
        self.task.save(update_fields=["data"])
        recorded("approval.level", self.task, by, level=self.task.data["at"] + 1)
        self._ask()

    def _ask(self) -> None:
        step, at = self.flow_task, self.task.data["at"]
        seated = [] if at == 0 else self.seats
        barred = step.barred(self.process) | {seat.owner_id for seat in seated if seat.owner_id}
        for number, place in enumerate(places_of(self.process, self.level, step.options.role, barred)):
            SeatActivation.create_for(self, place, {"level": at, "seat": number})

    def _drop_open(self) -> None:
        cancel_items(self.process, [seat for seat in self.seats if seat.finished is None])

    def _seats_of_level(self) -> list[Any]:
        return [seat for seat in self.seats if seat.data["level"] == self.task.data["at"]]

    def _returning(self) -> list[Any]:
        return [seat for seat in self._seats_of_level() if seat.outcome == RETURN]

    def _correction(self) -> dict[str, Any]:
        """What all who returned the case asked for, in the order of their seats."""
        asked = self._returning()
        fields = dict.fromkeys(key for seat in asked for key in seat.data.get("fields", ()))
        notes = dict.fromkeys(str(seat.data.get("note", "")) for seat in asked)
        note = "\n\n".join(filter(None, notes))
        return {"fields": list(fields), "note": note, "asked_by": self.flow_task.node_key}


class SeatActivation(PersonActivation):
    """One vote."""

    settled: Vote | None = None  # the result, if this is the vote that settled it

    @classmethod
    def create_for(cls, whole: RoundActivation, place: Place, data: dict[str, Any]) -> None:
        """Ask for one vote: of a certain person, or of anybody of the role."""
        item = whole.flow_task.new_item(whole.process, whole.task.token, {**data, ROUND: whole.task.pk})
        item.data |= {"weight": place.weight, "veto": place.veto}
        item.data |= {"absent": True} if place.absent else {}
        seat = cls(item)
        seat.prepare()
        item.role = place.role
        if place.person is not None:
            item.owner, item.assigned, item.status = place.person, now(), STATUS.ASSIGNED
            item.data["named"] = True
        item.save()
        item.previous.add(whole.task)

    @cached_property
    def whole(self) -> RoundActivation:
        """The round that this vote belongs to."""
        item = WorkItem.objects.get(pk=self.task.data[ROUND])
        item.process = self.process
        whole = RoundActivation(item)
        whole.seats = [whole.own(self.task if seat.pk == self.task.pk else seat) for seat in whole.seats]
        return whole

    def refuse_same_person(self, user: Any) -> None:
        """Besides what holds for every step: nobody has two votes in one round."""
        super().refuse_same_person(user)
        if any(seat.owner_id == user.pk and seat.pk != self.task.pk for seat in self.whole.seats):
            raise AlreadyVoted

    def go_on(self, user: Any) -> None:
        """The vote is in; the case goes on if it settles the result."""
        self.settled = self.whole.count(user)

    def in_the_record(self) -> dict[str, Any]:
        """It is one vote of several."""
        return {"vote": self.task.data["seat"] + 1}

    def days_to_answer(self, days: int | None) -> int | None:
        """How long the applicant has, after all votes."""
        return self.whole.days_to_answer() if self.settled == RETURN else None

    def _record(
        self,
        user: Any,
        chosen: Outcome,
        reason: str,
        answers: Mapping[str, Any] | None,
        correction: Correction,
    ) -> None:
        self._note_performer(user.pk)
        self.task.outcome = chosen.key
        asked = {"note": correction.note, "fields": list(correction.fields), "days": correction.days}
        self.task.data = {**self.task.data, "reason": reason, **asked}
        self.process.save(update_fields=["data"])
        being_checked(self.process)

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """A vote leads nowhere by itself."""
        return iter(())


def ballot_of(seat: Any) -> Ballot:
    """A vote as it is counted."""
    data = seat.data
    vote: Vote | None = seat.outcome or None if seat.status == STATUS.DONE else None
    return Ballot(int(data.get("weight", 1)), bool(data.get("veto")), vote)
