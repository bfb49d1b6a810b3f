"""The rule of an approval in words."""

from typing import Any

import pytest

from workflows.nodes.approval import ONE, Approval
from workflows.voting.counting import Ballot
from workflows.voting.definition import All, AnyOf, Count, Veto, Weighted
from workflows.voting.sentences import sentence

THREE = [Ballot(), Ballot(weight=2), Ballot(weight=3)]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (All(type="all"), "All 3 must approve."),
        (AnyOf(type="any"), "One approval of 3 is enough."),
        (Count(type="n_of_m", needed=2), "2 of 3 must approve."),
        (Weighted(type="weighted", needed=4), "The approvals must weigh at least 4 of 6."),
    ],
)
def test_each_rule_has_a_sentence(rule: Any, words: str) -> None:
    assert sentence(rule, THREE, (1, 1), "en") == words
    assert sentence(rule, THREE, (2, 3), "en") == f"Level 2 of 3. {words}"
    for language in ("fr", "ar"):
        said = sentence(rule, THREE, (2, 3), language)
        assert "{" not in said
        assert said != words


def test_a_veto_and_a_single_vote_are_told() -> None:
    veto = [*THREE, Ballot(veto=True)]
    said = sentence(Veto(type="veto", needed=2), veto, (1, 1), "en")
    assert said == "2 of 4 must approve. Nothing is approved without those who hold a veto."
    assert sentence(AnyOf(type="any"), [Ballot()], (1, 1), "en") == "One person decides."


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, ""),
        ({"rule": {"type": "any"}}, ""),
        ({"who": [{"seats": 3}], "rule": {"type": "n_of_m", "needed": 2}}, "2 of 3"),
        ({"who": [{"seats": 3}], "rule": {"type": "all"}}, "All 3"),
        ({"who": [{"seats": "everyone"}], "rule": {"type": "all"}}, "Everybody"),
        ({"who": [{"seats": "everyone"}], "rule": {"type": "n_of_m", "needed": 2}}, "2 of several"),
        ({"who": [{"seats": 2, "weight": 3}], "rule": {"type": "weighted", "needed": 4}}, "Weight 4 of 6"),
        ({"rule": {"type": "levels", "amount": "1", "levels": [{}, {"above": 5}]}}, "2 levels"),
    ],
)
def test_a_drawing_says_how_many_decide(more: dict[str, Any], words: str) -> None:
    assert Approval.several(Approval.Options.model_validate({**ONE, **more}), "en") == words
