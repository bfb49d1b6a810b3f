"""The relay: hands due messages to the workers, and waits patiently when the broker is away."""

import logging
from datetime import timedelta

from django.db import OperationalError as DatabaseAway
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import RedisError

from engine.messages.delivery import LEASE, give_back, lease_due
from engine.messages.tasks import deliver
from engine.site.mode import is_read_only

BATCH = 50
POLL_S = 0.5
LONGEST_PAUSE_S = 30.0

logger = logging.getLogger(__name__)


class Away(Exception):
    """Something that the relay needs cannot be reached; what it had taken is free again or will be."""


def hand_out(limit: int = BATCH, lease: timedelta = LEASE) -> int:
    """Lease due messages and give each to a worker; gives how many."""
    if is_read_only():
        raise Away("right to write: the site is read-only")
    try:
        leased = lease_due(limit, lease)
    except DatabaseAway as away:
        raise Away("database") from away
    for number, outbox_id in enumerate(leased):
        try:
            deliver.apply_async((outbox_id,), retry=False)
        except (BrokerAway, RedisError, OSError) as away:
            give_back(leased[number:])
            raise Away("broker") from away
    return len(leased)


class Pace:
    """How long to pause: not at all while there is more, and ever longer while something is away."""

    def __init__(self) -> None:
        self.failures = 0

    def after(self, handed_out: int, limit: int) -> float:
        """The pause after a round that worked."""
        if self.failures:
            logger.info("relay goes on", extra={"failures": self.failures})
        self.failures = 0
        return 0.0 if handed_out >= limit else POLL_S

    def after_away(self, away: Away) -> float:
        """The pause after a round in which something was away."""
        self.failures += 1
        logger.warning("relay waits", extra={"away": str(away), "failures": self.failures})
        return float(min(LONGEST_PAUSE_S, POLL_S * 2**self.failures))
