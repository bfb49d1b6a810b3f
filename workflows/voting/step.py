"""The Viewflow node of an approval by several people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.core.rules import Facts, Rule
from workflows.duties import CHANGED_BY
from workflows.node_type import Blueprint, NodeOptions, NodeType
from workflows.person import PersonStep
from workflows.voting.activations import ROUND, RoundActivation, SeatActivation
from workflows.voting.amounts import amount_in, amount_rule
from workflows.voting.definition import Levels, levels_of


class VotingStep(PersonStep):
    """An approval whose result several people vote on."""

    task_type = "VOTES"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        rule = self.options.rule
        self.levels = levels_of(rule, self.options.who)
        self.schema = blueprint.schema
        self.amount: Rule | None = None
        if isinstance(rule, Levels):
            self.amount = amount_rule(rule.amount, blueprint.schema)

    def activation_class(self, item: Any) -> RoundActivation | SeatActivation:
        """A vote, or the round as a whole."""
        return SeatActivation(item) if ROUND in item.data else RoundActivation(item)

    def _create(
        self, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> RoundActivation:
        made: RoundActivation = RoundActivation.create(self, prev_activation, token, data, seed)
        return made

    def refuses(self, item: Any, before: Any) -> str:
        """Votes were asked for and given by the old rules, so these must be the same."""
        old, new = before.options, self.options
        same = (old.role, old.who, old.rule) == (new.role, new.who, new.rule)
        return "" if same else "votes"

    def amount_of(self, facts: Facts) -> Decimal | None:
        """The amount that decides how many levels are asked; None where there is none or it is unknown."""
        return None if self.amount is None else amount_in(self.amount.run(facts).value)

    def barred(self, case: Any) -> set[int]:
        """Who applied or changed answers, and the people who did a step that this must be apart from."""
        done_by = case.data.get("done_by", {})
        apart = {person for key in self.options.not_by for person in done_by.get(key, ())}
        return {case.applicant_id, *case.data.get(CHANGED_BY, ())} | apart
