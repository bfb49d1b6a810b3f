"""The list that somebody came from: its view and filters travel with the address of a case."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from workflows.selectors.queue_filters import VIEWS, QueueFilters, View

FILTERS = ("department", "service", "step", "due", "assigned", "flag", "reference")
POSTED = "_list"
LONGEST = 2000
MOST = 60


@dataclass(frozen=True)
class CameFrom:
    """A view with its filters; without a view the case was opened by itself."""

    view: View | None
    filters: QueueFilters
    query: str

    @classmethod
    def read(cls, data: QueryDict) -> CameFrom:
        """What an address says; what is not understood is left out."""
        view = next((known for known in VIEWS if known == data.get("view")), None)
        kept = [
            (name, value)
            for name in FILTERS
            for value in data.getlist(name)
            if len(value) <= 80 and value.isprintable()
        ][:MOST]
        filters = QueueFilters.read({name: data.getlist(name) for name in FILTERS})
        if view is None:
            return cls(None, filters, "")
        return cls(view, filters, urlencode([("view", view), *kept]))

    @classmethod
    def of(cls, request: HttpRequest) -> CameFrom:
        """The list in the address of a page, or in a posted form."""
        if request.method == "POST":
            return cls.read(QueryDict(request.POST.get(POSTED, "")[:LONGEST]))
        return cls.read(request.GET)

    @property
    def queue_address(self) -> str:
        """Back to the list."""
        return self._with(reverse("clerk:queue"))

    def case_address(self, reference: str) -> str:
        """A case, opened from this list."""
        return self._with(reverse("clerk:case", args=[reference]))

    def as_query(self) -> QueryDict:
        """The parameters of this list, to be changed freely."""
        return QueryDict(self.query, mutable=True)

    def _with(self, path: str) -> str:
        return f"{path}?{self.query}" if self.query else path
