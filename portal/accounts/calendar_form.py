"""The form of a working calendar: what is shown in it, and what was typed into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

import holidays
from babel.core import Locale
from django.utils.translation import gettext as _

from engine.departments.models import Department
from engine.departments.validation import LONGEST_NAME
from forms_library.answers import FieldError
from portal.shell import dates

HOURS = re.compile(r"([0-9]{1,2})[:.h]([0-9]{2})\s*[-–—]\s*([0-9]{1,2})[:.h]([0-9]{2})")
WEEKDAYS = tuple(str(day) for day in range(7))
EMPTY_ROWS, MOST_OWN_DAYS = 3, 400
Hours = list[list[str]]


@dataclass
class OwnDay:
    """One row of own days as it is typed; without hours it is closed."""

    day: str = ""
    name: str = ""
    hours: str = ""


@dataclass
class CalendarForm:
    """What is typed, and what is wrong with it by field."""

    time_zone: str
    country: str
    region: str
    week: dict[str, str]
    own: list[OwnDay]
    wrong: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, department: Department) -> CalendarForm:
        """The calendar as it is stored."""
        country, _sign, region = department.holiday_country.partition("-")
        own = [
            OwnDay(each["day"], each.get("name", ""), hours_text(each.get("open", [])))
            for each in sorted(department.own_days, key=lambda each: str(each["day"]))
        ]
        week = {day: hours_text(department.week.get(day, [])) for day in WEEKDAYS}
        form = cls(department.time_zone, country, region, week, own)
        form.room_for_more()
        return form

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> CalendarForm:
        """What was typed, with `settings` as the department stores them where nothing is wrong."""
        numbers = [number for number in range(MOST_OWN_DAYS) if f"own_{number}_day" in posted]
        own = [_own_day(posted, number) for number in numbers if f"own_{number}_gone" not in posted]
        form = cls(
            posted.get("time_zone", "").strip()[:64],
            posted.get("country", "").strip()[:16],
            posted.get("region", "").strip()[:16],
            {day: posted.get(f"week_{day}", "").strip()[:200] for day in WEEKDAYS},
            [each for each in own if each != OwnDay()],
        )
        form._check()
        return form

    def room_for_more(self) -> None:
        """Empty rows to type more days into."""
        self.own += [OwnDay() for _row in range(EMPTY_ROWS)]

    def errors(self) -> list[FieldError]:
        """What is wrong, for the summary above the form."""
        return [
            FieldError(name, "", sentence, "calendar", f"calendar-{name}")
            for name, sentence in self.wrong.items()
        ]

    def _check(self) -> None:
        if self.time_zone not in available_timezones():
            self.wrong["time_zone"] = _("Select a time zone")
        if self.country and self.country not in countries():
            self.wrong["country"] = _("Select a country, or none")
        elif self.region and self.region not in regions(self.country):
            self.wrong["region"] = _("Select a region of this country, or none")
        week = {day: self._hours(f"week_{day}", text) for day, text in self.week.items()}
        if not any(self.week.values()):
            self.wrong["week_0"] = _("Enter the hours of at least one day")
        place = "-".join(part for part in (self.country, self.region) if part)
        self.settings = {
            "time_zone": self.time_zone,
            "holiday_country": place,
            "week": {day: hours for day, hours in week.items() if hours},
            "own_days": self._own_days(),
        }

    def _own_days(self) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for number, own in enumerate(self.own):
            name = f"own_{number}"
            try:
                day = date.fromisoformat(own.day).isoformat()
            except ValueError:
                self.wrong[f"{name}_day"] = _("Enter a date, like 2026-12-24")
                continue
            if day in found:
                self.wrong[f"{name}_day"] = _("This date is there twice")
            if not own.name:
                self.wrong[f"{name}_name"] = _("Enter what this day is called")
            found[day] = {"day": day, "name": own.name, "open": self._hours(f"{name}_hours", own.hours)}
        return [found[day] for day in sorted(found)]

    def _hours(self, name: str, text: str) -> Hours:
        parts = [part.strip() for part in re.split(r"[,;،؛]", text) if part.strip()]
        found = [HOURS.fullmatch(part) for part in parts]
        pairs = sorted(_pair(match) for match in found if match)
        if not all(found) or not _in_order(pairs):
            self.wrong[name] = _("Enter hours in order, like 08:00-12:00, 13:00-16:00")
            return []
        return pairs


def _own_day(posted: Mapping[str, str], number: int) -> OwnDay:
    day, name, hours = (posted.get(f"own_{number}_{part}", "").strip() for part in ("day", "name", "hours"))
    return OwnDay(day[:10], " ".join(name.split())[:LONGEST_NAME], hours[:200])


def _pair(match: re.Match[str]) -> list[str]:
    opens, closes = f"{int(match[1]):02}:{match[2]}", f"{int(match[3]):02}:{match[4]}"
    return [opens, "00:00" if closes == "24:00" else closes]


def _in_order(pairs: Hours) -> bool:
    """Real times, each ending after it begins and before the next; 00:00 at the end is midnight."""
    marks = [mark for opens, closes in pairs for mark in (opens, "24:00" if closes == "00:00" else closes)]
    real = all(mark <= "24:00" and mark[3:] < "60" for mark in marks)
    rising = all(opens < closes for opens, closes in zip(marks[::2], marks[1::2], strict=True))
    return real and rising and marks == sorted(marks)


def hours_text(hours: Sequence[Sequence[str]]) -> str:
    """08:00-12:00, 13:00-16:00."""
    return ", ".join(f"{opens}-{'24:00' if closes == '00:00' else closes}" for opens, closes in hours)


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The countries whose public holidays are known."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=256)
def regions(country: str) -> dict[str, str]:
    """The regions of a country that have holidays of their own, by code, with their names."""
    if country not in countries():
        return {}
    codes = holidays.list_supported_countries(include_aliases=False)[country]
    aliases: Mapping[str, str] = getattr(holidays.country_holidays(country), "subdivisions_aliases", {})
    names = {code: name for name, code in reversed(list(aliases.items()))}
    return {code: f"{names[code]} ({code})" if code in names else code for code in codes}


def country_names() -> list[tuple[str, str]]:
    """The countries by name, in the language of the page."""
    locale: Locale = dates.locale()
    named = ((code, locale.territories.get(code, code)) for code in countries())
    return sorted(named, key=lambda each: each[1])


@lru_cache(maxsize=1)
def time_zones() -> list[str]:
    """The time zones of places, and UTC."""
    rest = ("Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico")
    places = (zone for zone in available_timezones() if "/" in zone and zone.split("/")[0] not in rest)
    return ["UTC", *sorted(places)]
