"""The answers decide where the case goes."""

import logging
from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.facts import facts_of
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Key, Part, RuleText
from workflows.step import Step, StepActivation

logger = logging.getLogger(__name__)


class DecisionActivation(StepActivation):
    """Tries the branches in their order; the first that holds is taken."""

    def perform(self) -> None:
        """Choose, and note why in the work item."""
        facts = facts_of(self.process, self.flow_task.schema)
        unanswered: dict[str, list[str]] = {}
        self.task.outcome = "otherwise"
        for name, rule in self.flow_task.rules.items():
            outcome = rule.run(facts)
            if outcome.holds:
                self.task.outcome = name
                break
            if outcome.missing:
                unanswered[name] = list(outcome.missing)
            if outcome.fault:
                logger.warning("rule %s of step %s failed", name, self.flow_task.node_key)
        if unanswered:
            self.task.data = {**self.task.data, "unanswered": unanswered}

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
        self.rules: dict[str, Any] = {
            f"branch_{number}": blueprint.compile_rule(branch.when)
            for number, branch in enumerate(self.options.branches)
        }


class Branch(Part):
    """One way, and when it is taken."""

    when: RuleText
    to: Key
    label: Text = Text("")


@node_types.register
class Decision(NodeType):
    """The answers decide where the case goes."""

    key = "decision"
    label = Text({"en": "Condition", "fr": "Condition", "ar": "شرط"})
    family = "choice"
    icon = "split"
    bpmn_element = "exclusiveGateway"
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
        otherwise: Key

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        edges = [
            Edge(f"branch_{number}", branch.to, "branch", ("branches", number, "to"), branch.label)
            for number, branch in enumerate(options.branches)
        ]
        label = Text({"en": "Otherwise", "fr": "Sinon", "ar": "وإلا"})
        return [*edges, Edge("otherwise", options.otherwise, "otherwise", ("otherwise",), label)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> DecisionStep:
        return DecisionStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        for number, branch in enumerate(options.branches):
            around.check_rule(branch.when, problems.at("branches", number, "when"))
