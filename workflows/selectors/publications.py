"""Who approved or refused what is to be published, and how many approvals are missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.definition import fingerprint
from workflows.models import PublicationVote, Service


@dataclass(frozen=True)
class Approvals:
    """The words that count for the package as it is now; `void` are those that a change took away."""

    needed: int
    votes: list[PublicationVote]
    void: int

    @property
    def given(self) -> int:
        """How many approve."""
        return sum(vote.approved for vote in self.votes)

    @property
    def enough(self) -> bool:
        """Whether it may be published: enough approve, and nobody refuses."""
        return not self.needed or (self.given >= self.needed and self.given == len(self.votes))


def approvals_of(service: Service, *, since: datetime | None = None) -> Approvals:
    """What was said of the package that would be published now; void words are counted from `since` on."""
    found = service.publication_votes.filter(version=None).select_related("by").order_by("at")
    now = fingerprint(service.working) if service.working is not None else ""
    return Approvals(
        needed=service.department.publication_approvals,
        votes=list(found.filter(void_at=None, sha256=now)),
        void=found.filter(void_at__gt=since).count() if since else 0,
    )
