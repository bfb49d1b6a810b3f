"""Which rules can be written down, and what they ask for."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from workflows.nodes.approval import BOARD, ONE, Approval
from workflows.validator import check_package
from workflows.voting.definition import Voter, asked_levels, levels_of, roles_in

LEVELS = {
    "type": "levels",
    "amount": "answers.amount",
    "levels": [{"who": [{"role": "clerk"}]}, {"above": 5000}, {"above": 20000, "who": [{"seats": 2}]}],
}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({**BOARD, "rule": {"type": "n_of_m", "needed": 4}}, "not enough"),
        ({**BOARD, "rule": {"type": "veto"}}, "who holds the veto"),
        ({**BOARD, "form": "scores"}, "one person decides"),
        ({**BOARD, "who": [{"seats": 30}, {"seats": 1}], "rule": {"type": "any"}}, "At most 30"),
        ({**ONE, "rule": {**LEVELS, "levels": [{}, {"above": 9}, {"above": 5}]}}, "must rise"),
        ({**ONE, "rule": LEVELS, "who": [{"seats": 2}]}, "for each level"),
    ],
)
def test_what_can_never_be_approved_is_refused_in_words(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Approval.Options.model_validate(options)


@pytest.mark.parametrize(
    ("amount", "asked"),
    [("0", [0]), ("5000", [0]), ("5000.01", [0, 1]), ("20000.01", [0, 1, 2]), (None, [0, 1, 2])],
)
def test_the_amount_says_how_many_levels_are_asked(amount: str | None, asked: list[int]) -> None:
    levels = Approval.Options.model_validate({**ONE, "rule": LEVELS}).levels
    assert asked_levels(levels, None if amount is None else Decimal(amount)) == asked


def test_the_roles_of_an_approval_are_those_of_its_voters() -> None:
    options = Approval.Options.model_validate({**ONE, "rule": LEVELS})
    assert Approval.roles(options) == ["clerk", "supervisor"]
    assert roles_in(levels_of(None, [Voter(role="clerk")]), "supervisor") == ["clerk"]
    assert Approval.roles(Approval.Options.model_validate(ONE)) == ["supervisor"]


@pytest.mark.parametrize("amount", ["answers.trade", "answers.nothing", "answers.amount >", "true"])
def test_an_amount_that_is_no_number_is_named_with_its_place(package: dict[str, Any], amount: str) -> None:
    nodes = package["workflow"]["nodes"]
    number = next(n for n, node in enumerate(nodes) if node["key"] == "approve")
    nodes[number]["rule"] = {**LEVELS, "amount": amount}
    places = [problem.where for problem in check_package(package) if problem.severity == "mend"]
    assert places == [f"workflow.nodes[{number}].rule.amount"] or any("amount" in place for place in places)


def test_a_package_with_votes_passes_the_check(package: dict[str, Any]) -> None:
    nodes = {node["key"]: node for node in package["workflow"]["nodes"]}
    nodes["approve"]["rule"] = LEVELS
    assert [problem for problem in check_package(package) if problem.severity == "mend"] == []
