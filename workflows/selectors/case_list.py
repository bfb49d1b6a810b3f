"""The cases of the departments in which a person may see them, newest first, page by page.

Each pair of department and state is read by its own index (department, state, newest first), no further than
one page: a plain `IN` would sort all cases that a department ever had.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from engine.departments.access import departments_with
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.models import Case, CaseState, Service
from workflows.selectors.queue_filters import EPOCH
from workflows.selectors.rights import may_read_personal_data
from workflows.selectors.versions import package_of

PLACE = re.compile(r"([0-9]{1,17})\.([0-9]{1,18})")
WHOLE = re.compile(r"[A-Z][A-Z0-9]{0,11}-[0-9]{4}-[0-9]{1,12}(?:-[0-9]{1,4}){0,5}")
NUMBER = re.compile(r"[0-9]{1,6}")
YEARS = 3


@dataclass(frozen=True)
class CasePlace:
    """A case's place in the list: by the moment it was sent, then by its key."""

    at: datetime
    case_id: int

    def __str__(self) -> str:
        since = self.at - EPOCH
        return f"{(since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds}.{self.case_id}"

    @classmethod
    def read(cls, text: str | None) -> "CasePlace | None":
        """The place that a link carries; None for anything else, which shows the first page."""
        found = PLACE.fullmatch(text or "")
        if found is None:
            return None
        try:
            return cls(EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))
        except OverflowError:
            return None


@dataclass(frozen=True)
class CaseLine:
    """One line of the list; the applicant is named to who may read personal data."""

    reference: str
    applicant: str
    summary: str
    service_title: str
    state: str
    submitted_at: datetime
    finished_at: datetime | None
    time_zone: str


@dataclass(frozen=True)
class CasePage:
    """One page of the list; the places are None where it ends."""

    lines: list[CaseLine]
    next_place: CasePlace | None
    previous_place: CasePlace | None
    departments: list[Department]


def case_list(
    user: User,
    *,
    state: str = "",
    archived: bool = False,
    after: CasePlace | None = None,
    before: CasePlace | None = None,
    limit: int = 25,
    language: str = "en",
) -> CasePage:
    """One page of the cases in one state, or in all, or of the archive; empty for who may see none."""
    departments = list(Department.objects.filter(pk__in=departments_with(user, Permission.VIEW_CASE)))
    if not departments:
        return CasePage([], None, None, [])
    place, backwards = before or after, before is not None
    states = [state] if state in CaseState.values else CaseState.values
    arms = [_arm(d.pk, known, place, backwards, limit, archived) for d in departments for known in states]
    both = arms[0] if len(arms) == 1 else _in_order(arms[0].union(*arms[1:], all=True), backwards)
    keys: list[int] = [row["pk"] for row in both[: limit + 1]]
    more, keys = len(keys) > limit, keys[:limit]
    cases = _cases(keys[::-1] if backwards else keys)
    places = [CasePlace(case.submitted_at, case.pk) for case in cases]
    return CasePage(
        [_line(user, case, language) for case in cases],
        places[-1] if places and (more or backwards) else None,
        places[0] if places and (more if backwards else after is not None) else None,
        departments,
    )


def references_like(user: User, text: str) -> list[str]:
    """The cases that somebody means by a reference or by its number alone, in their departments."""
    wanted = text.strip().upper()
    if WHOLE.fullmatch(wanted):
        candidates = [wanted]
    elif NUMBER.fullmatch(wanted):
        candidates = list(_numbered(user, int(wanted)))
    else:
        return []
    seen = Case.objects.filter(
        reference__in=candidates, department_id__in=departments_with(user, Permission.VIEW_CASE)
    )
    return list(seen.order_by("-submitted_at").values_list("reference", flat=True))


def _numbered(user: User, number: int) -> Iterator[str]:
    """The references with this number that the services of these departments can have given lately."""
    services = Service.objects.filter(department_id__in=departments_with(user, Permission.VIEW_CASE))
    versions = services.exclude(current=None).values_list("current_id", flat=True)
    prefixes = {package_of(version).reference_prefix for version in versions if version}
    this_year = timezone.now().year
    for prefix in sorted(prefixes):
        for year in range(this_year, this_year - YEARS, -1):
            yield f"{prefix}-{year}-{number:06d}"


def _arm(
    department_id: int, state: str, place: CasePlace | None, backwards: bool, limit: int, archived: bool
) -> Any:
    found = Case.objects.filter(department_id=department_id, state=state, archived_at__isnull=not archived)
    if place is not None:
        found = found.filter(_beyond(place, backwards))
    return _in_order(found.only("pk", "submitted_at"), backwards).values("pk", "submitted_at")[: limit + 1]


def _beyond(place: CasePlace, backwards: bool) -> Q:
    if backwards:
        return Q(submitted_at__gte=place.at) & (Q(submitted_at__gt=place.at) | Q(pk__gt=place.case_id))
    return Q(submitted_at__lte=place.at) & (Q(submitted_at__lt=place.at) | Q(pk__lt=place.case_id))


def _in_order(found: Any, backwards: bool) -> Any:
    return found.order_by("submitted_at", "pk") if backwards else found.order_by("-submitted_at", "-pk")


def _cases(keys: list[int]) -> list[Any]:
    related: QuerySet[Case] = Case.objects.select_related("service", "department", "applicant")
    found = related.defer("service__working", "data").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _line(user: User, case: Any, language: str) -> CaseLine:
    named = may_read_personal_data(user, case.department_id)
    return CaseLine(
        case.reference,
        case.applicant.get_full_name() if named else "",
        case.summaries.get(language, case.summary),
        case.service.name(language),
        case.state,
        case.submitted_at,
        case.finished,
        case.department.time_zone,
    )
