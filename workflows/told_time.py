"""A clock that can be set, for the demonstration and for trying a workflow out.

Every `now()` of Django looks up `datetime` in its own module, so this one name is the whole seam. What is
added to the time belongs to the thread or task that set it, so nobody else's clock is touched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.utils import timezone as django_time

NOTHING = timedelta()
_ahead: ContextVar[timedelta] = ContextVar("told_time", default=NOTHING)


class Told(datetime):
    """The time as it is told where somebody set the clock, and the true time everywhere else."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        """The moment that was set, and what has passed since."""
        return datetime.now(tz) + _ahead.get()


@contextmanager
def clock_set_to(moment: datetime) -> Iterator[None]:
    """Django's time begins at this moment and runs on from there."""
    django_time.datetime = Told  # type: ignore[attr-defined]
    token = _ahead.set(moment - datetime.now(moment.tzinfo))
    try:
        yield
    finally:
        _ahead.reset(token)


def move_clock(moment: datetime) -> None:
    """Inside `clock_set_to`: it is this moment now."""
    _ahead.set(moment - datetime.now(moment.tzinfo))
