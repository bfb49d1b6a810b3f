"""The clocks of a case that is moved: each keeps its beginning, and is due as the new version says.

What stays the same is not touched. A clock with another length of time gets a line in the ledger; a deadline
that is gone is dropped, a new one begins now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import now

from engine.core.worktime import Span
from workflows import ledger
from workflows.clock import arm_at, arm_case, calendar_of
from workflows.ledger import CASE, Key, Ledger
from workflows.models import ClockVerb, Deadline, DeadlineKind, WorkItem
from workflows.recounting import CLOCKED, LIVE, count_again


@dataclass(frozen=True)
class Carrier:
    """An open item with its step before and now."""

    item: Any
    before: Any
    after: Any


def move_clocks(case: Any, old: Any, new: Any, carriers: Sequence[Carrier]) -> None:
    """Bring all clocks of a locked case from one flow to another; its items stand at the new steps."""
    moving = _Moving(case)
    moving.whole(old.decide_within, new.decide_within)
    moving.watched(None, old.case_watchers, new.case_watchers, (old, new))
    for each in carriers:
        moving.own(each)
        moving.watched(each.item, each.before.watchers, each.after.watchers, (old, new))
    count_again(case)
    moving.warn_again()


class _Moving:
    """What the clocks of one case have in common."""

    def __init__(self, case: Any) -> None:
        self.case, self.at = case, now()
        self.ledger = Ledger.of(case)
        self.warned: list[tuple[Any, Any]] = []  # items and watchers that warn otherwise now

    def whole(self, before: Span, after: Span) -> None:
        """The time to decide the case."""
        if before != after:
            self._line(CASE, after, self.case.submitted_at)

    def own(self, carrier: Carrier) -> None:
        """The item's own time, under the key of its step, and the deadline that the step sets for it."""
        item, before, after = carrier.item, _span(carrier.before), _span(carrier.after)
        old, new = (item.pk, carrier.before.node_key), (item.pk, carrier.after.node_key)
        line = self.ledger.begun(old)
        by_hand = line is not None and line.verb == ClockVerb.CHANGED
        if line is not None and (old != new or (before != after and not by_hand)):
            span = ledger.span_of(line) if before == after or by_hand else after
            self._line(new, span, line.start)
        elif line is None and item.kind in CLOCKED and before != after and after is not None:
            self._line(new, after, item.created)
        if before != after and after is None and not by_hand:
            WorkItem.objects.filter(pk=item.pk, kind__in=CLOCKED).update(due_at=self.case.due_at)
        self._own_deadline(carrier)

    def _own_deadline(self, carrier: Carrier) -> None:
        item, before, after = carrier.item, carrier.before, carrier.after
        mine = self._rows(item, before.node_key)
        had, wants = before.own_deadline(), after.own_deadline()
        if had is not None and wants is None:
            mine.update(cancelled_at=self.at)
        elif wants is not None and had is None:
            begun = Ledger.of(self.case)
            due_at = begun.due((item.pk, after.node_key), calendar_of(self.case.department_id))
            if due_at is not None:
                arm_at(item, after.node_key, wants, due_at)
        elif before.node_key != after.node_key:
            mine.update(node_key=after.node_key)

    def watched(self, item: Any, before: Iterable[Any], after: Iterable[Any], flows: tuple[Any, Any]) -> None:
        """What is set on the item, or without one on the whole case."""
        old, new = ({step.node_key: step for step in steps} for steps in (before, after))
        for key in old.keys() - new.keys():
            self._rows(item, key).update(cancelled_at=self.at)
        for key, step in new.items():
            if key in old:
                self._again(item, old[key], step, flows)
            elif item is not None:
                step.watch(item)
            else:
                step.watch_case(self.case)

    def _again(self, item: Any, before: Any, after: Any, flows: tuple[Any, Any]) -> None:
        spans = [_span(step) or flow.decide_within for step, flow in zip((before, after), flows, strict=True)]
        key = (None if item is None else item.pk, after.node_key)
        line = self.ledger.begun(key)
        if line is not None and spans[0] != spans[1]:
            self._line(key, spans[1], line.start)
        warnings = [getattr(step.options, "warnings", []) for step in (before, after)]
        if warnings[0] != warnings[1]:
            self._rows(item, after.node_key).filter(kind=DeadlineKind.WARNING).update(cancelled_at=self.at)
            self.warned.append((item, after))

    def warn_again(self) -> None:
        """Set the warnings of deadlines that warn otherwise now, as far as they are still to come."""
        calendar = calendar_of(self.case.department_id)
        for item, step in self.warned:
            main = self._rows(item, step.node_key).filter(kind=DeadlineKind.DEADLINE).first()
            for number in range(len(step.options.warnings) if main is not None else 0):
                at = step.warned_at(calendar, main.due_at, number)
                if at > self.at:
                    self._warn(item, step.node_key, at, number)

    def _warn(self, item: Any, key: str, at: datetime, number: int) -> None:
        if item is None:
            arm_case(self.case, key, DeadlineKind.WARNING, at, number=number)
        else:
            arm_at(item, key, DeadlineKind.WARNING, at, number=number)

    def _rows(self, item: Any, key: str) -> Any:
        found = Deadline.objects.filter(case=self.case, work_item=item, node_key=key, **LIVE)
        return found.exclude(kind=DeadlineKind.HOLD)

    def _line(self, key: Key, span: Span | None, start: datetime) -> None:
        calendar = calendar_of(self.case.department_id)
        due_at = None if span is None else calendar.add(start, span)
        write_moved(self.case, self.at, key, span, start, due_at)


def write_moved(
    case: Any, at: datetime, key: Key, span: Span | None, start: datetime, due_at: datetime | None
) -> None:
    """A line of the ledger: another version gives this clock another length of time."""
    ledger.write(case, ClockVerb.MOVED, at, key, span=span, counts_from=start, due_at=due_at)


def _span(step: Any) -> Span | None:
    found: Span | None = step.node_type.span(step.options)
    return found
