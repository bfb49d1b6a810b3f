"""Dates, times and durations out of text, as XML Schema and FEEL write them; None for anything else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from engine.core.feel.calendar import Day
from engine.core.feel.times import A_DAY, A_MINUTE, AN_HOUR, MIDNIGHT, Clock, Moment, Months, Seconds, Zone

DATE = r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d{2})-(\d{2})"
TIME = r"(\d{2}):(\d{2}):(\d{2})(\.\d{1,30})?(Z|[+-]\d{2}:\d{2}(?::\d{2})?|@[\w/+-]{1,60})?"
A_DATE, A_TIME = re.compile(DATE, re.ASCII), re.compile(TIME, re.ASCII)
MONTHS = re.compile(r"(-?)P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
SECONDS = re.compile(
    r"(-?)P(?:(\d{1,15})D)?(?:T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15}(?:\.\d{1,30})?)S)?)?", re.ASCII
)
FARTHEST_ZONE = 18 * AN_HOUR


def read_date(text: str) -> Day | None:
    """A date such as 2026-03-01."""
    found = A_DATE.fullmatch(text)
    try:
        return Day(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def read_time(text: str) -> Clock | None:
    """A time such as 10:30:00, with or without a zone."""
    found = A_TIME.fullmatch(text)
    if not found:
        return None
    zone = read_zone(found[5]) if found[5] else None
    if found[5] and zone is None:
        return None
    try:
        return Clock(int(found[1]), int(found[2]), int(found[3]), Decimal("0" + (found[4] or "")), zone)
    except ValueError:
        return None


def read_moment(text: str) -> Moment | None:
    """A date with a time; a date alone is its midnight."""
    date, sign, time = text.partition("T")
    day, clock = read_date(date), read_time(time) if sign else MIDNIGHT
    return Moment(day, clock) if day and clock else None


def read_zone(text: str) -> Zone | None:
    """Z, a distance such as +02:00, or a region such as @Europe/Paris."""
    if text == "Z":
        return Zone()
    if text.startswith("@"):
        return Zone(name=text[1:]) if text[1:] in available_timezones() else None
    parts = [int(part) for part in text[1:].split(":")]
    hours, minutes, seconds = [*parts, 0][:3]
    offset = hours * AN_HOUR + minutes * A_MINUTE + seconds
    if minutes > 59 or seconds > 59 or offset > FARTHEST_ZONE:
        return None
    return Zone(-offset if text[0] == "-" else offset)


def read_duration(text: str) -> Seconds | Months | None:
    """P1Y2M, or P1DT2H3M4S."""
    if (found := MONTHS.fullmatch(text)) and (found[2] or found[3]):
        total = int(found[2] or 0) * 12 + int(found[3] or 0)
        return Months(-total if found[1] else total)
    if (found := SECONDS.fullmatch(text)) and any(found.groups()[1:]) and not text.endswith("T"):
        days, hours, minutes, seconds = (Decimal(part or 0) for part in found.groups()[1:])
        amount = days * A_DAY + hours * AN_HOUR + minutes * A_MINUTE + seconds
        return Seconds(-amount if found[1] else amount)
    return None


def read_any(text: str) -> Any:
    """What stands behind an @: a date, a time, a moment or a duration."""
    moment = read_moment(text) if "T" in text and not text.startswith(("P", "-P")) else None
    return moment or read_date(text) or read_time(text) or read_duration(text)
