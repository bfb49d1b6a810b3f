"""The workflow as a list, for who does not see the picture."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition import Workflow
from workflows.diagram.live import Live, State
from workflows.node_type import NodeOptions, node_types
from workflows.words import role_text, span_text


@dataclass(frozen=True)
class OutlineStep:
    """One step: what it is, who does it, its state in the case, and where it leads."""

    key: str
    title: str
    kind: str
    detail: str
    state: State | None
    visits: int
    ways: tuple[tuple[str, str], ...]  # label and title of the step that follows


def title_of(options: NodeOptions, language: str) -> str:
    """What a step is called."""
    return options.title.in_(language) or node_types[options.type].label.in_(language)


def detail_of(options: NodeOptions, language: str) -> str:
    """Who, how many and how long: the second line of a card."""
    kind = node_types[options.type]
    span, role = kind.span(options), getattr(options, "role", "")
    parts = [
        role_text(role, language) if role else "",
        kind.several(options, language),
        span_text(span, language) if span else "",
    ]
    return ". ".join(part for part in parts if part)


def outline(workflow: Workflow, live: Live | None = None, language: str = "en") -> list[OutlineStep]:
    """All steps in the order in which they are written."""
    state = live or Live()
    titles = {options.key: title_of(options, language) for options in workflow.nodes}
    return [
        OutlineStep(
            key=options.key,
            title=titles[options.key],
            kind=node_types[options.type].label.in_(language),
            detail=detail_of(options, language),
            state=state.states.get(options.key),
            visits=state.visits.get(options.key, 0),
            ways=tuple(
                (edge.label.in_(language), titles.get(edge.to, edge.to))
                for edge in node_types[options.type].targets(options)
            ),
        )
        for options in workflow.nodes
    ]
