"""What the workers run; when is in `workflows/schedule.py`."""

from celery import shared_task

from engine.documents.copy_queue import lease_due
from engine.documents.replication.copying import settle

BATCH = 200


@shared_task(  # type: ignore[untyped-decorator]  # celery has no types
    name="engine.documents.tasks.settle_copy", queue="copies"
)
def settle_copy(copy_id: int) -> None:
    """Do what one row asks of the replica."""
    settle(copy_id)


@shared_task(name="engine.documents.tasks.sweep_copies")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_copies() -> None:
    """Hand what is due to the workers; what gets lost on the way is due again when its lease ends."""
    for copy_id in lease_due(BATCH):
        settle_copy.delay(copy_id)
