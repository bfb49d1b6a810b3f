"""The steps of a published version as screens name them."""

from dataclasses import dataclass

from engine.core.text import Text
from workflows.node_type import NodeOptions, node_types
from workflows.selectors.versions import package_of


@dataclass(frozen=True)
class Step:
    """One step: its key, what staff call it, what the applicant reads, and its icon."""

    key: str
    title: str
    status_text: str
    icon: str
    family: str


def step_of(version_id: int, node_key: str, language: str) -> Step:
    """The step of this key; one that the version lost shows its key."""
    options = options_of(version_id, node_key)
    return named(options, language) if options else Step(node_key, node_key, "", "circle", "system")


def options_of(version_id: int, node_key: str) -> NodeOptions | None:
    """The step as the department wrote it."""
    return package_of(version_id).nodes.get(node_key)


def named(options: NodeOptions, language: str) -> Step:
    """A step in one language."""
    kind = node_types[options.type]
    status = options.status_text or Text("")
    return Step(
        options.key,
        options.title.in_(language) or kind.label.in_(language),
        status.in_(language),
        kind.drawn_icon(options),
        kind.family_of(options),
    )
