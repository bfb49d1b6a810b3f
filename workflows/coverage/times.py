"""W4: each time limit is over exactly once, at its moment, on a clock that only the test moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from engine.audit.models import AuditEntry
from forms_library.coverage.measuring import Share
from workflows.clock import calendar_of
from workflows.coverage.playing import Play
from workflows.deadlines import due_deadlines, fire_deadline
from workflows.models import Case, Deadline
from workflows.told_time import move_clock

A_MINUTE, A_MOMENT = timedelta(minutes=1), timedelta(seconds=10)  # the clock runs on while this is played
OVER = ("work.late", "work.timed_out")


def fired_once(play: Play, *, whole: bool) -> Share:
    """Every state with a time, and with `whole` the time for the whole case."""
    share = Share()
    for options in play.states:
        if options.due is not None:
            share += _state(play, options)
    return share + _whole(play) if whole else share


def _state(play: Play, options: Any) -> Share:
    case = play.put_into(options.key)
    wanted = calendar_of(case.department_id).add(case.submitted_at, options.due)
    armed = [deadline.due_at for deadline in Deadline.objects.filter(case=case, node_key=options.key)]
    if len(armed) != 1 or abs(armed[0] - wanted) > A_MOMENT:
        return Share(0, 1, (f'the time for "{options.key}" does not run to {wanted:%Y-%m-%d %H:%M}',))
    move_clock(armed[0] - A_MINUTE)
    early = _fire(case)
    move_clock(armed[0])
    in_time, again = _fire(case), _fire(case)
    told = AuditEntry.objects.filter(chain=case.chain, verb__in=OVER).count()
    if (early, in_time, again, told) != (0, 1, 0, 1):
        what = f"{early} times too early, {in_time} in time, {again} again, {told} in the record"
        return Share(0, 1, (f'the time for "{options.key}": {what}',))
    return Share(1, 1)


def _fire(case: Case) -> int:
    """How many deadlines of the case happen now."""
    due = due_deadlines(timezone.now()).filter(case=case)
    return sum(fire_deadline(key) for key in list(due.values_list("pk", flat=True)))


def _whole(play: Play) -> Share:
    """The day by which the case is to be decided."""
    first = next((options for options in play.states if options.final is None), play.states[0])
    case = play.put_into(first.key)
    wanted = calendar_of(case.department_id).add(case.submitted_at, play.package.workflow.decide_within)
    if first.final is None and case.due_at != wanted:
        return Share(0, 1, (f"the case is due {case.due_at} and not {wanted}",))
    return Share(1, 1)
