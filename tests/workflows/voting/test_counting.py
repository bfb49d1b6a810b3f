"""The result of votes depends on the votes and never on their order."""

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.voting.counting import Ballot, Vote, counted
from workflows.voting.definition import All, AnyOf, Count, Veto, Weighted

VOTES: tuple[Vote, ...] = get_args(Vote)


def rules(size: int) -> Iterator[Any]:
    """Every rule, with every figure that can be reached."""
    yield All(type="all")
    yield AnyOf(type="any")
    for needed in range(1, size + 1):
        yield Count(type="n_of_m", needed=needed)
        yield Veto(type="veto", needed=needed)
        yield Weighted(type="weighted", needed=2 * needed)


def seats(size: int) -> list[Ballot]:
    """Seats that do not all weigh the same; the last one holds a veto."""
    return [Ballot(weight=number % 3 + 1, veto=number == size - 1) for number in range(size)]


def after(ballots: Sequence[Ballot], votes: Sequence[Vote], order: Sequence[int], rule: Any) -> Any:
    """Let the votes come in this order until the result stands, as the engine does."""
    given_so_far = list(ballots)
    for seat in order:
        given_so_far[seat] = replace(ballots[seat], vote=votes[seat])
        result = counted(rule, given_so_far)
        if result is not None:
            return result
    raise AssertionError("all have voted, and nothing is decided")


def of_all(rule: Any, ballots: Sequence[Ballot], votes: Sequence[Vote]) -> str:
    """The rule in plain words, when everybody has voted: the reference that the count is compared with."""
    every = [replace(ballot, vote=vote) for ballot, vote in zip(ballots, votes, strict=True)]

    def approved(approving: list[Ballot]) -> bool:
        vetoed = any(ballot.veto and ballot not in approving for ballot in every)
        return not vetoed and rule.enough(approving, every)

    if approved([ballot for ballot in every if ballot.vote == "approve"]):
        return "approve"
    return "return" if approved([ballot for ballot in every if ballot.vote != "reject"]) else "reject"


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_every_order_of_every_vote_gives_what_all_votes_together_give(size: int) -> None:
    ballots = seats(size)
    for rule in rules(size):
        for votes in itertools.product(VOTES, repeat=size):
            expected = of_all(rule, ballots, votes)
            results = {after(ballots, votes, order, rule) for order in itertools.permutations(range(size))}
            assert results == {expected}, (rule, votes)


@pytest.mark.parametrize("size", [5, 6])
def test_every_order_of_five_and_six_votes_gives_the_same(size: int) -> None:
    ballots, chance = seats(size), random.Random(size)
    orders = list(itertools.permutations(range(size)))
    for rule in rules(size):
        for _ in range(6):
            votes = [chance.choice(VOTES) for _ in range(size)]
            expected = of_all(rule, ballots, votes)
            assert {after(ballots, votes, order, rule) for order in orders} == {expected}, (rule, votes)


@given(data=st.data())
def test_any_order_of_many_votes_gives_the_same(data: st.DataObject) -> None:
    size = data.draw(st.integers(7, 30))
    veto = st.sampled_from([False, False, False, True])
    ballots = [Ballot(data.draw(st.integers(1, 9)), data.draw(veto)) for _ in range(size)]
    votes = data.draw(st.lists(st.sampled_from(VOTES), min_size=size, max_size=size))
    rule = data.draw(st.sampled_from(list(rules(size))))
    expected = of_all(rule, ballots, votes)
    for _ in range(3):
        assert after(ballots, votes, data.draw(st.permutations(range(size))), rule) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_it_is_decided_as_soon_as_no_missing_vote_can_change_it_and_not_before(size: int) -> None:
    ballots = seats(size)
    for rule in rules(size):
        for votes in itertools.product((*VOTES, None), repeat=size):
            now = [replace(ballot, vote=vote) for ballot, vote in zip(ballots, votes, strict=True)]
            missing = [number for number, vote in enumerate(votes) if vote is None]
            possible = set()
            for filled in itertools.product(VOTES, repeat=len(missing)):
                whole = list(votes)
                for number, vote in zip(missing, filled, strict=True):
                    whole[number] = vote
                possible.add(of_all(rule, ballots, [vote for vote in whole if vote is not None]))
            expected = possible.pop() if len(possible) == 1 else None
            assert counted(rule, now) == expected, (rule, votes)


def test_nobody_is_asked_in_vain_when_two_of_three_approve() -> None:
    rule = Count(type="n_of_m", needed=2)
    assert counted(rule, [Ballot(vote="approve"), Ballot(), Ballot(vote="approve")]) == "approve"
    assert counted(rule, [Ballot(vote="reject"), Ballot(vote="reject"), Ballot()]) == "reject"
    assert counted(rule, [Ballot(vote="approve"), Ballot(vote="reject"), Ballot()]) is None


def test_a_veto_is_waited_for_and_stops_the_approval() -> None:
    rule = Veto(type="veto", needed=1)
    approved = Ballot(vote="approve")
    assert counted(rule, [approved, approved, Ballot(veto=True)]) is None
    assert counted(rule, [approved, approved, Ballot(veto=True, vote="reject")]) == "reject"
    assert counted(rule, [approved, Ballot(), Ballot(veto=True, vote="approve")]) == "approve"


def test_a_case_is_returned_where_refusals_alone_would_not_have_refused_it() -> None:
    rule = Count(type="n_of_m", needed=2)
    back, against = Ballot(vote="return"), Ballot(vote="reject")
    assert counted(rule, [back, back, Ballot()]) == "return"
    assert counted(rule, [back, against, Ballot()]) is None
    assert counted(rule, [back, against, against]) == "reject"
