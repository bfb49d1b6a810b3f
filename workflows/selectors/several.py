"""In which ways several steps can be ended at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.models import WorkItem
from workflows.node_type import node_types
from workflows.selectors.actions import choices_of
from workflows.selectors.versions import version_of


@dataclass(frozen=True)
class CommonOutcome:
    """A way to end every one of several steps; `acts` where the cases stand in a state."""

    key: str
    label: str
    style: str
    needs_reason: bool
    acts: bool


def common_outcomes(items: Sequence[WorkItem], language: str) -> list[CommonOutcome]:
    """The ways that all of these steps have, in the order of the first.

    Not those that ask the applicant for something, for that is asked case by case.
    """
    ways = [_ways(item, language) for item in items]
    if not ways:
        return []
    first, *others = ways
    return [
        CommonOutcome(way.key, way.label, way.style, any(each[key].needs_reason for each in ways), way.acts)
        for key, way in first.items()
        if all(key in other for other in others)
    ]


def _ways(item: WorkItem, language: str) -> dict[tuple[str, str, bool], CommonOutcome]:
    """By what must be the same: the key, the words and how it is done."""
    version = version_of(item.process.version_id)
    options = version.node(item.node_key)
    if options is None or getattr(options, "form", None):
        return {}
    acts = bool(node_types[options.type].actions(options))
    return {
        (each.key, each.label, acts): CommonOutcome(
            each.key, each.label, each.style, each.reason == "required", acts
        )
        for each in choices_of(version, options, language)
        if not each.asks_applicant
    }
