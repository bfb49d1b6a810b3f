"""The cases that belong together: the one that a case came from, and those that came from it."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.models import Case

MOST = 100


@dataclass(frozen=True)
class RelatedCase:
    """Another case: above this one or below it, and whether this case and it wait for each other."""

    reference: str
    service_title: str
    state: str
    place: Literal["above", "below"]
    waits: bool


def related_cases(user: User, case: Case, language: str) -> list[RelatedCase]:
    """The case above first, then those below in the order in which they were opened."""
    if not may(user, Permission.VIEW_CASE, case.department_id):
        return []
    around = Q(parent_id=case.pk) if case.parent_id is None else Q(parent_id=case.pk) | Q(pk=case.parent_id)
    found = Case.objects.filter(around, department_id=case.department_id)
    found = found.select_related("service").defer("service__working", "data").order_by("submitted_at", "pk")
    return [_related(case, other, language) for other in found[:MOST]]


def _related(case: Case, other: Case, language: str) -> RelatedCase:
    above = other.pk == case.parent_id
    waits = (case if above else other).awaited_by_id is not None
    return RelatedCase(
        other.reference,
        other.service.name(language),
        other.state,
        "above" if above else "below",
        waits,
    )
