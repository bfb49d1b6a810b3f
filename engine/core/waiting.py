"""How long to wait before something that failed is tried again."""

import random
from datetime import timedelta

FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
DOUBLINGS = 20  # more would only make large numbers


def back_off(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubled each time, up to an hour, spread by a quarter."""
    seconds = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(DOUBLINGS, max(0, attempts - 1)))
    return timedelta(seconds=seconds * random.uniform(0.75, 1.0))  # noqa: S311 - to spread, not to hide
