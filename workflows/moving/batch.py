"""Working on a plan in the background: every case is a short transaction of its own, so each is old or new.

One row says how far it is. A worker that dies loses nothing: a sweep goes on from there, and what was done is
seen by the case itself. What a case is like is looked at under its lock, whatever was seen before.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from engine.audit import log as audit
from engine.messages import outbox
from workflows.models import Case, CaseClass, CaseFate, CaseMove, MovePhase, MoveStatus, VersionMove
from workflows.moving.before import mark_of, snapshot
from workflows.moving.carrying_out import carry_out
from workflows.moving.course import Course, course_of
from workflows.moving.judging import Verdict, judge
from workflows.moving.reasons import Reason, reason
from workflows.moving.restoring import restore, stands_in_the_way
from workflows.moving.standing import standings
from workflows.recording import recorded_case
from workflows.selectors.versions import Version
from workflows.unit import lock_case, unit

TOPIC = "version_move"
BATCH = 50
SLICE_S = 20.0  # then others have their turn
LEASE = timedelta(minutes=2)
logger = logging.getLogger(__name__)


def ask(move: VersionMove) -> None:
    """Ask for a worker; the request leaves with the same commit."""
    move.asked += 1
    VersionMove.objects.filter(pk=move.pk).update(asked=move.asked)
    key = f"{TOPIC}:{move.pk}:{move.asked}"
    outbox.put(TOPIC, {"move": move.pk}, key=key, department_id=move.department_id)


def go_on(move_id: int, seconds: float = SLICE_S) -> bool:
    """Work on a plan for a while; True when this phase is finished, False when it goes on later."""
    free = Q(lease_until=None) | Q(lease_until__lt=now())
    running = VersionMove.objects.filter(pk=move_id, status=MoveStatus.RUNNING)
    if not running.filter(free).update(lease_until=now() + LEASE):
        return False
    move = running.select_related("department", "by").first()
    end = monotonic() + seconds
    while move is not None and monotonic() < end:
        reached = _batch(move, course_of(move))
        if reached is None:
            return _finish(move)
        move.reached = reached
        if not running.update(reached=reached, lease_until=now() + LEASE):
            break  # somebody has stopped it
    VersionMove.objects.filter(pk=move_id).update(lease_until=None)
    if move is not None and running.exists():
        ask(move)
    return False


def lost_moves() -> QuerySet[VersionMove]:
    """Plans that nobody works on although they run: their worker died, or was never asked."""
    free = Q(lease_until=None) | Q(lease_until__lt=now())
    return VersionMove.objects.filter(free, status=MoveStatus.RUNNING).order_by("at")


def _batch(move: VersionMove, course: Course) -> int | None:
    """The next cases; gives the key of the last, None when there are none any more."""
    if move.phase == MovePhase.UNDO:
        rows = CaseMove.objects.filter(move=move, fate=CaseFate.MOVED, case__gt=move.reached)
        keys = list(rows.order_by("case").values_list("case_id", flat=True)[:BATCH])
    else:
        cases = Case.objects.filter(version=move.source_id, finished=None, pk__gt=move.reached)
        keys = list(cases.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if keys and move.phase == MovePhase.LOOK:
        _look(keys, move, course)
    else:
        act = _undo if move.phase == MovePhase.UNDO else _move
        for key in keys:
            _one(key, move, course, act)
    return keys[-1] if keys else None


def _look(keys: list[int], move: VersionMove, course: Course) -> None:
    """See what would become of some cases; they are not locked, and nothing is changed."""
    cases = Case.objects.filter(pk__in=keys, finished=None).order_by("pk")
    rows = [_row(standing.case.pk, move, judge(standing, course)) for standing in standings(cases)]
    CaseMove.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["move", "case"],
        update_fields=["kind", "fate", "reasons", "before", "mark", "at"],
    )


def _row(case_id: int, move: VersionMove, verdict: Verdict) -> CaseMove:
    reasons = [each.stored() for each in verdict.reasons]
    return CaseMove(move=move, case_id=case_id, kind=verdict.kind, reasons=reasons, at=now())


def _one(key: int, move: VersionMove, course: Course, act: Any) -> None:
    """One that fails must not keep the others waiting."""
    try:
        with unit():
            act(lock_case(key), move, course)
    except Exception as error:  # whatever a workflow does
        logger.warning("version move %s of case %s failed: %s", move.pk, key, type(error).__name__)
        _note(key, move, reason("failed", name=type(error).__name__))


def _note(key: int, move: VersionMove, why: Reason) -> None:
    undone = move.phase == MovePhase.UNDO
    fate = CaseFate.KEPT if undone else CaseFate.LEFT
    told = {"fate": fate, "reasons": [why.stored()], "at": now()}
    if not undone:
        told["kind"] = CaseClass.BLOCKED
    CaseMove.objects.update_or_create(move=move, case_id=key, defaults=told)


def _move(case: Any, move: VersionMove, course: Course) -> None:
    """Move a locked case if it is safe; one that went another way since it was seen is judged anew."""
    if case.finished is not None or case.version_id != course.old.id:
        return
    (standing,) = standings([case])
    verdict = judge(standing, course)
    row = _row(case.pk, move, verdict)
    row.fate = CaseFate.LEFT
    if verdict.kind == CaseClass.SAFE:
        items = [spot.item for spot in standing.spots]
        before = snapshot(case, items)
        rests = carry_out(case, items, verdict, course)
        _record("case.version_moved", case, move, course.old, course.new)
        row.fate, row.before, row.mark = CaseFate.MOVED, before if rests else {}, mark_of(case.pk)
    told = ("kind", "fate", "reasons", "before", "mark", "at")
    CaseMove.objects.update_or_create(
        move=move, case_id=case.pk, defaults={name: getattr(row, name) for name in told}
    )


def _undo(case: Any, move: VersionMove, course: Course) -> None:
    """Bring a locked case back, or name why it stays."""
    row = CaseMove.objects.get(move=move, case=case.pk)
    if row.fate != CaseFate.MOVED:
        return
    code = stands_in_the_way(case, row, course)
    if code:
        _note(case.pk, move, reason(code))
        return
    restore(case, row, course)
    _record("case.version_restored", case, move, course.new, course.old)
    row.fate, row.before, row.at = CaseFate.RESTORED, {}, now()
    row.save(update_fields=["fate", "before", "at"])


def _record(verb: str, case: Any, move: VersionMove, old: Version, new: Version) -> None:
    recorded_case(verb, case, move.by, move=move.pk, from_version=old.number, to_version=new.number)


def _finish(move: VersionMove) -> bool:
    running = VersionMove.objects.filter(pk=move.pk, status=MoveStatus.RUNNING)
    with unit() as open_unit:
        if running.update(status=MoveStatus.DONE, lease_until=None):
            if move.phase == MovePhase.MOVE:  # nobody came to these: they ended in the meantime
                gone = CaseMove.objects.filter(move=move, fate=CaseFate.SEEN)
                gone.update(fate=CaseFate.LEFT, reasons=[reason("ended").stored()])
            row = audit.row(
                f"version_move.{move.phase}_finished",
                chain=audit.department_chain(move.department.key),
                actor_note="system",
                department_id=move.department_id,
                subject=f"version_move:{move.pk}",
                details={"cases": CaseMove.objects.filter(move=move).count()},
            )
            open_unit.insert(audit.TABLE, **row)
    return True
