"""The scheduler, with a sign of life at each look at its clock."""

from celery.beat import PersistentScheduler

from engine.core.heartbeat import beat


class Scheduler(PersistentScheduler):  # type: ignore[misc]  # celery has no types
    """Celery's own, and a heartbeat."""

    def tick(self, *args: object, **kwargs: object) -> float:
        """Send what is due."""
        beat()
        return float(super().tick(*args, **kwargs))
