"""Values that a step works out by rules and leaves in `work.<step>` for what follows."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from engine.core.decisions import stored
from engine.core.decisions.compiling import WANTS
from engine.core.hints import ui
from engine.core.problems import Problems
from engine.core.rules import Facts, Kind, Rule, Scalar
from workflows.node_type import Blueprint, Surroundings
from workflows.parts import SMALL, Part, RuleText

logger = logging.getLogger(__name__)
Name = Annotated[str, StringConstraints(pattern=SMALL, max_length=60)]


class WorkedOut(Part):
    """One value: its kind, and the rule that gives it."""

    type: Scalar = Field(title="Kind of value")
    value: RuleText = Field(
        title="Rule",
        description="For example answers.amount * 0.2",
        json_schema_extra=ui("rule", gives="text", gives_from="type"),
    )
    data_class: Literal["personal", "sensitive"] = Field(
        default="personal",
        title="Data class",
        description="Sensitive values are sealed where they are stored.",
    )


def kinds_of(values: Mapping[str, WorkedOut]) -> dict[str, Kind]:
    """What rules find under each name."""
    return {name: value.type for name, value in values.items()}


def rules_of(values: Mapping[str, WorkedOut], blueprint: Blueprint) -> dict[str, Rule]:
    """The rules made ready."""
    return {name: blueprint.compile_rule(value.value, WANTS[value.type]) for name, value in values.items()}


def check_values(values: Mapping[str, WorkedOut], around: Surroundings, problems: Problems) -> None:
    """Note rules that cannot work, and values that would lay a sensitive answer open."""
    for name, value in values.items():
        at = problems.at(name, "value")
        reads = around.check_rule(value.value, at, WANTS[value.type])
        if value.data_class != "sensitive" and (open_ := around.sensitive_among(reads)):
            sentence = (
                f'This reads the sensitive answer "{open_}", so its result must be marked as sensitive too.'
            )
            at.mend("sensitive", sentence)


def worked_out(rules: Mapping[str, Rule], facts: Facts, step: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that are known, and what is noted about the others: unanswered questions, faults."""
    values: dict[str, Any] = {}
    unanswered: dict[str, list[str]] = {}
    faults: list[str] = []
    for name, rule in rules.items():
        outcome = rule.run(facts)
        if outcome.known:
            values[name] = stored(outcome.value)
        elif outcome.missing:
            unanswered[name] = list(outcome.missing)
        else:
            faults.append(name)
            logger.warning("value %s of step %s failed", name, step)
    notes = {"unanswered": unanswered, "faults": faults}
    return values, {name: note for name, note in notes.items() if note}
