"""Whether a case can be moved as the plan says, and if not, everything that stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.core.sealing import SealingFailed
from workflows.models import CaseClass, WorkKind
from workflows.moving.answers import Carried, carry
from workflows.moving.asking import Asked, as_notes, to_ask
from workflows.moving.course import Course
from workflows.moving.marking import JOIN, Marking, joins_of
from workflows.moving.matching import CANCELLED, flow_of, matches
from workflows.moving.reasons import Reason, class_of, reason
from workflows.moving.standing import Spot, Standing


@dataclass(frozen=True)
class Verdict:
    """What is to be known of a case; for a safe one also where each open item goes, and its answers."""

    reasons: list[Reason]
    targets: dict[int, str] = field(default_factory=dict)
    carried: Carried = field(default_factory=Carried)
    asked: Asked | None = None

    @property
    def kind(self) -> CaseClass:
        """Whether it can be moved."""
        return class_of(self.reasons)


def judge(standing: Standing, course: Course) -> Verdict:
    """Look at a case; nothing is changed."""
    if any(spot.item.flow_task is None for spot in standing.spots):
        return Verdict([reason("unreadable")])
    targets, reasons = _targets(standing, course)
    if not reasons:  # where it is not known where an item goes, nothing can be said of the whole
        reasons += Marking(standing, targets, course.terrain).judge()
    for spot in standing.spots:
        reasons += _of_item(spot, targets.get(spot.item.pk), standing, course)
    try:
        carried = carry(standing.case, course)
    except SealingFailed:
        return Verdict([*reasons, reason("unreadable")])
    every = _each_once([*reasons, *carried.reasons])
    asked = to_ask(standing, targets, every, course) if course.asks_applicant else None
    if asked is not None:
        every = as_notes(every, asked)
    return Verdict(every, targets, carried, asked)


def _targets(standing: Standing, course: Course) -> tuple[dict[int, str], list[Reason]]:
    """Where each item goes on, and those of which nobody knows."""
    targets: dict[int, str] = {}
    reasons = []
    joins = dict(joins_of(standing, course.terrain))
    for spot in standing.spots:
        key, is_join = spot.item.node_key, spot.item.flow_task_type == JOIN
        to = joins.get(spot.item.pk) if is_join else course.step(key)
        if to is None:
            reasons.append(reason("join_gone" if is_join else "gone", step=key))
        else:
            targets[spot.item.pk] = to
    for spot in standing.spots:
        if spot.owner is not None and targets.get(spot.owner) == CANCELLED:
            targets[spot.item.pk] = CANCELLED  # what runs inside of a step ends with it
    return targets, reasons


def _of_item(spot: Spot, to: str | None, standing: Standing, course: Course) -> Iterator[Reason]:
    """What the step itself says, what the applicant does with it, and what else is to be known."""
    item = spot.item
    if item.pk in standing.answering:
        yield reason("answering", step=item.node_key)
    if to is None or item.flow_task_type == JOIN:
        return
    if to == CANCELLED:
        yield reason("cancelled", step=item.node_key)
        return
    step = course.flow.step(to)
    code = step.refuses(item, item.flow_task)
    if code:
        yield reason(code, step=item.node_key)
    if item.kind == WorkKind.APPLICANT:
        yield from _asked_of_applicant(item, course)
    yield from _notes(item, to, course)


def _asked_of_applicant(item: Any, course: Course) -> Iterator[Reason]:
    asked = item.data.get("fields") or item.process.data.get("correction", {}).get("fields", ())
    known, before = course.new.start_form.fields, course.old.start_form.fields
    yield from (reason("asked_gone", field=key) for key in asked if key in before and key not in known)


def _notes(item: Any, to: str, course: Course) -> Iterator[Reason]:
    match = matches(course.old, course.new).get(item.node_key)
    if to != item.node_key:
        yield reason("renamed", step=item.node_key, to=to)
    elif match is not None and match.changed:
        yield reason("changed", step=item.node_key, settings=" ".join(match.changed))
    if flow_of(course.old).decide_within != course.flow.decide_within:
        yield reason("decide_within")


def _each_once(reasons: list[Reason]) -> list[Reason]:
    found = {tuple(sorted(each.stored().items())): each for each in reasons}
    return list(found.values())
