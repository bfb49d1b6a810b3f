"""Steps at which the answers decide: the rules of their ways, in the order in which they are written."""

from __future__ import annotations

import logging
from typing import Any

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.facts import facts_of
from workflows.hints import StepKey
from workflows.node_type import Blueprint, Edge, EdgeKind, Surroundings
from workflows.parts import Part, RuleText

logger = logging.getLogger(__name__)
OTHERWISE = Text({"en": "Otherwise", "fr": "Sinon", "ar": "وإلا"})


class Branch(Part):
    """One way, and when it is taken."""

    when: RuleText
    to: StepKey
    label: Text = Text("")


def branch_edges(options: Any, kind: EdgeKind) -> list[Edge]:
    """The ways of a step with branches, and the way otherwise."""
    edges = [
        Edge(f"branch_{number}", branch.to, kind, ("branches", number, "to"), branch.label)
        for number, branch in enumerate(options.branches)
    ]
    return [*edges, Edge("otherwise", options.otherwise, "otherwise", ("otherwise",), OTHERWISE)]


def branch_rules(options: Any, blueprint: Blueprint) -> dict[str, Any]:
    """The rules by the name of the edge that they open."""
    return {
        f"branch_{number}": blueprint.compile_rule(branch.when)
        for number, branch in enumerate(options.branches)
    }


def check_branches(options: Any, around: Surroundings, problems: Problems) -> None:
    """Note what is wrong with the rules."""
    for number, branch in enumerate(options.branches):
        around.check_rule(branch.when, problems.at("branches", number, "when"))


def holding(activation: Any, *, first: bool) -> list[str]:
    """The names of the edges whose rule holds, or only the first; notes in the item what was not answered."""
    step, task = activation.flow_task, activation.task
    facts = facts_of(activation.process, step.schema, task)
    found: list[str] = []
    unanswered: dict[str, list[str]] = {}
    for name, rule in step.rules.items():
        outcome = rule.run(facts)
        if outcome.holds:
            found.append(name)
            if first:
                break
        elif outcome.missing:
            unanswered[name] = list(outcome.missing)
        if outcome.fault:
            logger.warning("rule %s of step %s failed", name, step.node_key)
    if unanswered:
        task.data = {**task.data, "unanswered": unanswered}
    return found
