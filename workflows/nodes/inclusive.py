"""The answers decide which of several things are done at the same time."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.choosing import Branch, branch_edges, branch_rules, check_branches, holding
from workflows.hints import StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.split_step import SplitActivation, SplitStep
from workflows.tokens import Move


class InclusiveActivation(SplitActivation):
    """Takes every way whose rule holds; if there is none, the way otherwise."""

    def perform(self) -> None:
        """Choose, and note which ways were taken."""
        taken = holding(self, first=False) or ["otherwise"]
        self.task.outcome = "otherwise" if taken == ["otherwise"] else "some"
        self.task.data = {**self.task.data, "taken": taken}

    def ways(self) -> Iterable[str]:
        """The names of the edges to follow."""
        return list(self.task.data["taken"])


class InclusiveStep(SplitStep):
    """The answers decide."""

    activation_class = InclusiveActivation

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema = blueprint.schema
        self.rules: dict[str, Any] = branch_rules(options, blueprint)


@node_types.register
class Inclusive(NodeType):
    """The answers decide which of several things are done at the same time."""

    key = "inclusive"
    label = Text({"en": "Those that apply", "fr": "Ceux qui s’appliquent", "ar": "ما ينطبق"})
    family = "choice"
    icon = "circle"
    bpmn_element = "inclusiveGateway"
    undoable = True
    accepts = [
        {
            "key": "which",
            "type": "inclusive",
            "branches": [
                {"when": "answers.sells_food", "to": "hygiene", "label": "Sells food"},
                {"when": "answers.seats > 20", "to": "fire"},
            ],
            "otherwise": "together",
        }
    ]
    rejects = [
        {"key": "which", "type": "inclusive", "branches": [{"when": "answers.food", "to": "hygiene"}]},
        {"key": "which", "type": "inclusive", "branches": [], "otherwise": "together"},
    ]

    class Options(NodeOptions):
        """The ways, each with its rule, and the way if no rule holds."""

        type: Literal["inclusive"]
        branches: list[Branch] = Field(min_length=1, max_length=50)
        otherwise: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return branch_edges(options, "inclusive")

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        ways = tuple(branch.to for branch in options.branches)
        return [Move(ways, opens=True, some=True), Move((options.otherwise,), opens=True)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> InclusiveStep:
        return InclusiveStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_branches(options, around, problems)
