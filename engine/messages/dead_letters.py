"""Messages that were given up: finding them, and trying again."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from engine.audit import log
from engine.departments import access
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.messages.models import OutboxMessage

State = OutboxMessage.State


def dead(user: User | None) -> QuerySet[OutboxMessage]:
    """What was given up in the departments that this person administers; None is the installation itself."""
    messages = OutboxMessage.objects.filter(state=State.DEAD).select_related("department").order_by("id")
    if user is None:
        return messages
    return messages.filter(department_id__in=access.departments_with(user, Permission.ADMINISTER_DEPARTMENT))


@transaction.atomic
def try_again(outbox_ids: Iterable[int], *, by: User | None) -> int:
    """Put given-up messages back in line, each with an audit entry; gives how many."""
    given_up = OutboxMessage.objects.filter(pk__in=outbox_ids, state=State.DEAD)
    chosen = list(given_up.order_by("department_id", "pk").select_for_update(of=("self",)))
    if by is not None:
        for message in chosen:
            access.require(by, Permission.ADMINISTER_DEPARTMENT, message.department_id)
    OutboxMessage.objects.filter(pk__in=[message.pk for message in chosen]).update(
        state=State.PENDING, attempts=0, due_at=timezone.now(), leased_until=None
    )
    log.append(_entry(message, by) for message in chosen)
    return len(chosen)


def _entry(message: OutboxMessage, by: User | None) -> dict[str, object]:
    department = message.department
    return log.row(
        "message.tried_again",
        chain=log.department_chain(department.key) if department else log.SYSTEM,
        actor=by,
        actor_note="" if by else "installation",
        department_id=message.department_id,
        subject=f"message:{message.pk}",
        details={"topic": message.topic, "error": message.last_error},
    )
