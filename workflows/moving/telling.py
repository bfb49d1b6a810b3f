"""Plans to move open cases to another version, for who administers the department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.advancing import CLOSED
from workflows.models import Case, CaseClass, CaseFate, CaseMove, Service, VersionMove, WorkItem
from workflows.moving.matching import Match, matches
from workflows.selectors.versions import Version, version_of

ON_A_PAGE = 25
MOST_PLANS = 100


@dataclass(frozen=True)
class StepLine:
    """A step of the old version: how much is open there, and where it goes on."""

    key: str
    title: str
    open_items: int
    match: Match
    to: str | None  # what the plan says; None where nobody has said
    choices: list[tuple[str, str]]

    @property
    def asks(self) -> bool:
        """Whether the administrator is asked."""
        return self.match.how != "same"

    @property
    def proposed(self) -> str | None:
        """What is chosen at first."""
        return self.to if self.to is not None else (self.match.to or None)


@dataclass(frozen=True)
class Figures:
    """How many cases there are, by class and by what has become of them."""

    still_open: int = 0
    seen: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    fates: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MoveView:
    """All that is told of one plan."""

    move: VersionMove
    old: Version
    new: Version
    steps: list[StepLine]
    figures: Figures


def moves_of(user: User, service: Service) -> QuerySet[VersionMove]:
    """The plans of a service, newest first."""
    require(user, Permission.ADMINISTER_DEPARTMENT, service.department_id)
    return service.moves.select_related("source", "target", "by").order_by("-at", "-pk")


def versions_with_cases(user: User, service: Service) -> list[tuple[int, int]]:
    """The numbers of the versions, newest first, each with its open cases."""
    require(user, Permission.ADMINISTER_DEPARTMENT, service.department_id)
    cases = Case.objects.filter(service=service, finished=None).values("version__number")
    counts = {row["version__number"]: row["n"] for row in cases.annotate(n=Count("pk"))}
    numbers = service.versions.order_by("-number").values_list("number", flat=True)
    return [(number, counts.get(number, 0)) for number in numbers]


def newest_plans(user: User, service: Service) -> list[tuple[VersionMove, Counter[str]]]:
    """For each older version the newest plan to what is live, with how many cases are in which class."""
    plans = moves_of(user, service).filter(target=service.current_id)
    newest = {move.source_id: move for move in reversed(plans[:MOST_PLANS])}
    kinds: dict[int, Counter[str]] = {move.pk: Counter() for move in newest.values()}
    rows = CaseMove.objects.filter(move__in=kinds).values_list("move", "kind").annotate(n=Count("pk"))
    for key, kind, number in rows:
        kinds[key][kind] = number
    return [(move, kinds[move.pk]) for move in newest.values()]


def find_move(user: User, service: Service, move_id: int) -> VersionMove | None:
    """A plan of a service."""
    return moves_of(user, service).select_related("department").filter(pk=move_id).first()


def move_view(user: User, move: VersionMove, language: str) -> MoveView:
    """A plan with its steps and figures."""
    require(user, Permission.ADMINISTER_DEPARTMENT, move.department_id)
    old, new = version_of(move.source_id), version_of(move.target_id)
    return MoveView(move, old, new, _steps(move, old, new, language), _figures(move))


def _steps(move: VersionMove, old: Version, new: Version, language: str) -> list[StepLine]:
    items = WorkItem.objects.filter(process__version=move.source_id, process__finished=None)
    counts = dict(
        items.exclude(status__in=CLOSED)
        .values("node_key")
        .annotate(n=Count("pk"))
        .values_list("node_key", "n")
    )
    return [
        StepLine(
            key,
            title_of(old, key, language),
            counts.get(key, 0),
            match,
            move.steps.get(key),
            [(to, title_of(new, to, language)) for to in match.choices],
        )
        for key, match in matches(old, new).items()
    ]


def title_of(version: Version, key: str, language: str) -> str:
    """What a step of a version is called."""
    options = version.node(key)
    return (options.title.in_(language) if options else "") or key


def _figures(move: VersionMove) -> Figures:
    kinds: Counter[str] = Counter()
    fates: Counter[str] = Counter()
    rows = CaseMove.objects.filter(move=move).values_list("kind", "fate").annotate(n=Count("pk"))
    for kind, fate, number in rows:
        kinds[kind] += number
        fates[fate] += number
    still = Case.objects.filter(version=move.source_id, finished=None).count()
    return Figures(still, sum(kinds.values()), kinds, fates)


@dataclass(frozen=True)
class CaseLines:
    """Some cases of a plan, and where the next begin."""

    rows: list[CaseMove]
    next_place: int | None


def cases_of_move(
    user: User, move: VersionMove, *, kind: str = "", fate: str = "", after: int = 0
) -> CaseLines:
    """The cases of a plan in the order of their keys, of one class or fate; a page at a time."""
    require(user, Permission.ADMINISTER_DEPARTMENT, move.department_id)
    found = CaseMove.objects.filter(move=move, case__gt=after).select_related("case").order_by("case")
    if kind in CaseClass.values:
        found = found.filter(kind=kind)
    if fate in CaseFate.values:
        found = found.filter(fate=fate)
    rows = list(found.defer("before", "case__data")[: ON_A_PAGE + 1])
    shown = rows[:ON_A_PAGE]
    return CaseLines(shown, shown[-1].case_id if len(rows) > ON_A_PAGE else None)
