"""A machine that is down is left in peace for a while (circuit breaker); what is known lies in the cache."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Breaker:
    """Counts the failures of one machine; after `failures` in a row it rests for `rest_s` seconds."""

    name: str
    failures: int = 5
    rest_s: int = 60
    counted_s: int = 120

    @property
    def is_open(self) -> bool:
        """Whether the machine is not to be asked now."""
        return self._count() >= self.failures

    def failed(self) -> None:
        """Count a failure."""
        count = self._count() + 1
        self._write(count, self.rest_s if count >= self.failures else self.counted_s)

    def succeeded(self) -> None:
        """Forget the failures."""
        if self._count():
            self._write(0, self.counted_s)

    @property
    def _key(self) -> str:
        return "calls-failed:" + hashlib.sha256(self.name.encode()).hexdigest()

    def _count(self) -> int:
        try:
            found: Any = cache.get(self._key, 0)
        except Exception:  # a cache that is away costs calls to a machine that is down, nothing else
            logger.warning("The cache does not answer")
            return 0
        return found if isinstance(found, int) else 0

    def _write(self, count: int, seconds: int) -> None:
        try:
            cache.set(self._key, count, seconds)
        except Exception:
            logger.warning("The cache does not answer")
