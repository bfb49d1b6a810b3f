"""What happens by itself after an act: background steps and messages, until nothing more moves."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from viewflow.workflow import STATUS

from engine.messages.handlers import NoHandler, handler_of
from engine.messages.letters import TOPIC as LETTER
from engine.messages.models import OutboxMessage
from workflows.dry_run.stage import Stage
from workflows.job_step import TOPIC as JOB
from workflows.jobs import rehearse_job
from workflows.models import WorkItem

MOST_ROUNDS = 500  # a workflow that runs in circles by itself is stopped here


def settle(stage: Stage) -> None:
    """Play background steps and deliver messages until the case rests."""
    for _ in range(MOST_ROUNDS):
        if not (_jobs(stage) or _messages(stage)):
            return


def _jobs(stage: Stage) -> bool:
    """Play what a worker would do now; what asks another machine waits for the reply of who tries it."""
    due = WorkItem.objects.filter(
        department=stage.department, status=STATUS.SCHEDULED, wake_at__lte=timezone.now()
    )
    moved = False
    for item in list(due.order_by("pk")):
        step = item.flow_task
        if not getattr(step, "asks_outside", False):
            rehearse_job(item.pk)
            moved = True
    return moved


def _messages(stage: Stage) -> bool:
    """Deliver what the engine tells itself; letters stay where they are, to be read."""
    waiting = OutboxMessage.objects.filter(
        department=stage.department, state=OutboxMessage.State.PENDING, due_at__lte=timezone.now()
    ).exclude(topic__in=(JOB, LETTER))
    found = list(waiting.order_by("pk"))
    for message in found:
        _deliver(message)
    return bool(found)


def _deliver(message: OutboxMessage) -> None:
    """Handle one message with what it puts off to the commit, which never comes here."""
    OutboxMessage.objects.filter(pk=message.pk).update(state=OutboxMessage.State.DONE)
    waiting = transaction.get_connection().run_on_commit
    before = len(waiting)
    try:
        handler_of(message.topic)(message.payload, message)
    except NoHandler:
        return
    put_off, waiting[before:] = waiting[before:], []
    for _, act, *_ in put_off:
        act()
