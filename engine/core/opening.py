"""Opening hours of a day as moments, also on the days on which the clocks change.

A clock time that a day has not, because the clocks go forward, is the moment at which they do; one that it
has twice is the first of the two. So opening times never overlap and never end before they begin.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

Interval = tuple[time, time]
Moments = tuple[datetime, datetime]
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
MIDNIGHT = time()


class CalendarRefused(ValueError):
    """The working hours cannot be used."""


def checked_week(week: Mapping[int, Sequence[Interval]]) -> dict[int, tuple[Interval, ...]]:
    """The opening hours of each day of a week in order; 0 is Monday."""
    checked = {day: checked_hours(hours) for day, hours in week.items() if hours}
    if not checked:
        raise CalendarRefused("A working week needs at least one opening time.")
    if any(day not in range(7) for day in checked):
        raise CalendarRefused("The days of a week are 0 (Monday) to 6 (Sunday).")
    return checked


def checked_hours(hours: Iterable[Interval]) -> tuple[Interval, ...]:
    """The opening hours of one day in order; what ends at 00:00 ends at midnight."""
    found = tuple(sorted(hours))
    if any(moment.second or moment.microsecond for interval in found for moment in interval):
        raise CalendarRefused("Opening times are whole minutes.")
    if any(opens >= closes for opens, closes in found if closes != MIDNIGHT):
        raise CalendarRefused("An opening time must end after it starts.")
    if any(after[0] < before[1] or before[1] == MIDNIGHT for before, after in pairwise(found)):
        raise CalendarRefused("The opening times of a day must not overlap.")
    return found


def opening_moments(day: date, hours: Iterable[Interval], zone: ZoneInfo) -> tuple[Moments, ...]:
    """When it opens and closes on this day, in UTC; hours that the clocks skip as a whole are left out."""
    found = (
        (moment(day, opens, zone), moment(day if closes != MIDNIGHT else day + DAY, closes, zone))
        for opens, closes in hours
    )
    return tuple((opens, closes) for opens, closes in found if opens < closes)


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment of the day at which its clock shows this time or a later one, in UTC."""
    wanted = datetime.combine(day, clock.replace(fold=0), zone)
    found = wanted.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return found
    return _change(wanted.replace(fold=1).astimezone(UTC), found, zone)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment between these two at which the clocks go forward; they do so at a whole second."""
    low, high = before.replace(microsecond=0), after.replace(microsecond=0)
    offset = low.astimezone(zone).utcoffset()
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
