"""What the outbox asks of workflows: run the background steps of cases."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from engine.messages.handlers import handler
from engine.messages.models import OutboxMessage
from workflows import amending, calendar_changes, called_cases, escalating, incoming, opinions
from workflows.job_step import TOPIC
from workflows.jobs import run_job
from workflows.moving import batch


@handler(TOPIC)
def run(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Run the step when this message is marked done: its work must not hold a lock or a transaction.

    A worker that dies in between loses nothing: the sweep finds the step by its row.
    """
    transaction.on_commit(partial(run_job, int(payload["work_item"])))


@handler(incoming.TOPIC)
def deliver(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Deliver a message of another system when this one is marked done; a sweep finds what was lost."""
    transaction.on_commit(partial(incoming.deliver, int(payload["message"])))


@handler(calendar_changes.TOPIC)
def work_out_again(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Work on a changed calendar when this message is marked done; a sweep finds what was lost."""
    transaction.on_commit(partial(calendar_changes.go_on, int(payload["change"])))


@handler(batch.TOPIC)
def move_cases(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Work on moving cases to another version when this is marked done; a sweep finds what was lost."""
    transaction.on_commit(partial(batch.go_on, int(payload["move"])))


@handler(called_cases.TOPIC)
def settle(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """A case has ended that another waits for: that one goes on in the transaction that marks this done."""
    called_cases.settle(int(payload["work_item"]))


@handler(escalating.TOPIC)
def escalate(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Bring an escalation to the case above, in the transaction that marks this done."""
    escalating.raise_above(int(payload["thrown"]), int(payload["above"]), str(payload["code"]))


@handler(amending.TOPIC)
def issue_again(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Issue the certificate of an amendment when this is marked done; a sweep finds what was lost."""
    transaction.on_commit(partial(amending.issue_again, int(payload["amendment"])))


@handler(opinions.TOPIC)
def remind(payload: Mapping[str, Any], message: OutboxMessage) -> None:
    """Remind somebody outside, in the transaction that marks this done: so the letter is written once."""
    opinions.remind_beside(int(payload["opinion"]))
