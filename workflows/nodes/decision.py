"""The answers decide where the case goes."""

from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.choosing import Branch, branch_edges, branch_rules, check_branches, holding
from workflows.hints import StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.step import Step, StepActivation


class DecisionActivation(StepActivation):
    """Tries the branches in their order; the first that holds is taken."""

    def perform(self) -> None:
        """Choose, and note why in the work item."""
        self.task.outcome = next(iter(holding(self, first=True)), "otherwise")

    def way_out(self) -> str:
        """The branch that was chosen."""
        return str(self.task.outcome)


class DecisionStep(Step):
    """The answers decide."""

    activation_class = DecisionActivation
    task_type = "DECISION"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.schema = blueprint.schema
        self.rules: dict[str, Any] = branch_rules(options, blueprint)


@node_types.register
class Decision(NodeType):
    """The answers decide where the case goes."""

    key = "decision"
    label = Text({"en": "Condition", "fr": "Condition", "ar": "شرط"})
    family = "choice"
    icon = "split"
    common = 1
    bpmn_element = "exclusiveGateway"
    undoable = True
    accepts = [
        {
            "key": "big",
            "type": "decision",
            "branches": [{"when": "answers.amount > 5000.0", "to": "director"}],
            "otherwise": "pay",
        }
    ]
    rejects = [
        {
            "key": "big",
            "type": "decision",
            "branches": [{"when": "answers.amount > 5000.0", "to": "director"}],
        },
        {"key": "big", "type": "decision", "branches": [], "otherwise": "pay"},
        {"key": "big", "type": "decision", "branches": [{"to": "director"}], "otherwise": "pay"},
    ]

    class Options(NodeOptions):
        """The ways in their order, and the way otherwise."""

        type: Literal["decision"]
        branches: list[Branch] = Field(min_length=1, max_length=50)
        otherwise: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return branch_edges(options, "branch")

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> DecisionStep:
        return DecisionStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_branches(options, around, problems)
