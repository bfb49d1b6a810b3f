"""Messages from other systems: taken in once, delivered to who waits for them, kept for who comes late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.models import Department
from engine.messages import outbox
from workflows.awaiting import reach, who_waits
from workflows.models import Awaited, AwaitedKind, IncomingMessage
from workflows.opening_by_message import open_by_message

TOPIC = "workflow.message"
KEPT_FOR = timedelta(days=2)  # a message may be faster than the case that is going to wait for it


def take_in(*, department: Department, message_id: str, name: str, key: str, data: Any) -> bool:
    """Keep a message whose signature was checked, and ask for its delivery; False if it came before."""
    with transaction.atomic():
        message, is_new = IncomingMessage.objects.get_or_create(
            department=department,
            message_id=message_id[:200],
            defaults={"name": name[:80], "key": key[:200], "said": {"data": data}, "came_at": timezone.now()},
        )
        if is_new:
            _ask(message)
            audit.record(
                "message.came",
                chain=audit.department_chain(department.key),
                department_id=department.pk,
                subject=f"message:{message.pk}",
                details={"name": message.name},
            )
    return is_new


def deliver(message_pk: int) -> int:
    """Bring a message to every case that waits for it, each in a transaction of its own; gives how many.

    Where none waits for it, it opens the cases that it can open.
    Safe to repeat: who has had it waits no more. Without anybody it is kept for a while.
    """
    message = IncomingMessage.objects.filter(pk=message_pk, taken_at=None).first()
    if message is None:
        return 0
    at = timezone.now()
    waiting = who_waits(
        AwaitedKind.MESSAGE, message.name, department_id=message.department_id, before=at, key=message.key
    )
    reached = sum(reach(key, at, message.said) for key in list(waiting.values_list("pk", flat=True)))
    reached = reached or open_by_message(message)
    if reached:
        IncomingMessage.objects.filter(pk=message.pk).update(taken_at=timezone.now(), said={})
    return reached


def look_for(name: str, key: str, department_id: int) -> None:
    """A case begins to wait: ask again for a message that came before it did."""
    for message in _kept(name, key, department_id).order_by("came_at")[:1]:
        _ask(message, again=timezone.now().isoformat())


def lost_messages() -> list[int]:
    """Messages that a case waits for, and that nobody brought to it."""
    waiting = Awaited.objects.filter(
        kind=AwaitedKind.MESSAGE,
        department=OuterRef("department"),
        name=OuterRef("name"),
        key=OuterRef("key"),
    )
    since = timezone.now() - KEPT_FOR
    open_ = IncomingMessage.objects.filter(Exists(waiting), taken_at=None, came_at__gte=since)
    return list(open_.order_by("came_at").values_list("pk", flat=True))


def forget_old_messages() -> int:
    """Remove what nobody took within the time, and what was taken long ago; gives how many."""
    removed, _ = IncomingMessage.objects.filter(came_at__lt=timezone.now() - KEPT_FOR * 7).delete()
    late = IncomingMessage.objects.filter(taken_at=None, came_at__lt=timezone.now() - KEPT_FOR)
    late.exclude(said={}).update(said={})
    return removed


def _kept(name: str, key: str, department_id: int) -> QuerySet[IncomingMessage]:
    since = timezone.now() - KEPT_FOR
    return IncomingMessage.objects.filter(
        department_id=department_id, name=name, key=key, taken_at=None, came_at__gte=since
    )


def _ask(message: IncomingMessage, again: str = "") -> None:
    outbox.put(
        TOPIC,
        {"message": message.pk},
        key=f"message:{message.pk}:{again}",
        department_id=message.department_id,
    )
