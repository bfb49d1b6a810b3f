"""The scheduler: a sign of life at each look at its clock; of several the one with the lease sends."""

from typing import Any

from celery.beat import PersistentScheduler

from engine.core.heartbeat import beat
from portal.config.lease import SILENT_S, Lease

NUMBER = 0x0CA5E_BEA7  # of the lease, in the whole database
LOOK_AGAIN_S = 2.0  # who stands by
ASK_AGAIN_S = SILENT_S / 3  # who sends


class Scheduler(PersistentScheduler):  # type: ignore[misc]  # celery has no types
    """Celery's own, which stands by until the lease is free."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Sends nothing before its first look."""
        self.lease = Lease(NUMBER)
        super().__init__(*args, **kwargs)

    def tick(self, *args: object, **kwargs: object) -> float:
        """Send what is due, where this process holds the lease; what came due meanwhile is sent once."""
        beat()
        if not self.lease.is_held():
            return LOOK_AGAIN_S
        return min(float(super().tick(*args, **kwargs)), ASK_AGAIN_S)

    def close(self) -> None:
        """Another one goes on at once."""
        super().close()
        self.lease.let_go()
