"""Counting votes: what they decide does not depend on the order in which they come.

The result is a function of all votes. It stands as soon as no vote that is still missing can change it:
- approved, when the approvals are enough even if all others refuse;
- refused, when the refusals alone are too many, even if all others approve;
- returned, when neither can happen any more: some voted to return the case, and that tipped the scale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Vote = Literal["approve", "reject", "return"]
APPROVE: Vote = "approve"
REJECT: Vote = "reject"
RETURN: Vote = "return"


@dataclass(frozen=True)
class Ballot:
    """One seat: its weight, whether it holds a veto, and what was voted there so far."""

    weight: int = 1
    veto: bool = False
    vote: Vote | None = None


class Rule(Protocol):
    """How many approvals are enough; more of them are never less."""

    def enough(self, approving: Sequence[Ballot], every: Sequence[Ballot]) -> bool:
        """Whether these approvals are enough."""


def counted(rule: Rule, ballots: Sequence[Ballot]) -> Vote | None:
    """What is decided; None while a missing vote can still change it."""
    if _passes(rule, ballots, {APPROVE}):
        return APPROVE
    if not _passes(rule, ballots, {APPROVE, RETURN, None}):
        return REJECT
    may_be_approved = _passes(rule, ballots, {APPROVE, None})
    may_be_refused = not _passes(rule, ballots, {APPROVE, RETURN})
    return None if may_be_approved or may_be_refused else RETURN


def weight_of(ballots: Iterable[Ballot]) -> int:
    """What these votes weigh together."""
    return sum(ballot.weight for ballot in ballots)


def _passes(rule: Rule, ballots: Sequence[Ballot], votes: Collection[Vote | None]) -> bool:
    """Whether it is approved if those who voted so (None: not yet) approve, and all others do not."""
    approving = [ballot for ballot in ballots if ballot.vote in votes]
    vetoed = any(ballot.veto and ballot.vote not in votes for ballot in ballots)
    return not vetoed and rule.enough(approving, ballots)
