"""Which ways of a workflow a set of walks has gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.definition import ServicePackage
from workflows.dry_run.report import Report
from workflows.node_type import node_types


@dataclass(frozen=True)
class Coverage:
    """Ways that were gone, of all that there are."""

    gone: frozenset[tuple[str, str]]
    missing: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """From 0 to 1."""
        every = len(self.gone) + len(self.missing)
        return len(self.gone) / every if every else 1.0


def coverage_of(package: ServicePackage, reports: Iterable[Report]) -> Coverage:
    """The ways between steps that these walks have gone, and those that none has."""
    gone = frozenset().union(*(report.ways for report in reports))
    every = dict.fromkeys(
        (options.key, edge.to)
        for options in package.workflow.nodes
        for edge in node_types[options.type].targets(options)
    )
    return Coverage(frozenset(every) & gone, tuple(way for way in every if way not in gone))
