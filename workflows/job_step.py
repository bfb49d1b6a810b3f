"""A step that a worker does; its state lies in the row, so a killed worker loses nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.worktime import Span
from engine.messages import outbox
from workflows.clock import arm, disarm
from workflows.handling import caught_by
from workflows.models import DeadlineKind, WorkKind
from workflows.node_type import NodeOptions, NodeType
from workflows.step import Step, StepActivation, moves
from workflows.unit import unit

TOPIC = "workflow.job"
LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
JITTER = 0.2  # so that what failed together is not tried again together
_chance = SystemRandom()
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")


@dataclass(frozen=True)
class Job:
    """What a worker gets: the case as it was then, and a key that is the same at every attempt."""

    case: Any
    item_id: int
    attempt: int
    idempotency_key: str
    token: Any = ""  # says which item of a list the work is about


class NotCalledBack(Exception):
    """The other side accepted the work and never said how it came out."""

    code = "no_callback"


@dataclass(frozen=True)
class Pending:
    """The other side has accepted the work and will call back; what is known already is kept."""

    known: dict[str, Any]
    within: Span


@dataclass(frozen=True)
class Reply:
    """What the other side says while a workflow is tried out; with a failure it says nothing."""

    status: int = 200
    body: Any = None
    failure: str = ""


class NotRehearsed(Exception):
    """This kind of step cannot be played without having its effect."""

    code, again = "not_rehearsed", False


class JobActivation(StepActivation):
    """One visit of a case to the background."""

    repairable = True

    @moves(STATUS.NEW, STATUS.SCHEDULED)
    def activate(self) -> None:
        """Ask for a worker; the request leaves with the same commit."""
        self._ask(now())

    @moves([STATUS.SCHEDULED, STATUS.STARTED], STATUS.STARTED)
    def start(self) -> None:
        """A worker begins; it has the work until its lease ends."""
        self.task.started = now()
        self.task.attempts += 1
        self.task.lease_until = now() + LEASE
        self.task.wake_at = None
        self.task.save()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """The work is done."""
        self.end()

    def end(self) -> None:
        """Close the item, and wait for no call back any more."""
        super().end()
        if self.task.data.get("waits"):
            disarm(self.task)

    def finish(self, result: dict[str, Any]) -> None:
        """Keep the result, and bring the case to what follows."""
        self.flow_task.keep(self.process, result)
        self.task.data = {**self.task.data, **result}
        self.complete()
        self.activate_next()

    def hold(self, pending: Pending) -> None:
        """No worker has it any more: the other side calls back, or its time is over."""
        self.task.lease_until = None
        self.task.data = {**self.task.data, **pending.known, "waits": True}
        self.task.save()
        arm(self.task, self.flow_task.node_key, DeadlineKind.WAIT, pending.within)

    @moves(STATUS.STARTED, STATUS.SCHEDULED)
    def reschedule(self, error: BaseException) -> None:
        """Try again later, each time later than before, and not before the other side wants to be asked."""
        self._note(error)
        self._ask(now() + pause_after(self.task.attempts, getattr(error, "after_s", None)))

    @moves(STATUS.STARTED, STATUS.ERROR)
    def fail(self, error: BaseException) -> None:
        """Give up; somebody has to look."""
        self._note(error)
        self.task.lease_until = None
        self.task.save()

    def give_up(self, error: BaseException) -> None:
        """After the last attempt: the case goes on where the workflow says so, else somebody has to look."""
        code = code_of(error)
        catcher = caught_by(self, "error", code)
        if catcher is None:
            self.fail(error)
        else:
            self._note(error)
            catcher.failed(self, code)

    @moves(STATUS.ERROR, STATUS.SCHEDULED)
    def retry(self) -> None:
        """Begin anew, after somebody has looked."""
        self.task.attempts = 0
        self._ask(now())

    def _note(self, error: BaseException) -> None:
        """Only the kind of error: its text and its variables may hold personal data."""
        self.task.data = {**self.task.data, "error": code_of(error), "failed_at": now().isoformat()}

    def _ask(self, at: datetime) -> None:
        asked = int(self.task.data.get("asked", 0)) + 1
        self.task.data = {**self.task.data, "asked": asked}
        self.task.wake_at = at
        self.task.lease_until = None
        self.task.save()
        row = outbox.row(
            TOPIC,
            {"work_item": self.task.pk},
            key=f"job:{self.task.pk}:{asked}",
            department_id=self.task.department_id,
            due_at=at,
        )
        with unit() as open_unit:
            open_unit.insert(outbox.TABLE, **row)


def pause_after(attempts: int, asked_s: float | None = None) -> timedelta:
    """How long to wait after so many attempts: exponential, with jitter, an hour at most."""
    pause: timedelta = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempts - 1))
    pause *= 1 + _chance.uniform(-JITTER, JITTER)
    return max(pause, timedelta(seconds=asked_s or 0))


def code_of(error: BaseException) -> str:
    """What a failure is called in workflows: its own code, or the name of its kind."""
    code = str(getattr(error, "code", ""))
    return code if _CODE.fullmatch(code) else type(error).__name__


class JobStep(Step):
    """A step that a worker does; node types say what."""

    activation_class = JobActivation
    task_type = "JOB"
    attempts = MOST_ATTEMPTS
    asks_outside = False  # while a workflow is tried out, the person who tries it gives the answer

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)

    def work(self, job: Job) -> dict[str, Any] | Pending:
        """Do it, without a lock and safely more than once; gives what to keep.

        An error that says `again = False` is not tried again; `after_s` is the shortest pause before it is.
        """
        raise NotImplementedError

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any] | Pending:
        """The same while a workflow is tried out: nothing leaves, and what would have is noted."""
        raise NotRehearsed

    def refuses(self, item: Any, before: Any) -> str:
        """Not while a worker does it, nor where a call back would be read otherwise."""
        if item.lease_until is not None and item.lease_until > now():
            return "busy"
        waits = item.data.get("waits") and self.reads_back() != before.reads_back()
        return "calls_back" if waits else ""

    def reads_back(self) -> Any:
        """What says how a call back is read."""
        return None

    def fire(self, host: Any, deadline: Any) -> None:
        """The other side has not called back in time."""
        if host.status == STATUS.STARTED:
            host.give_up(NotCalledBack())

    def keep(self, case: Any, result: dict[str, Any]) -> None:
        """Write the result into the case, and take out of it what the work item must not hold."""
