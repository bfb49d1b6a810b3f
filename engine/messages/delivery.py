"""Delivering one message: lease, handle, and mark it done, due again or dead."""

import logging
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Q
from django.utils import timezone

from engine.core.tracing import span
from engine.core.waiting import back_off
from engine.messages.handlers import handler_of
from engine.messages.models import OutboxMessage

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8

logger = logging.getLogger(__name__)
State = OutboxMessage.State


def lease_due(limit: int, lease: timedelta = LEASE) -> list[int]:
    """Take due messages for handing out; two relays never take the same one."""
    now = timezone.now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    with transaction.atomic():
        due = OutboxMessage.objects.filter(free, state=State.PENDING, due_at__lte=now)
        chosen = list(
            due.order_by("due_at", "id")
            .select_for_update(skip_locked=True)
            .values_list("pk", flat=True)[:limit]
        )
        if chosen:
            OutboxMessage.objects.filter(pk__in=chosen).update(leased_until=now + lease)
    return chosen


def give_back(outbox_ids: list[int]) -> None:
    """Free messages that could not be handed out."""
    OutboxMessage.objects.filter(pk__in=outbox_ids, state=State.PENDING).update(leased_until=None)


def deliver_one(outbox_id: int) -> bool:
    """Handle one message unless it is done or in other hands; tells whether it is done now."""
    begun = _begin(outbox_id)
    if begun is None:
        return False
    try:
        with span(f"outbox {begun.topic}", "consumer", parent=begun.trace), transaction.atomic():
            return _handle(outbox_id)
    except Exception as error:  # whatever a handler raises, the message must be tried again
        _failed(outbox_id, error)
        return False


def _begin(outbox_id: int) -> OutboxMessage | None:
    """Count the attempt before it is made, so that one which kills its worker counts too."""
    with transaction.atomic():
        pending = OutboxMessage.objects.filter(pk=outbox_id, state=State.PENDING)
        message = pending.select_for_update(skip_locked=True).first()
        if message is None:
            return None
        if message.attempts >= MOST_ATTEMPTS:
            pending.update(state=State.DEAD, leased_until=None, last_error="The last attempt did not return.")
            logger.error("message given up", extra={"outbox_id": outbox_id, "topic": message.topic})
            return None
        pending.update(attempts=F("attempts") + 1, leased_until=timezone.now() + LEASE)
    return message


def _handle(outbox_id: int) -> bool:
    # The row stays locked while it is handled: a second worker skips it, and a crash frees it undone.
    pending = OutboxMessage.objects.filter(pk=outbox_id, state=State.PENDING)
    message = pending.select_for_update(skip_locked=True).first()
    if message is None:
        return False
    handler_of(message.topic)(message.payload, message)
    OutboxMessage.objects.filter(pk=outbox_id).update(
        state=State.DONE, done_at=timezone.now(), leased_until=None, last_error=""
    )
    return True


def _failed(outbox_id: int, error: Exception) -> None:
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().get(pk=outbox_id)
        if message.state != State.PENDING:
            return
        message.last_error = safe_text(error)
        message.leased_until = None
        message.due_at = timezone.now() + back_off(message.attempts)
        if message.attempts >= MOST_ATTEMPTS:
            message.state = State.DEAD
        message.save(update_fields=["last_error", "leased_until", "due_at", "state"])
    said = {"outbox_id": outbox_id, "topic": message.topic, "error": message.last_error}
    logger.warning("message failed", extra=said)


def safe_text(error: Exception) -> str:
    """What may be kept of an error: its class, and no text that a person's data could be in."""
    if isinstance(error, DatabaseError):
        return f"{type(error).__name__} (database)"
    codes = (getattr(error, name, None) for name in ("smtp_code", "status_code", "errno"))
    code = next((code for code in codes if isinstance(code, int)), None)
    return type(error).__name__ if code is None else f"{type(error).__name__} ({code})"


def deliver_all(limit: int = 100_000) -> int:
    """Deliver everything that is due, in this process and one after another; gives how many were done."""
    done = 0
    for _ in range(limit):
        leased = lease_due(1)
        if not leased:
            break
        done += deliver_one(leased[0])
    return done
