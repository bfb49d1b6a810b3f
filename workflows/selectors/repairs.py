"""What waits for an administrator: steps that have failed, and open cases that nothing moves any more.

Rows are read without their workflow, so that a case whose definition is missing is shown like any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from viewflow.workflow import STATUS

from engine.departments.access import departments_with
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.firing import failing_deadlines
from workflows.health import unresolvable_cases
from workflows.models import Case, CaseState, WorkItem, WorkKind
from workflows.roles import nobody_holds
from workflows.selectors.versions import version_of

MOST = 100
Stuck = Literal["no_definition", "nothing_open", "deadline", "ended_failed", "nobody", "no_key", "unread"]
NO_KEY = "no_key"  # what a step that waits for a message notes where nothing says which one is meant


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
    about: str = ""  # the role that nobody has, or the code of what was wrong with a message


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
    """The cases of these departments that somebody has to look at, each once, with what is worst first."""
    own = list(_administered(user))
    if not own:
        return []
    found = [*_standing_still(own), *_late(own), *_unheard(own), *_waiting_for_nobody(own), *_ended(own)]
    by_reference: dict[str, StuckCase] = {}
    for line in found:
        by_reference.setdefault(line.reference, line)
    return list(by_reference.values())


def _standing_still(own: list[int]) -> Iterator[StuckCase]:
    """Open cases whose workflow is missing, or on which nothing is open."""
    cases = Case.objects.filter(department__in=own, finished=None)
    missing = unresolvable_cases()
    as_text = cases.annotate(flow_text=Cast("flow_class", TextField()))
    lost_step = WorkItem.objects.annotate(step_text=Cast("flow_task", TextField())).filter(
        process=OuterRef("pk"), finished=None, step_text__in=missing
    )
    lost = as_text.filter(flow_text__in=missing) | as_text.filter(Exists(lost_step))
    still = WorkItem.objects.filter(process=OuterRef("pk"), finished=None)
    nothing = cases.filter(~Exists(still))
    yield from _lines(lost, "no_definition") if missing else ()
    yield from _lines(nothing, "nothing_open")


def _late(own: list[int]) -> list[StuckCase]:
    """Cases with a deadline that fails again and again."""
    late = failing_deadlines().filter(case=OuterRef("pk"))
    return _lines(Case.objects.filter(Exists(late), department__in=own, finished=None), "deadline")


def _ended(own: list[int]) -> list[StuckCase]:
    """Cases that ended because they could not be completed, until somebody archives them."""
    failed = Case.objects.filter(department__in=own, state=CaseState.FAILED, archived_at=None)
    return _lines(failed.exclude(finished=None), "ended_failed")


def _unheard(own: list[int]) -> Iterator[StuckCase]:
    """Cases that wait for a message which did not fit, or that nothing could be told by."""
    waiting = WorkItem.objects.filter(department__in=own, kind=WorkKind.EVENT, process__finished=None)
    for row in _work(waiting.filter(status=STATUS.NEW, data__has_key="error")):
        code = str(row["data__error"])
        yield _line(row, "no_key" if code == NO_KEY else "unread", code)


def _waiting_for_nobody(own: list[int]) -> Iterator[StuckCase]:
    """Cases whose work is open for roles that nobody in the department has."""
    waiting = WorkItem.objects.filter(department__in=own, kind=WorkKind.PERSON, status=STATUS.NEW)
    asked = waiting.order_by().values_list("department", "role", "other_roles").distinct()
    by_department: dict[int, set[tuple[str, ...]]] = {}
    for department, role, others in asked:
        by_department.setdefault(department, set()).add((role, *others))
    for department in Department.objects.filter(pk__in=by_department):
        combinations = by_department[department.pk]
        vacant = set(nobody_holds({role for roles in combinations for role in roles}, department))
        for role, *others in sorted(roles for roles in combinations if vacant.issuperset(roles)):
            stuck = waiting.filter(department=department, role=role, other_roles=others)
            yield from (_line(row, "nobody", role) for row in _work(stuck))


def _work(items: QuerySet[WorkItem]) -> Iterable[dict[str, Any]]:
    columns = ("process__reference", "created", "department__time_zone", "data__error")
    return items.order_by("created").values(*columns)[:MOST]


def _line(row: dict[str, Any], why: Stuck, about: str) -> StuckCase:
    return StuckCase(row["process__reference"], why, row["created"], row["department__time_zone"], about)


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
