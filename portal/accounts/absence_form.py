"""What is typed to announce an absence, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from engine.departments.models import Department, User
from forms_library.answers import FieldError

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Typed:
    """One filled in form: whose absence, who stands in, from which day to which."""

    person: str = ""
    deputy: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> Typed:
        """What was posted."""
        return cls(*(request.POST.get(name, "")[:60] for name in ("person", "deputy", "first", "last")))

    def span(self, department: Department) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last, on the clock of the department."""
        zone, first, last = ZoneInfo(department.time_zone), _day(self.first), _day(self.last)
        if first is None or last is None:
            raise ValueError("The days were not looked at.")
        return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


def problems(
    typed: Typed, person: User | None, deputy: User | None, department: Department
) -> list[FieldError]:
    """Everything that is wrong, field by field."""
    found = []
    if person is None:
        found.append(problem(department, "person", _("Select who is away")))
    if deputy is None:
        found.append(problem(department, "deputy", _("Select who stands in")))
    elif deputy == person:
        found.append(problem(department, "deputy", _("Nobody stands in for themselves")))
    return found + _of_days(typed, department)


def _of_days(typed: Typed, department: Department) -> list[FieldError]:
    found, first, last = [], _day(typed.first), _day(typed.last)
    today = timezone.now().astimezone(ZoneInfo(department.time_zone)).date()
    if first is None:
        found.append(problem(department, "first", _("Enter the first day")))
    if last is None:
        found.append(problem(department, "last", _("Enter the last day")))
    elif first is not None and not max(first, today) <= last <= first + LONGEST:
        sentence = _("The last day must be today or later, not before the first, and within a year of it")
        found.append(problem(department, "last", sentence))
    return found


def problem(department: Department, field: str, sentence: str) -> FieldError:
    """One sentence at one field of the form of a department."""
    return FieldError(field, "", sentence, "wrong", f"{field}-{department.key}")


def refused_deputies(why: str, person: User, deputy: User) -> str:
    """Why these deputies are refused."""
    names = {"name": person.get_full_name(), "deputy": deputy.get_full_name()}
    if why == "overlap":
        return _("%(name)s is away at this time already. End that absence first.") % names
    if why == "circle":
        return _("%(deputy)s is away at this time too, and %(name)s stands in for them.") % names
    return _("Work would be handed over more than three times. Select somebody who is there.")


def member(members: Sequence[User], public_id: str) -> User | None:
    """The person of this public key."""
    return next((each for each in members if str(each.public_id) == public_id), None)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None
