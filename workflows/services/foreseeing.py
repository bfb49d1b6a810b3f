"""What would become of open cases and drafts if a package were published; nothing is changed.

The newest are looked at one by one, for as long as who asks may wait; the others are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from engine.departments.access import may, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.definition import ServicePackage
from workflows.models import Case, Draft, Service
from workflows.moving.answers import WHY
from workflows.moving.course import Course
from workflows.moving.judging import judge
from workflows.moving.reasons import Reason, class_of, reason
from workflows.moving.standing import Standing, standings
from workflows.selectors.versions import Version, version_of, version_to_be
from workflows.services.rebasing import rebased_to

MOST = 200  # cases, and as many drafts, are looked at
SECONDS = 1.2  # for the cases, and as long for the drafts
Words = tuple[tuple[str, str], ...]  # of a reason, so that it can be counted


@dataclass(frozen=True)
class Outlook:
    """What is open of one version: how much, and of what was looked at the classes and the reasons."""

    old: Version
    new: Version
    open: int
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[Words] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        """How many were looked at."""
        return self.kinds.total()

    def count(self, reasons: list[Reason]) -> None:
        """Add one that was looked at."""
        self.kinds[class_of(reasons)] += 1
        self.reasons.update({tuple(sorted(each.stored().items())) for each in reasons})

    def told(self) -> list[tuple[dict[str, str], int]]:
        """The reasons, each with how many it concerns, the most frequent first."""
        return [(dict(words), number) for words, number in self.reasons.most_common()]


def foreseen_cases(service: Service, package: ServicePackage, *, by: User) -> list[Outlook]:
    """The open cases by version: which could be moved by a plan that answers nothing, and why others not."""
    _require(by, service)
    cases = Case.objects.filter(service=service, finished=None)
    found = _outlooks(service, package, cases, "version")
    courses = {key: Course(each.old, each.new, {}) for key, each in found.items()}

    def look(standing: Standing) -> list[Reason]:
        return judge(standing, courses[standing.case.version_id]).reasons

    if found:
        newest = standings(cases.order_by("-pk")[:MOST])
        _look(newest, look, lambda standing: found[standing.case.version_id])
    return list(found.values())


def foreseen_drafts(service: Service, package: ServicePackage, *, by: User, language: str) -> list[Outlook]:
    """The open drafts by version: which would go on by themselves, and what others would be asked."""
    _require(by, service)
    drafts = open_drafts(service)
    found = _outlooks(service, package, drafts, "service_version")

    def look(draft: Draft) -> list[Reason]:
        new = found[draft.service_version_id].new
        rebased = rebased_to(new, draft, language)
        left = [reason(WHY[each.why], field=each.key) for each in rebased.left]
        return [*left, *(reason("asked", field=key) for key in sorted(rebased.missing))]

    if found:
        _look(drafts.order_by("-updated_at")[:MOST], look, lambda draft: found[draft.service_version_id])
    return list(found.values())


def open_drafts(service: Service) -> QuerySet[Draft]:
    """The drafts that follow a new version; the correction of a sent application stays with its case."""
    return Draft.objects.filter(
        service_version__service=service,
        submitted_case=None,
        work_item=None,
        expires_at__gt=timezone.now(),
    )


def _require(by: User, service: Service) -> None:
    """Who designs or publishes may know it."""
    if not may(by, Permission.DESIGN_SERVICE, service.department_id):
        require(by, Permission.PUBLISH_SERVICE, service.department_id)


def _outlooks(
    service: Service, package: ServicePackage, rows: QuerySet[Any], version: str
) -> dict[int, Outlook]:
    counted = rows.values_list(version).annotate(n=Count("pk")).order_by(f"-{version}")
    new = version_to_be(service, package)
    return {key: Outlook(version_of(key), new, number) for key, number in counted}


def _look(rows: Any, look: Callable[[Any], list[Reason]], outlook: Callable[[Any], Outlook]) -> None:
    for row in _in_time(rows):
        outlook(row).count(look(row))


def _in_time(rows: Any) -> Iterator[Any]:
    end = monotonic() + SECONDS
    for row in rows:
        yield row
        if monotonic() > end:
            return
