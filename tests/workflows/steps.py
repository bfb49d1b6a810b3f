"""Steps of a workflow for tests, written briefly, and what the tests ask about a case."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from workflows.deadlines import fire_deadline
from workflows.models import Case, Deadline, WorkItem


def task(key: str, next_: str = "", **outcomes: str) -> dict[str, Any]:
    """A step of a clerk with one way on, or with outcomes."""
    step: dict[str, Any] = {"key": key, "type": "user_task", "title": key.capitalize(), "role": "clerk"}
    if next_:
        return {**step, "next": next_}
    listed = [{"key": name, "label": name, "next": to} for name, to in outcomes.items()]
    return {**step, "outcomes": listed}


def start(next_: str) -> dict[str, Any]:
    """Where a case begins."""
    return {"key": "applied", "type": "start", "form": "application", "next": next_}


def end(key: str, outcome: str = "") -> dict[str, Any]:
    """An end of the case, or without an outcome of a path."""
    return {"key": key, "type": "end", **({"outcome": outcome} if outcome else {})}


def parallel(key: str, *to: str) -> dict[str, Any]:
    """All ways at the same time."""
    return {"key": key, "type": "parallel", "branches": [{"to": each} for each in to]}


def join(key: str, next_: str, **more: Any) -> dict[str, Any]:
    """Where ways come together."""
    return {"key": key, "type": "join", "next": next_, **more}


def pause(key: str, next_: str, days: int = 1) -> dict[str, Any]:
    """A wait."""
    return {"key": key, "type": "wait", "for": {"days": days}, "next": next_}


def open_steps(case: Case) -> list[str]:
    """Where the case is, joins left out."""
    found = WorkItem.objects.filter(process=case, finished=None).exclude(flow_task_type="JOIN")
    return sorted(found.values_list("node_key", flat=True))


def visits(case: Case, key: str) -> list[str]:
    """The status of every visit of a step."""
    found = WorkItem.objects.filter(process=case, node_key=key).order_by("pk")
    return list(found.values_list("status", flat=True))


def let_pass(case: Case, node_key: str) -> bool:
    """Let the time of a wait or a deadline be over; False when it had nothing to do.

    Of several the one that still runs; without one that runs the last, which then comes late.
    """
    found = Deadline.objects.filter(case=case, node_key=node_key)
    running = found.filter(fired_at=None, cancelled_at=None).first()
    deadline = running or found.latest("pk")
    Deadline.objects.filter(pk=deadline.pk).update(due_at=now() - timedelta(seconds=1))
    return fire_deadline(deadline.pk)


class Killed(BaseException):
    """A worker is killed in the middle: no code of ours catches that."""
