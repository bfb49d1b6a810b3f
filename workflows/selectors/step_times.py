"""How long cases wait and are worked on at each step, over all cases of a service, by the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Case, Count, DurationField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from viewflow.workflow import STATUS

from engine.departments.access import AccessRefused, departments_with
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Service, WorkItem, WorkKind
from workflows.step import OPEN

RIGHTS = (Permission.ASSIGN_CASE, Permission.ADMINISTER_DEPARTMENT)
HALF, NINE_IN_TEN = 0.5, 0.9


@dataclass(frozen=True)
class Spread:
    """How long something took: half of all at most this, nine in ten at most that."""

    half: timedelta
    nine_in_ten: timedelta


@dataclass(frozen=True)
class StepTimes:
    """The times of one step: how often it was done, how many cases are at it now, and how long it took."""

    key: str
    done: int
    open_now: int
    waiting: Spread | None
    working: Spread | None
    total: Spread | None


class Percentile(Aggregate):
    """The value below which a part of all values lies, between two of them if need be."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=fraction, output_field=DurationField(), **extra)


def timed_departments(user: User) -> frozenset[int]:
    """The departments whose times the person may see: those that they supervise or administer."""
    return frozenset().union(*(departments_with(user, right) for right in RIGHTS))


def timed_services(user: User) -> QuerySet[Service]:
    """The services with cases whose times the person may see."""
    found = Service.objects.filter(department__in=timed_departments(user), current__isnull=False)
    return found.select_related("department", "current").defer("working").order_by("department__key", "key")


def step_times(user: User, service: Service, since: datetime, until: datetime) -> dict[str, StepTimes]:
    """The times of every step that was ended between two moments, or at which cases are now; one query."""
    if service.department_id not in timed_departments(user):
        raise AccessRefused(RIGHTS[0], service.department_id)
    ended = Q(status=STATUS.DONE, finished__gte=since, finished__lt=until)
    items = WorkItem.objects.filter(ended | Q(status__in=OPEN), service=service)
    rows = items.values("node_key").annotate(
        done=Count("pk", filter=ended), open_now=Count("pk", filter=Q(status__in=OPEN)), **_percentiles(ended)
    )
    return {row["node_key"]: _times(row) for row in rows}


def _percentiles(ended: Q) -> dict[str, Any]:
    whole = F("finished") - F("created")
    nothing = Value(None, output_field=DurationField())
    waited = Coalesce(F("assigned"), F("finished")) - F("created")
    by_staff, by_machine = Q(kind=WorkKind.PERSON), Q(kind=WorkKind.SYSTEM)
    spans = {
        "waiting": Case(When(by_staff, then=waited), When(by_machine, then=nothing), default=whole),
        "working": Case(
            When(by_staff & Q(assigned__isnull=False), then=F("finished") - F("assigned")),
            When(by_machine, then=whole),
            default=nothing,
        ),
        "total": whole,
    }
    return {
        f"{name}_{word}": Percentile(span, fraction, filter=ended)
        for name, span in spans.items()
        for word, fraction in (("half", HALF), ("nine", NINE_IN_TEN))
    }


def _times(row: Mapping[str, Any]) -> StepTimes:
    spreads = {name: _spread(row, name) for name in ("waiting", "working", "total")}
    return StepTimes(row["node_key"], row["done"], row["open_now"], **spreads)


def _spread(row: Mapping[str, Any], name: str) -> Spread | None:
    half, nine = row[f"{name}_half"], row[f"{name}_nine"]
    return None if half is None else Spread(half, nine)
