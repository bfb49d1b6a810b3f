"""The sequence flows of a workflow, each with the condition under which it is followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workflows.definition import Workflow
from workflows.node_type import Edge, NodeOptions, node_types

WAIT_FOR_ALL = frozenset({"parallelGateway", "eventBasedGateway"})
DEFAULT = frozenset({"otherwise"})


@dataclass(frozen=True)
class SequenceFlow:
    """One arrow of BPMN."""

    identity: str
    source: str
    target: str
    name: str
    condition: str = ""
    is_default: bool = False


def flows_of(workflow: Workflow, language: str) -> list[SequenceFlow]:
    """Every way between two steps, in the order in which it is written."""
    return [flow for options in workflow.nodes for flow in _of(options, language)]


def choice_after(options: NodeOptions) -> str:
    """The gateway that is drawn behind a step with several ways out; empty where there is none."""
    kind = node_types[options.type]
    several = len(kind.targets(options)) > 1 and not kind.bpmn_element.endswith("Gateway")
    return f"{options.key}.ways" if several else ""


def _of(options: NodeOptions, language: str) -> Iterator[SequenceFlow]:
    edges = node_types[options.type].targets(options)
    conditions = [_condition(options, edge, len(edges)) for edge in edges]
    default = _default(options, edges, conditions)
    choice = choice_after(options)
    if choice:
        yield SequenceFlow(f"flow_{options.key}", options.key, choice, "")
    for number, edge in enumerate(edges):
        yield SequenceFlow(
            identity=f"flow_{options.key}_{number}",
            source=choice or options.key,
            target=edge.to,
            name=edge.label.in_(language),
            condition="" if number == default else conditions[number],
            is_default=number == default,
        )


def _condition(options: NodeOptions, edge: Edge, count: int) -> str:
    """The rule of a way; of a step that ends in several ways it is the outcome that names the way."""
    element = node_types[options.type].bpmn_element
    if element in WAIT_FOR_ALL or count == 1:
        return ""
    rule = _beside(options.model_dump(mode="json", by_alias=True), edge)
    if rule or element.endswith("Gateway"):
        return rule
    return f'work.{options.key}.outcome == "{edge.name}"'


def _beside(options: dict[str, Any], edge: Edge) -> str:
    """The rule that stands beside the name of the step to go to."""
    part: Any = options
    for step in edge.place[:-1]:
        part = part[step]
    rule = part.get("when") if isinstance(part, dict) else None
    return rule if isinstance(rule, str) and edge.kind in ("branch", "inclusive", "back") else ""


def _default(options: NodeOptions, edges: list[Edge], conditions: list[str]) -> int | None:
    """Which way is left when no rule holds; BPMN has one at most, and none where all ways are taken."""
    element = node_types[options.type].bpmn_element
    if element in WAIT_FOR_ALL or len(edges) < 2:
        return None
    named = [number for number, edge in enumerate(edges) if edge.kind == "otherwise"]
    free = [number for number, condition in enumerate(conditions) if not condition]
    return next(iter(named or free), None)
