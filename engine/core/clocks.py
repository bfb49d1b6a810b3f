"""When a clock that stood still now and then is due: from its start, its span and its stops alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.core.worktime import Span, WorkingCalendar


@dataclass(frozen=True)
class Stop:
    """A time during which a clock stands still; without an end it still does."""

    since: datetime
    until: datetime | None = None


def due_after(calendar: WorkingCalendar, span: Span, start: datetime, stops: Iterable[Stop]) -> datetime:
    """When the clock is due; while it stands still, when it was due at that moment."""
    due = calendar.add(start, span)
    for stop in merged(stops, start):
        if stop.until is not None:
            due = calendar.moved(due, stop.since, stop.until, working=span.is_working)
    return due


def merged(stops: Iterable[Stop], start: datetime) -> list[Stop]:
    """The stops after the start in order, with those that touch or overlap made one."""
    found: list[Stop] = []
    for stop in sorted(stops, key=lambda each: each.since):
        if stop.until is not None and stop.until <= start:
            continue
        since = max(stop.since, start)
        last = found[-1] if found else None
        if last is None or (last.until is not None and last.until < since):
            found.append(Stop(since, stop.until))
        elif last.until is not None:
            until = None if stop.until is None else max(last.until, stop.until)
            found[-1] = Stop(last.since, until)
    return found


def stood(
    calendar: WorkingCalendar, start: datetime, stops: Iterable[Stop], now: datetime, *, working: bool
) -> timedelta:
    """For how long a clock has stood still, until now if it still does; as it counts."""
    return sum(
        (
            calendar.passed(stop.since, stop.until or max(now, stop.since), working=working)
            for stop in merged(stops, start)
        ),
        timedelta(),
    )
