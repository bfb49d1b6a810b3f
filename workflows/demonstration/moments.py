"""A clock that can be set back, for the demonstration alone: its cases were begun over the last weeks.

Every `now()` of Django looks up `datetime` in its own module, so this one name is the whole seam. Nothing
else about the engine is changed: it runs as it would have run on that day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.utils import timezone as django_time


@contextmanager
def clock_set_to(moment: datetime) -> Iterator[None]:
    """Django's time begins at this moment and runs on from there."""
    offset: timedelta = moment - datetime.now(moment.tzinfo)

    class Shifted(datetime):
        """The time as the demonstration tells it."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            """The moment that was set, and what has passed since."""
            return datetime.now(tz) + offset

    true = django_time.datetime  # type: ignore[attr-defined]
    django_time.datetime = Shifted  # type: ignore[attr-defined]
    try:
        yield
    finally:
        django_time.datetime = true  # type: ignore[attr-defined]
