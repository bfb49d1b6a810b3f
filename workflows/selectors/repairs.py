"""What waits for an administrator: steps that have failed, and open cases that nothing moves any more.

Rows are read without their workflow, so that a case whose definition is missing is shown like any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from viewflow.workflow import STATUS

from engine.departments.access import departments_with
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.health import unresolvable_cases
from workflows.models import Case, CaseState, WorkItem
from workflows.selectors.versions import version_of

MOST = 100
Stuck = Literal["no_definition", "nothing_open"]


@dataclass(frozen=True)
class FailedStep:
    """A background step that has failed for good."""

    item_id: int
    reference: str
    step: str
    error: str
    attempts: int
    at: datetime | None
    time_zone: str


@dataclass(frozen=True)
class StuckCase:
    """An open case that nothing moves any more, and why."""

    reference: str
    why: Stuck
    since: datetime
    time_zone: str


def failed_steps(user: User, language: str) -> list[FailedStep]:
    """The failed steps of the departments that the person administers, the oldest first."""
    found = WorkItem.objects.filter(department__in=_administered(user), status=STATUS.ERROR).order_by(
        "created"
    )
    rows = found.values(
        "pk",
        "node_key",
        "data",
        "attempts",
        "process__reference",
        "process__version_id",
        "department__time_zone",
    )
    return [_failed(row, language) for row in rows[:MOST]]


def stuck_cases(user: User) -> list[StuckCase]:
    """Open cases of these departments whose workflow is missing, or on which nothing is open."""
    cases = Case.objects.filter(department__in=_administered(user), finished=None)
    missing = unresolvable_cases()
    as_text = cases.annotate(flow_text=Cast("flow_class", TextField()))
    lost_step = WorkItem.objects.annotate(step_text=Cast("flow_task", TextField())).filter(
        process=OuterRef("pk"), finished=None, step_text__in=missing
    )
    lost = as_text.filter(flow_text__in=missing) | as_text.filter(Exists(lost_step))
    still = WorkItem.objects.filter(process=OuterRef("pk"), finished=None)
    nothing = cases.filter(~Exists(still))
    found = {case.reference: case for case in _lines(lost, "no_definition") if missing}
    return list({**{case.reference: case for case in _lines(nothing, "nothing_open")}, **found}.values())


def cannot_go_on(case: Case) -> bool:
    """Whether a case ended because it could not be completed, waits for a repair, or has nothing open."""
    if case.finished is not None:
        return case.state == CaseState.FAILED
    items = WorkItem.objects.filter(process=case, finished=None)
    return items.filter(status=STATUS.ERROR).exists() or not items.exists()


def _administered(user: User) -> Iterable[int]:
    return departments_with(user, Permission.ADMINISTER_DEPARTMENT)


def _lines(cases: QuerySet[Case], why: Stuck) -> list[StuckCase]:
    rows = cases.order_by("submitted_at").values_list("reference", "submitted_at", "department__time_zone")
    return [StuckCase(reference, why, since, zone) for reference, since, zone in rows[:MOST]]


def _failed(row: dict[str, Any], language: str) -> FailedStep:
    options = version_of(row["process__version_id"]).node(row["node_key"])
    title = options.title.in_(language) if options else ""
    return FailedStep(
        item_id=row["pk"],
        reference=row["process__reference"],
        step=title or row["node_key"],
        error=str(row["data"].get("error", "")),
        attempts=row["attempts"],
        at=parse_datetime(str(row["data"].get("failed_at", ""))),
        time_zone=row["department__time_zone"],
    )
