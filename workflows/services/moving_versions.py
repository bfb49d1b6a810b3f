"""Moving the open cases of a version to another one: plan, look, move, stop, go on, bring back.

Administrators of the department may. What is done with the cases is done by a worker, see `moving.batch`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from engine.audit import log as audit
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import CaseFate, CaseMove, MovePhase, MoveStatus, Service, VersionMove
from workflows.moving.batch import ask
from workflows.moving.matching import CANCELLED, matches
from workflows.refusals import WorkRefused
from workflows.selectors.versions import version_of

SENTENCES: Mapping[str, str] = {
    "same_version": "Choose two different versions.",
    "unknown_version": "This service has no such version.",
    "final": "Cases have been moved by this plan already, so it cannot be changed. Make another plan.",
    "running": "A worker is at these cases now. Stop it first.",
    "not_running": "Nobody works on these cases now.",
    "not_seen": "Look at the cases first.",
    "nothing_moved": "No case of this plan can be brought back.",
    "wrong_step": "Work at this step cannot go on there.",
}


class MoveRefused(WorkRefused):
    """The cases cannot be moved so; `code` says why, `step` which step is meant."""

    def __init__(self, code: str, step: str = "") -> None:
        self.code, self.step = code, step
        self.sentence = SENTENCES[code]


def plan_move(*, service: Service, source: int, target: int, by: User) -> VersionMove:
    """Begin a plan from one version, by its number, to another; steps that match are mapped already."""
    require(by, Permission.ADMINISTER_DEPARTMENT, service.department_id)
    if source == target:
        raise MoveRefused("same_version")
    known = dict(service.versions.filter(number__in=(source, target)).values_list("number", "pk"))
    if len(known) < 2:
        raise MoveRefused("unknown_version")
    with transaction.atomic():
        move = VersionMove.objects.create(
            service=service,
            department_id=service.department_id,
            source_id=known[source],
            target_id=known[target],
            by=by,
            at=now(),
        )
        _record(move, by, "planned", from_version=source, to_version=target)
    return move


def answer_plan(
    *,
    move_id: int,
    steps: Mapping[str, str],
    leaves_removed: bool,
    by: User,
    asks_applicant: bool = False,
) -> VersionMove:
    """Say where work at steps goes on that are gone or mean something else; what is not named stays open."""
    with _locked(move_id, by) as move:
        _refuse_final(move)
        known = matches(version_of(move.source_id), version_of(move.target_id))
        for key, to in steps.items():
            if key not in known or (to != CANCELLED and to not in known[key].choices):
                raise MoveRefused("wrong_step", key)
        move.steps, move.leaves_removed, move.asks_applicant = dict(steps), leaves_removed, asks_applicant
        move.phase, move.status, move.reached = MovePhase.LOOK, MoveStatus.PLANNED, 0
        answers = ["steps", "leaves_removed", "asks_applicant"]
        move.save(update_fields=[*answers, "phase", "status", "reached"])
        CaseMove.objects.filter(move=move).delete()
        _record(move, by, "answered", **{name: getattr(move, name) for name in answers})
    return move


def look_at_cases(*, move_id: int, by: User) -> VersionMove:
    """Have every open case looked at; nothing is changed."""
    with _locked(move_id, by) as move:
        _refuse_final(move)
        _begin(move, MovePhase.LOOK)
        _record(move, by, "look_begun")
    return move


def move_cases(*, move_id: int, by: User) -> VersionMove:
    """Have the safe cases moved; again, after the end, tries those that were left. The plan is final now."""
    with _locked(move_id, by) as move:
        _refuse_running(move)
        seen = move.phase != MovePhase.LOOK or move.status == MoveStatus.DONE
        if not seen:
            raise MoveRefused("not_seen")
        move.begun_at = move.begun_at or now()
        _begin(move, MovePhase.MOVE)
        _record(move, by, "move_begun")
    return move


def bring_back(*, move_id: int, by: User) -> VersionMove:
    """Have the cases that were moved brought back, as far as nobody has worked on them since."""
    with _locked(move_id, by) as move:
        _refuse_running(move)
        if not CaseMove.objects.filter(move=move, fate=CaseFate.MOVED).exists():
            raise MoveRefused("nothing_moved")
        _begin(move, MovePhase.UNDO)
        _record(move, by, "undo_begun")
    return move


def stop_move(*, move_id: int, by: User) -> VersionMove:
    """Let the worker stop after the case that it is at."""
    with _locked(move_id, by) as move:
        if move.status != MoveStatus.RUNNING:
            raise MoveRefused("not_running")
        move.status = MoveStatus.STOPPED
        move.save(update_fields=["status"])
        _record(move, by, "stopped")
    return move


def resume_move(*, move_id: int, by: User) -> VersionMove:
    """Go on where the worker stopped."""
    with _locked(move_id, by) as move:
        if move.status != MoveStatus.STOPPED:
            raise MoveRefused("running" if move.status == MoveStatus.RUNNING else "not_running")
        move.status = MoveStatus.RUNNING
        move.save(update_fields=["status"])
        ask(move)
        _record(move, by, "resumed")
    return move


def _begin(move: VersionMove, phase: MovePhase) -> None:
    move.phase, move.status, move.reached = phase, MoveStatus.RUNNING, 0
    move.save(update_fields=["phase", "status", "reached", "begun_at"])
    ask(move)


@contextmanager
def _locked(move_id: int, by: User) -> Iterator[VersionMove]:
    """The plan, locked, for who administers its department."""
    with transaction.atomic():
        found = VersionMove.objects.select_for_update(of=("self",)).select_related("department")
        move = found.get(pk=move_id)
        require(by, Permission.ADMINISTER_DEPARTMENT, move.department_id)
        yield move


def _refuse_final(move: VersionMove) -> None:
    if move.begun_at is not None:
        raise MoveRefused("final")
    _refuse_running(move)


def _refuse_running(move: VersionMove) -> None:
    if move.status == MoveStatus.RUNNING:
        raise MoveRefused("running")


def _record(move: VersionMove, by: User, what: str, **details: Any) -> None:
    audit.record(
        f"version_move.{what}",
        chain=audit.department_chain(move.department.key),
        actor=by,
        department_id=move.department_id,
        subject=f"version_move:{move.pk}",
        details=details,
    )
