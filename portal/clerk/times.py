"""How long cases stay at each step of a service, for who supervises or administers: a picture and a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.clerk.frame import language, page
from portal.clerk.staff import person, staff_only
from portal.shell import icons
from workflows.clock import calendar_of
from workflows.clock_words import length_text
from workflows.diagram import TINTS, draw, warmths
from workflows.diagram.outline import title_of
from workflows.models import Service
from workflows.selectors.step_times import Spread, StepTimes, step_times, timed_departments, timed_services
from workflows.selectors.versions import Version, version_of

PRESETS = (30, 90, 365)  # days
USUAL = 90


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; with what was typed, and why it cannot be used."""

    since: date
    until: date
    typed: tuple[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Line:
    """One step of the table, in words."""

    title: str
    done: int
    open_now: int
    waiting: tuple[str, str] | None
    working: tuple[str, str] | None
    level: int


@staff_only
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """The services whose times the reader may see."""
    if not timed_departments(person(request)):
        raise PermissionDenied
    found = list(timed_services(person(request)))
    return page(request, "clerk/times.html", "cases", {"services": found})


@staff_only
@require_safe
def show(request: HttpRequest, department: str, service: str) -> HttpResponse:
    """The picture and the table of one service."""
    if not timed_departments(person(request)):
        raise PermissionDenied
    found = timed_services(person(request)).filter(department__key=department, key=service).first()
    if found is None or found.current_id is None:
        raise Http404
    period = _period(request, _today(found))
    times = {} if period.problem else _times(request, found, period)
    version = version_of(found.current_id)
    lines = _lines(version, times)
    context = {
        "service": found,
        "version_number": version.number,
        "period": period,
        "presets": [(days, _last(days), _since(_today(found), days)) for days in PRESETS],
        "today": _today(found),
        "lines": lines,
        "earlier": [_line(key, key, each, {}) for key, each in times.items() if version.node(key) is None],
        "any": any(each.done for each in times.values()),
        "picture": _picture(version, found, times),
        "tints": range(1, len(TINTS)),
    }
    status = 422 if period.problem else 200
    return page(request, "clerk/heat.html", "cases", context, department=found.department, status=status)


def _today(service: Service) -> date:
    return timezone.now().astimezone(calendar_of(service.department_id).zone).date()


def _since(today: date, days: int) -> date:
    return today - timedelta(days=days - 1)


def _last(days: int) -> str:
    return ngettext("Last day", "Last %(days)s days", days) % {"days": days}


def _period(request: HttpRequest, today: date) -> Period:
    """The days that are asked for; without any the usual ones."""
    since, until = (request.GET.get(name, "").strip()[:20] for name in ("from", "until"))
    try:
        first = date.fromisoformat(since) if since else _since(today, USUAL)
        last = date.fromisoformat(until) if until else today
    except ValueError:
        return Period(today, today, (since, until), _("Write both days like 2026-03-01."))
    if first > last:
        return Period(first, last, (since, until), _("The first day is after the last one."))
    return Period(first, last, (first.isoformat(), last.isoformat()))


def _times(request: HttpRequest, service: Service, period: Period) -> dict[str, StepTimes]:
    zone = calendar_of(service.department_id).zone
    since = datetime.combine(period.since, time(), zone)
    until = datetime.combine(
        min(period.until, date.max - timedelta(days=1)) + timedelta(days=1), time(), zone
    )
    return step_times(person(request), service, since, until)


def _lines(version: Version, times: dict[str, StepTimes]) -> list[Line]:
    """Every step that was done or is open, in the order of the workflow."""
    levels = {key: warmth.level for key, warmth in warmths(_spans(times), {}).items()}
    return [
        _line(options.key, title_of(options, language()), times[options.key], levels)
        for options in version.package.workflow.nodes
        if options.key in times
    ]


def _line(key: str, title: str, times: StepTimes, levels: dict[str, int]) -> Line:
    return Line(
        title, times.done, times.open_now, _both(times.waiting), _both(times.working), levels.get(key, 0)
    )


def _spans(times: dict[str, StepTimes]) -> dict[str, timedelta]:
    return {key: each.total.half for key, each in times.items() if each.total is not None}


def _both(spread: Spread | None) -> tuple[str, str] | None:
    return None if spread is None else (_length(spread.half), _length(spread.nine_in_ten))


def _length(span: timedelta) -> str:
    """How long in words, in the largest unit that fits."""
    rest = timedelta(seconds=span.seconds)
    return length_text(span.days, rest, language(), working=False) or _("less than a minute")


def _short(span: timedelta) -> str:
    """The same on a card, where there is little room."""
    return "< 1 min" if span < timedelta(minutes=1) else _length(span)


def _picture(version: Version, service: Service, times: dict[str, StepTimes]) -> str:
    texts = {
        key: f"{_short(each.total.half)} / {_short(each.total.nine_in_ten)}"
        for key, each in times.items()
        if each.total is not None
    }
    return draw(
        version.package.workflow,
        service.name(language()),
        language=language(),
        icon=icons.svg,
        identity="service-workflow",
        heat=warmths(_spans(times), texts),
    )
