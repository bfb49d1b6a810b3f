"""Why something is due when it is: the clocks of a case in words, from their ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from engine.core.clocks import Stop, merged, stood
from engine.core.worktime import WorkingCalendar
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows import clock_words as words
from workflows.clock import calendar_of
from workflows.ledger import CASE, Key, Ledger, span_of
from workflows.models import Case, ClockEntry, ClockVerb, Deadline, WorkItem, WorkKind
from workflows.recounting import CLOCKED, LIVE
from workflows.selectors.versions import Version, version_of
from workflows.words import span_text

OF_THE_CASE = (ClockVerb.STOPPED, ClockVerb.RUNNING)


@dataclass(frozen=True)
class ClockLine:
    """One line of the ledger in words, with who did it and what they said."""

    at: datetime
    text: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True)
class ClockStory:
    """One clock: what it is for, why it is due then in a sentence, and its lines."""

    title: str
    due_at: datetime
    sentence: str
    stands_still: bool
    is_current: bool
    lines: list[ClockLine]


@dataclass(frozen=True)
class Hold:
    """Since when a case is on hold, until when if that is known, why and by whom."""

    since: datetime
    until: datetime | None
    note: str
    by: str


@dataclass(frozen=True)
class Clocks:
    """All that is told of the clocks of a case."""

    stories: list[ClockStory]
    hold: Hold | None


def lines_of(case: Case) -> list[ClockEntry]:
    """The ledger of a case as it was written, for who may read the case."""
    return list(ClockEntry.objects.filter(case=case).select_related("by").order_by("id"))


def clocks_of(
    user: User,
    case: Case,
    items: Sequence[WorkItem],
    lines: list[ClockEntry],
    language: str,
    *,
    current: Any,
) -> Clocks:
    """The clocks of a case that run or stand still: that of the work in front of the reader first."""
    require(user, Permission.VIEW_CASE, case.department_id)
    if case.finished is not None:
        return Clocks([], None)
    telling = _Telling(case, items, lines, language, current)
    return Clocks(telling.all(), telling.hold())


def clock_history(user: User, case: Case, language: str) -> list[tuple[str, ClockLine]]:
    """Every line of the ledger of a case with what its clock is for, newest first."""
    require(user, Permission.VIEW_CASE, case.department_id)
    telling = _Telling(case, [], lines_of(case), language, None)
    return [(telling.title(line.clock), telling.line(line)) for line in reversed(telling.ledger.lines)]


class _Telling:
    """Everything that the stories of one case have in common."""

    def __init__(
        self,
        case: Case,
        items: Sequence[WorkItem],
        lines: list[ClockEntry],
        language: str,
        current: Any,
    ) -> None:
        self.case, self.language, self.current = case, language, current
        self.items = [item for item in items if item.finished is None]
        self.version: Version = version_of(case.version_id)
        self.calendar: WorkingCalendar = calendar_of(case.department_id)
        self.ledger = Ledger(lines)
        self.now = now()

    def all(self) -> list[ClockStory]:
        """The stories of all clocks that are not over."""
        kinds = {item.pk: str(item.kind) for item in self.items}
        due: dict[Key, datetime] = {}
        if self.case.due_at is not None:
            due[CASE] = self.case.due_at
        due |= {
            (item.pk, item.node_key): item.due_at
            for item in self.items
            if item.kind in CLOCKED and item.due_at
        }
        deadlines = Deadline.objects.filter(case=self.case, kind__in=("deadline", "wait"), **LIVE)
        for deadline in deadlines.order_by("due_at", "id"):
            due.setdefault((deadline.work_item_id, deadline.node_key), deadline.due_at)
        stories = (self._story(key, due_at, kinds.get(key[0] or 0)) for key, due_at in due.items())
        return sorted(
            (story for story in stories if story is not None), key=lambda story: not story.is_current
        )

    def hold(self) -> Hold | None:
        """Why the case is on hold, if it is."""
        stops = [line for line in self.ledger.lines if (line.verb, line.reason) == ("stopped", "hold")]
        if self.case.held_at is None or not stops:
            return None
        told = self.line(stops[-1])
        return Hold(self.case.held_at, self.case.held_until, told.note, told.by)

    def _story(self, key: Key, due_at: datetime, kind: str | None) -> ClockStory | None:
        begun = self.ledger.begun(key)
        if begun is None or begun.span is None:
            return None
        stops = merged(self.ledger.stops(of_applicant=kind == WorkKind.APPLICANT), begun.start)
        still = bool(stops) and stops[-1].until is None
        return ClockStory(
            title=self.title(key),
            due_at=due_at,
            sentence=self._sentence(begun, due_at, stops, still=still),
            stands_still=still,
            is_current=self.current is not None and key == (self.current.pk, self.current.node_key),
            lines=list(self._lines(key, kind)),
        )

    def title(self, key: Key) -> str:
        """What a clock is for."""
        options = self.version.node(key[1]) if key != CASE else None
        if options is None:
            return words.say("case", self.language)
        return options.title.in_(self.language) or options.key

    def _sentence(self, begun: ClockEntry, due_at: datetime, stops: list[Stop], *, still: bool) -> str:
        zone, language = self.calendar.zone, self.language
        span = span_of(begun)
        length = span_text(span, language)
        start = words.day_text(begun.start, zone, language)
        parts = [words.say("from", language, span=length, start=start)]
        stood_for = self._stood(begun.start, stops, working=span.is_working)
        if stood_for:
            parts.append(words.say("stood", language, length=stood_for))
        if still:
            parts.append(words.say("still", language))
        else:
            due = words.moment_text(due_at, zone, language)
            parts.append(words.say("due" if due_at >= self.now else "was_due", language, due=due))
        return words.joined(parts, language)

    def _stood(self, start: datetime, stops: list[Stop], *, working: bool) -> str:
        calendar = self.calendar
        whole = stood(calendar, start, stops, self.now, working=working)
        if working:
            ends = ((stop.since, stop.until or self.now) for stop in stops)
            days = sum(calendar.working_days_between(since, until) for since, until in ends)
        else:
            days = whole // timedelta(days=1)
        return words.length_text(days, whole, self.language, working=working)

    def _lines(self, key: Key, kind: str | None) -> Iterator[ClockLine]:
        begun = next((line.id for line in self.ledger.lines if line.clock == key), 0)
        for line in self.ledger.lines:
            of_case = line.verb in OF_THE_CASE
            stops_it = of_case and not (kind == WorkKind.APPLICANT and line.reason == "applicant")
            if (stops_it and line.id > begun) or (not of_case and line.clock == key):
                yield self.line(line)

    def line(self, line: ClockEntry) -> ClockLine:
        """A line in words."""
        by = line.by.get_full_name() if line.by is not None else ""
        return ClockLine(line.at, self._words(line), by, line.note)

    def _words(self, line: ClockEntry) -> str:
        name = f"{line.verb}_{line.reason}" if line.verb in OF_THE_CASE else line.verb
        name = "moved_none" if line.verb == ClockVerb.MOVED and line.span is None else name
        span = span_text(span_of(line), self.language) if line.span else ""
        due = words.moment_text(line.due_at, self.calendar.zone, self.language) if line.due_at else ""
        return words.say(name, self.language, span=span, due=due)
