"""How a department writes down who votes and how the votes are counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from engine.core.hints import ui
from workflows.parts import Address, Part, RuleText, StaffRole
from workflows.voting.counting import Ballot, weight_of

MOST_SEATS = 30


class Voter(Part):
    """People of a role, one person by name, or the manager of who applied."""

    role: StaffRole | None = Field(default=None, description="By default the role of the step.")
    person: Address | None = Field(default=None, description="The e-mail address of one member of staff.")
    manager_of: Literal["applicant"] | None = None
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)] | Literal["everyone"] = 1
    weight: int = Field(default=1, ge=1, le=1000)
    veto: bool = Field(default=False, description="Without this vote for it nothing is approved.")

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.person is not None and self.manager_of is not None:
            raise ValueError("Name one person or the manager, not both.")
        if self.by_name and self.seats != 1:
            raise ValueError("One person has one vote; only a role has several.")
        return self

    @property
    def by_name(self) -> bool:
        """Whether one certain person is meant."""
        return self.person is not None or self.manager_of is not None


class All(Part):
    """Everybody must approve."""

    type: Literal["all"]

    def enough(self, approving: Sequence[Ballot], every: Sequence[Ballot]) -> bool:
        """Whether these approvals are enough."""
        return len(approving) == len(every)


class AnyOf(Part):
    """One approval is enough."""

    type: Literal["any"]

    def enough(self, approving: Sequence[Ballot], every: Sequence[Ballot]) -> bool:
        """Whether these approvals are enough."""
        return len(approving) > 0


class Count(Part):
    """A number of them must approve."""

    type: Literal["n_of_m"]
    needed: int = Field(ge=1, le=MOST_SEATS)

    def enough(self, approving: Sequence[Ballot], every: Sequence[Ballot]) -> bool:
        """Whether these approvals are enough."""
        return len(approving) >= self.needed


class Weighted(Part):
    """The votes for it must weigh enough."""

    type: Literal["weighted"]
    needed: int = Field(ge=1, le=MOST_SEATS * 1000)

    def enough(self, approving: Sequence[Ballot], every: Sequence[Ballot]) -> bool:
        """Whether these approvals are enough."""
        return weight_of(approving) >= self.needed


class Veto(Part):
    """A number must approve, and whoever holds a veto must be among them."""

    type: Literal["veto"]
    needed: int = Field(default=1, ge=1, le=MOST_SEATS)

    def enough(self, approving: Sequence[Ballot], every: Sequence[Ballot]) -> bool:
        """Whether these approvals are enough; the vetoes are looked at for every rule."""
        return len(approving) >= self.needed


FlatRule = Annotated[All | AnyOf | Count | Weighted | Veto, Field(discriminator="type")]
ONE_IS_ENOUGH = AnyOf(type="any")


class Level(Part):
    """One level of approval, and the amount above which it is asked."""

    above: Decimal | None = Field(
        default=None, ge=0, max_digits=18, description="Without an amount this level is always asked."
    )
    who: list[Voter] = Field(default_factory=list, max_length=MOST_SEATS)
    rule: FlatRule = ONE_IS_ENOUGH

    @model_validator(mode="after")
    def _can_be_given(self) -> Self:
        refuse_impossible(self.rule, self.who)
        return self


class Levels(Part):
    """One level after the other, as many as the amount asks for."""

    type: Literal["levels"]
    amount: RuleText = Field(
        description="The amount that decides how many levels are asked.",
        json_schema_extra=ui("rule", gives="number"),
    )
    levels: list[Level] = Field(min_length=1, max_length=10)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        amounts = [level.above for level in self.levels]
        if amounts[0] is not None:
            raise ValueError("The first level is always asked, so it names no amount (above).")
        rising = [-1 if amount is None else amount for amount in amounts]
        if rising != sorted(rising):
            raise ValueError("The amounts of the levels must rise.")
        return self


VotingRule = Annotated[All | AnyOf | Count | Weighted | Veto | Levels, Field(discriminator="type")]


def refuse_impossible(rule: FlatRule, who: Sequence[Voter]) -> None:
    """Refuse a rule that no votes of these people could ever fulfil."""
    if any(voter.seats == "everyone" for voter in who):
        return  # how many there are is known when they vote; missing ones are made up for
    every = [Ballot(voter.weight, voter.veto) for voter in who or [Voter()] for _ in range(int(voter.seats))]
    if len(every) > MOST_SEATS:
        raise ValueError(f"At most {MOST_SEATS} people can vote.")
    if not rule.enough(every, every):
        raise ValueError("Even if everybody approves, these votes are not enough for the rule.")
    if isinstance(rule, Veto) and not any(ballot.veto for ballot in every):
        raise ValueError("Say who holds the veto (veto: true).")


def levels_of(rule: FlatRule | Levels | None, who: Sequence[Voter]) -> list[Level]:
    """Any rule as levels; one without levels has a single one."""
    if isinstance(rule, Levels):
        return rule.levels
    return [Level.model_construct(above=None, who=list(who), rule=rule or ONE_IS_ENOUGH)]


def asked_levels(levels: Sequence[Level], amount: Decimal | None) -> list[int]:
    """Which levels are asked for this amount; for an unknown one all are."""
    return [
        number
        for number, level in enumerate(levels)
        if level.above is None or amount is None or amount > level.above
    ]


def roles_in(levels: Iterable[Level], default: str) -> list[str]:
    """The roles whose holders vote, each once."""
    found: Callable[[Voter], str] = lambda voter: voter.role or default  # noqa: E731
    return list(dict.fromkeys(found(voter) for level in levels for voter in level.who or [Voter()]))
