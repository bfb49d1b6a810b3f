"""What the workers run."""

from celery import shared_task

from engine.messages.delivery import deliver_one


@shared_task(  # type: ignore[untyped-decorator]  # celery has no types
    name="engine.messages.tasks.deliver", queue="messages"
)
def deliver(outbox_id: int) -> None:
    """Deliver one message of the outbox."""
    deliver_one(outbox_id)
