"""Plans to move cases, made, looked at and carried out at once, as a worker would."""

from __future__ import annotations

from typing import Any

from engine.departments.models import User
from workflows.models import Case, CaseMove, ServiceVersion, VersionMove
from workflows.moving.batch import go_on
from workflows.services import moving_versions as services


def planned(old: ServiceVersion, new: ServiceVersion, by: User, **answers: Any) -> VersionMove:
    """A plan; with `steps` or `leaves_removed` its questions are answered."""
    move = services.plan_move(service=old.service, source=old.number, target=new.number, by=by)
    if answers:
        answered = {"steps": {}, "leaves_removed": False, **answers}
        move = services.answer_plan(move_id=move.pk, by=by, **answered)
    return move


def looked_at(move: VersionMove, by: User) -> VersionMove:
    """Every case was looked at."""
    services.look_at_cases(move_id=move.pk, by=by)
    assert go_on(move.pk)
    return VersionMove.objects.get(pk=move.pk)


def moved(move: VersionMove, by: User) -> VersionMove:
    """What is safe was moved."""
    looked_at(move, by)
    services.move_cases(move_id=move.pk, by=by)
    assert go_on(move.pk)
    return VersionMove.objects.get(pk=move.pk)


def brought_back(move: VersionMove, by: User) -> VersionMove:
    """What was not worked on was brought back."""
    services.bring_back(move_id=move.pk, by=by)
    assert go_on(move.pk)
    return VersionMove.objects.get(pk=move.pk)


def row_of(move: VersionMove, case: Case) -> CaseMove:
    """What the plan says of a case."""
    return CaseMove.objects.get(move=move, case=case)


def said(move: VersionMove, case: Case) -> tuple[str, str, list[str]]:
    """The class of a case, what became of it, and the codes of its reasons."""
    row = row_of(move, case)
    return row.kind, row.fate, [each["code"] for each in row.reasons]
