"""People approve, reject or send back: one of a role, or several whose votes are counted by a rule."""

from typing import Literal, Self

from pydantic import Field, model_validator

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.handing_out import QUEUE
from workflows.hints import StepKey
from workflows.node_type import Blueprint, Edge, Outcome, Surroundings, node_types
from workflows.person import PersonStep
from workflows.person_node import PersonNode, PersonOptions
from workflows.role_checks import check_role
from workflows.voting.amounts import check_amount
from workflows.voting.definition import (
    MOST_SEATS,
    Level,
    Levels,
    Voter,
    VotingRule,
    levels_of,
    refuse_impossible,
    roles_in,
)
from workflows.voting.sentences import short
from workflows.voting.step import VotingStep

APPROVE = Text({"en": "Approve", "fr": "Approuver", "ar": "موافقة"})
REJECT = Text({"en": "Refuse", "fr": "Refuser", "ar": "رفض"})
RETURN = Text({"en": "Return for correction", "fr": "Renvoyer pour correction", "ar": "إعادة للتصحيح"})
ONE = {"key": "sign", "type": "approval", "role": "supervisor", "approve": "issue", "reject": "refused"}
BOARD = {**ONE, "who": [{"seats": 3}], "rule": {"type": "n_of_m", "needed": 2}}


@node_types.register
class Approval(PersonNode):
    """People approve, reject or send back: one of a role, or several whose votes are counted by a rule."""

    key = "approval"
    label = Text({"en": "Approval", "fr": "Approbation", "ar": "موافقة"})
    icon = "stamp"
    common = 2
    approves = True
    accepts = [
        ONE,
        {**ONE, "return": "correct", "not_by": ["check"]},
        BOARD,
        {**ONE, "hand_to": "manager"},
        {**ONE, "rule": {"type": "any"}, "who": [{"person": "head@example.org"}, {"role": "clerk"}]},
        {**ONE, "rule": {"type": "all"}, "who": [{"seats": "everyone"}, {"manager_of": "applicant"}]},
        {
            **ONE,
            "rule": {"type": "weighted", "needed": 60},
            "who": [{"weight": 50, "seats": 1}, {"role": "clerk", "weight": 25, "seats": 2}],
        },
        {
            **ONE,
            "rule": {"type": "veto", "needed": 2},
            "who": [{"veto": True}, {"role": "clerk", "seats": 2}],
        },
        {
            **ONE,
            "rule": {
                "type": "levels",
                "amount": "answers.amount",
                "levels": [{"who": [{"role": "clerk"}]}, {"above": 5000, "who": [{"role": "supervisor"}]}],
            },
        },
    ]
    rejects = [
        {"key": "sign", "type": "approval", "role": "supervisor", "approve": "issue"},
        {**ONE, "role": "Any body"},
        {**BOARD, "rule": {"type": "n_of_m", "needed": 4}},
        {**BOARD, "rule": {"type": "weighted", "needed": 4}},
        {**BOARD, "rule": {"type": "veto"}},
        {**BOARD, "form": "scores"},
        {**BOARD, "hand_to": "least_busy"},
        {**BOARD, "who": [{"person": "head@example.org", "seats": 2}]},
        {**BOARD, "who": [{"person": "head@example.org", "manager_of": "applicant"}]},
        {**ONE, "rule": {"type": "levels", "amount": "answers.amount", "levels": [{"above": 5}]}},
        {
            **BOARD,
            "rule": {"type": "levels", "amount": "answers.amount", "levels": [{}, {"above": 5}]},
        },
    ]

    class Options(PersonOptions):
        """Who approves, how their votes are counted, and where each answer leads."""

        type: Literal["approval"]
        who: list[Voter] = Field(
            default_factory=list, max_length=MOST_SEATS, description="By default one of the role."
        )
        rule: VotingRule | None = Field(default=None, description="By default one approval is enough.")
        approve: StepKey
        reject: StepKey
        return_to: StepKey | None = Field(default=None, alias="return")

        @model_validator(mode="after")
        def _can_be_given(self) -> Self:
            if isinstance(self.rule, Levels):
                if self.who:
                    raise ValueError("With levels, say for each level who votes.")
            elif self.rule is not None:
                refuse_impossible(self.rule, self.who)
            if self.votes and self.form is not None:
                raise ValueError("A form can be filled in only where one person decides.")
            if self.votes and self.hand_to != QUEUE:
                raise ValueError("Where several vote, say under who (who) which people do.")
            return self

        @property
        def votes(self) -> bool:
            """Whether more is asked than one decision by anybody of the role."""
            return bool(self.who) or self.rule is not None

        @property
        def levels(self) -> list[Level]:
            """Who votes, level by level."""
            return levels_of(self.rule, self.who)

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        found = [
            Outcome(key="approve", label=APPROVE, next=options.approve),
            Outcome(key="reject", label=REJECT, next=options.reject, style="refuse", reason="required"),
        ]
        if options.return_to is not None:
            back = Outcome(
                key="return", label=RETURN, next=options.return_to, style="return", reason="required"
            )
            found.append(back)
        return found

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [
            Edge(outcome.key, outcome.next, "outcome", (outcome.key,), outcome.label)
            for outcome in cls.outcomes(options)
        ]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> PersonStep:
        return VotingStep(options, cls, blueprint) if options.votes else PersonStep(options, cls)

    @classmethod
    def roles(cls, options: Options) -> list[str]:
        return roles_in(options.levels, options.role) if options.votes else [options.role]

    @classmethod
    def several(cls, options: Options, language: str) -> str:
        return short(options.rule, options.levels, language) if options.votes else ""

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        super().check(options, around, problems)
        for role in dict.fromkeys(cls.roles(options)):
            if role != options.role:
                check_role(role, around, problems.at("who"))
        if isinstance(options.rule, Levels):
            check_amount(options.rule.amount, around.schema, problems.at("rule", "amount"))
