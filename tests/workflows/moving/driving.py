"""Driving any case on, whatever it waits for: staff decide, applicants answer, messages come, jobs run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.departments.models import User
from workflows.called_cases import settle
from workflows.catching import CatchActivation
from workflows.health import unresolvable_cases
from workflows.jobs import rehearse_job
from workflows.models import Case, WorkItem, WorkKind
from workflows.person import Correction
from workflows.voting.activations import ROUND

Job = Callable[[int], str]
WAITS_FOR_OTHERS = ("JOIN", "OWNER")
MOST = 60


def driven(case: Case, people: Sequence[User], steps: int = MOST) -> Case:
    """The case after so many steps, or at its end."""
    for _ in range(steps):
        if not step(case, people):
            break
    return Case.objects.get(pk=case.pk)


def step(case: Case, people: Sequence[User], job: Job = rehearse_job) -> bool:
    """Do the first thing that can be done; False where there is nothing."""
    waiting = WorkItem.objects.filter(process=case, finished=None).exclude(kind=WorkKind.AFTER)
    for item in waiting.exclude(flow_task_type__in=WAITS_FOR_OTHERS).order_by("pk"):
        if act(item, people, job):
            return True
    return False


def act(item: Any, people: Sequence[User], job: Job = rehearse_job) -> bool:
    """Do what this item waits for; False where others have to do something first."""
    if item.flow_task_type == "CALL":
        return _called(item, people)
    if item.kind == WorkKind.SYSTEM:
        WorkItem.objects.filter(pk=item.pk, status="SCHEDULED").update(wake_at=None)
        return job(item.pk) != "stale"
    with item.activation() as activation:
        return _by_hand(activation, activation.task, people)


def _by_hand(activation: Any, item: Any, people: Sequence[User]) -> bool:
    if isinstance(activation, CatchActivation):
        activation.come()
    elif activation.flow_task.outside_choices:
        choices = activation.flow_task.outside_choices
        activation.flow_task.answer_outside(activation, choices[0].key, "Yes")
    elif item.flow_task_type == "STATE":
        choices = activation.flow_task.choices
        on = next((each for each in choices.values() if each.next != item.node_key), None)
        if on is None:
            return False
        by = item.process.applicant if item.kind == WorkKind.APPLICANT else people[0]
        activation.act(by, on, "Because", {}, Correction())
    elif item.kind == WorkKind.APPLICANT:
        activation.answer(item.process.applicant, item.process.answers)
    else:
        by = people[item.data["seat"] if ROUND in item.data else 0]
        activation.decide(item.owner or by, next(iter(activation.flow_task.choices)), reason="Because")
    return True


def _called(item: Any, people: Sequence[User]) -> bool:
    child = Case.objects.filter(awaited_by=item.pk).first()
    if child is None:
        return False
    return settle(item.pk) if driven(child, people).finished is not None else False


def has_ended(case: Case) -> bool:
    """Whether the case came to an end with nothing left open, and nothing of it is lost."""
    left = WorkItem.objects.filter(process=case, finished=None).exclude(kind=WorkKind.AFTER)
    return case.finished is not None and not left.exists() and unresolvable_cases() == []
