"""A signal: everything in the department that waits for it hears it, each in a transaction of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from workflows.awaiting import reach, who_waits
from workflows.models import AwaitedKind, OpeningKind
from workflows.opening import open_by_event, openings

logger = logging.getLogger(__name__)


@dataclass
class Heard:
    """How many heard a signal, and how many should have and could not."""

    reached: int = 0
    failed: int = 0


def spread(signal: str, *, department_id: int, at: datetime, occasion: str = "", cause: Any = None) -> Heard:
    """Bring a signal that was thrown at this moment to all who waited for it then, and open what it opens.

    Safe to repeat and to break off: who has heard it waits no more, who began to wait later is left out, and
    for one occasion one case is opened. `cause` is the case that throws the signal.
    """
    waiting = who_waits(AwaitedKind.SIGNAL, signal, department_id=department_id, before=at)
    acts = [partial(reach, key, at) for key in waiting.values_list("pk", flat=True)]
    starts = openings(OpeningKind.SIGNAL, signal, department_id)
    acts += [partial(_open, key, occasion, cause) for key in starts.values_list("pk", flat=True)]
    heard = Heard()
    for act in acts:
        try:
            heard.reached += act()
        except Exception as error:  # one that cannot go on must not keep the signal from the others
            heard.failed += 1
            logger.warning("signal %s did not reach one who waits: %s", signal, type(error).__name__)
    return heard


def _open(opening_id: int, occasion: str, cause: Any) -> bool:
    return open_by_event(opening_id, occasion, cause=cause) is not None
