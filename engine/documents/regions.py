"""Where documents may lie: each store has a region, each department may name those that it allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from engine.departments.models import Department
from engine.documents.models import Document
from engine.documents.storage import StoreAway


class RegionRefused(StoreAway):
    """The bytes may not be written there; a kind of StoreAway, so that whoever asked keeps everything."""

    def __init__(self, department: Department, store: str) -> None:
        allowed = ", ".join(department.document_regions)
        super().__init__(
            f"documents of {department.key} may lie in {allowed} only;"
            f" the store {store} lies in {region_of(store)}"
        )


@dataclass(frozen=True)
class Violation:
    """A department whose documents lie, or would lie, where they may not."""

    department: str
    store: str
    region: str
    documents: int

    def __str__(self) -> str:
        lie = f"{self.documents} documents lie" if self.documents else "documents would be written"
        return f"{self.department}: {lie} in the store {self.store} ({self.region}), which is not allowed."


def region_of(store: str) -> str:
    """The region that a store lies in."""
    return str(settings.DOCUMENT_STORES[store]["region"])


def may_lie(department: Department, store: str) -> bool:
    """Whether the department allows the region of the store."""
    return not department.document_regions or region_of(store) in department.document_regions


def store_to_write(department: Department) -> str:
    """The store that takes new documents of the department on this site; raises RegionRefused."""
    store = chosen_store(department)
    if not may_lie(department, store):
        raise RegionRefused(department, store)
    return store


def chosen_store(department: Department) -> str:
    """The department's own choice, or the one store that this site has."""
    return str(settings.DOCUMENTS_ONLY_TO or department.document_store)


def violations() -> Iterator[Violation]:
    """Every department whose store is not allowed, then every store in which documents lie that may not."""
    bound = {each.pk: each for each in Department.objects.all() if each.document_regions}
    for department in bound.values():
        store = chosen_store(department)
        if not may_lie(department, store):
            yield Violation(department.key, store, region_of(store), 0)
    rows = Document.objects.filter(department__in=bound).order_by("department", "store")
    for row in rows.values("department", "store").annotate(number=Count("pk")):
        department, store = bound[row["department"]], row["store"]
        if not may_lie(department, store):
            yield Violation(department.key, store, region_of(store), row["number"])
