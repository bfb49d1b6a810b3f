"""A signal: everything in the department that waits for it hears it, each in a transaction of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from workflows.awaiting import reach, who_waits
from workflows.models import AwaitedKind

logger = logging.getLogger(__name__)


@dataclass
class Heard:
    """How many heard a signal, and how many should have and could not."""

    reached: int = 0
    failed: int = 0


def spread(signal: str, *, department_id: int, at: datetime) -> Heard:
    """Bring a signal that was thrown at this moment to all who waited for it then.

    Safe to repeat and to break off: who has heard it waits no more, and who began to wait later is left out.
    """
    waiting = who_waits(AwaitedKind.SIGNAL, signal, department_id=department_id, before=at)
    heard = Heard()
    for key in list(waiting.values_list("pk", flat=True)):
        try:
            heard.reached += reach(key, at)
        except Exception as error:  # one that cannot go on must not keep the signal from the others
            heard.failed += 1
            logger.warning("signal %s did not reach %s: %s", signal, key, type(error).__name__)
    return heard
