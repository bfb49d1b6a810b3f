"""The working calendar of a department: administrators read it, and change it knowing what depends on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from engine.departments.calendars import SpecialDay, special_days
from engine.departments.models import Department
from forms_library.rendering import error_summary
from portal.accounts.calendar_form import (
    WEEKDAYS,
    CalendarForm,
    OwnDay,
    country_names,
    hours_text,
    regions,
    time_zones,
)
from portal.accounts.people import administered_department, administered_departments, reader_of
from portal.shell import dates
from workflows.models import CalendarChange
from workflows.services.calendars import (
    CalendarMoved,
    change_calendar,
    check_calendar,
    reach_of_change,
    revision_of,
)

PAGE, SECTION = "calendar", "calendar"
STEP, REVISION = "_step", "_revision"
A_YEAR = timedelta(days=365)


@login_required
@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The calendars of all departments that the reader administers."""
    rows = [_row(department) for department in administered_departments(request)]
    return render(request, "accounts/calendars.html", {"rows": rows, "section": SECTION})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, department_key: str) -> HttpResponse:
    """Change one calendar: type, read what depends on it, save."""
    department = administered_department(request, department_key)
    if request.method != "POST":
        return _form_page(request, department, CalendarForm.of(department))
    form, step = CalendarForm.read(request.POST.dict()), request.POST.get(STEP, "")
    if step not in ("check", "save"):  # more rows, or the regions of another country
        form.room_for_more()
        form.wrong = {}
        return _form_page(request, department, form)
    if not form.wrong:
        fresh = Department.objects.get(pk=department.pk)
        form.wrong = {column: said[0] for column, said in check_calendar(fresh, form.settings).items()}
    if form.wrong:
        return _form_page(request, department, form, status=422)
    return _save(request, department, form) if step == "save" else _ask(request, department, form)


def _ask(request: HttpRequest, department: Department, form: CalendarForm) -> HttpResponse:
    """What would change, and how much depends on it."""
    changes = _changes(department, form.settings)
    if not changes:
        messages.info(request, _("The calendar is as it was."))
        return redirect(PAGE)
    reach = reach_of_change(department, by=reader_of(request))
    carried = [(name, value) for name, value in request.POST.items() if not name.startswith(("_", "csrf"))]
    context = {
        "department": department,
        "section": SECTION,
        "changes": changes,
        "reach": reach,
        "carried": carried,
        "revision": request.POST.get(REVISION, "")[:64],
    }
    return render(request, "accounts/calendar_check.html", context)


def _save(request: HttpRequest, department: Department, form: CalendarForm) -> HttpResponse:
    reader, seen = reader_of(request), request.POST.get(REVISION, "")
    try:
        change_calendar(department=department, settings=form.settings, by=reader, seen=seen)
    except CalendarMoved:
        messages.error(request, _("Somebody else changed this calendar meanwhile. This is how it is now."))
        return redirect("calendar-change", department.key)
    messages.success(request, _("The calendar is saved. What is open is being worked out again."))
    return redirect(PAGE)


def _form_page(
    request: HttpRequest, department: Department, form: CalendarForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "department": department,
        "section": SECTION,
        "form": form,
        "week": [
            (day, _day_name(day), form.week[day], form.wrong.get(f"week_{day}", "")) for day in WEEKDAYS
        ],
        "own": [_own_row(form, number, own) for number, own in enumerate(form.own)],
        "zones": time_zones(),
        "countries": country_names(),
        "regions": regions(form.country).items(),
        "revision": revision_of(department),
        "summary_html": error_summary(form.errors(), get_language() or "en") if form.wrong else "",
    }
    return render(request, "accounts/calendar.html", context, status=status)


def _own_row(form: CalendarForm, number: int, own: OwnDay) -> dict[str, Any]:
    wrong = {part: form.wrong.get(f"own_{number}_{part}", "") for part in ("day", "name", "hours")}
    return {"number": number, "own": own, "wrong": wrong, "is_new": own == OwnDay()}


def _row(department: Department) -> dict[str, Any]:
    last = CalendarChange.objects.filter(department=department).order_by("-at", "-pk").first()
    today = timezone.localdate(timezone=ZoneInfo(department.time_zone))
    return {
        "department": department,
        "week": [(_day_name(day), _hours(department.week.get(day, []))) for day in WEEKDAYS],
        "place": _place(department.holiday_country),
        "days": [
            (each, _special(each))
            for each in special_days(department, today, today + A_YEAR, get_language() or "en")
        ],
        "last": last,
        "progress": progress(last) if last is not None else "",
    }


def _changes(department: Department, settings: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What changes: the setting, how it was, how it will be."""
    words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "time_zone": (_("Time zone"), str),
        "holiday_country": (_("Public holidays"), _place),
        "week": (_("Working week"), _week),
        "own_days": (_("Own days"), _own),
    }
    return [
        (name, said(getattr(department, column)), said(settings[column]))
        for column, (name, said) in words.items()
        if getattr(department, column) != settings[column]
    ]


def _place(holiday_country: str) -> str:
    country, _sign, region = holiday_country.partition("-")
    if not country:
        return _("None")
    name = str(dates.locale().territories.get(country, country))
    return f"{name}, {regions(country).get(region, region)}" if region else name


def _week(week: dict[str, Any]) -> str:
    return "; ".join(f"{_day_name(day)} {_hours(week.get(day, []))}" for day in WEEKDAYS)


def _own(own_days: list[dict[str, Any]]) -> str:
    said = [
        f"{dates.long_date(date.fromisoformat(each['day']))} {each['name']} ({_hours(each.get('open', []))})"
        for each in own_days
    ]
    return "; ".join(said) or _("None")


def _hours(hours: list[list[str]]) -> str:
    return hours_text(hours) or _("closed")


def _special(day: SpecialDay) -> str:
    return _hours([[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in day.hours])


def _day_name(day: str) -> str:
    return str(get_day_names("wide", locale=dates.locale())[int(day)])


def progress(change: CalendarChange) -> str:
    """How far the cases have been worked out again."""
    words = ngettext(
        "%(cases)s open case was worked out again; %(moved)s has another date.",
        "%(cases)s open cases were worked out again; %(moved)s have another date.",
        change.cases,
    )
    return words % {"cases": change.cases, "moved": change.moved}
