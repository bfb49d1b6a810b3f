"""A process as it stands in a BPMN file, before it becomes steps of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str, ...]


@dataclass
class Piece:
    """One flow node: a task, an event, a gateway or a group."""

    identity: str
    tag: str
    name: str
    path: Path
    inside: str = ""  # the group that it stands in
    event: str = ""  # what kind of event, such as timerEventDefinition
    about: str = ""  # the message, signal, error or link of an event
    time: str = ""  # the time of an event, as it is written
    host: str = ""  # of an event on the edge of a step: that step
    interrupting: bool = True
    by_event: bool = False  # a group that an event sets off
    lane: str = ""
    step: dict[str, Any] | None = None  # our own options, where we wrote the file
    starts: bool = False


@dataclass
class Arrow:
    """One sequence flow."""

    identity: str
    source: str
    target: str
    name: str
    condition: str
    path: Path


@dataclass
class Process:
    """One process, with what Caseway itself wrote into it."""

    identity: str
    name: str
    path: Path
    pieces: dict[str, Piece] = field(default_factory=dict)
    arrows: list[Arrow] = field(default_factory=list)
    package: dict[str, Any] | None = None

    def outgoing(self, identity: str) -> list[Arrow]:
        """The arrows that begin at a piece."""
        return self._by_source().get(identity, [])

    def incoming(self, identity: str) -> list[Arrow]:
        """The arrows that lead to a piece."""
        return self._by_target().get(identity, [])

    def within(self, group: str) -> Iterator[Piece]:
        """The pieces that stand directly in a group; without one those of the process."""
        return (piece for piece in self.pieces.values() if piece.inside == group)

    def _by_source(self) -> dict[str, list[Arrow]]:
        if not self._sources:
            for arrow in self.arrows:
                self._sources.setdefault(arrow.source, []).append(arrow)
        return self._sources

    def _by_target(self) -> dict[str, list[Arrow]]:
        if not self._targets:
            for arrow in self.arrows:
                self._targets.setdefault(arrow.target, []).append(arrow)
        return self._targets

    _sources: dict[str, list[Arrow]] = field(default_factory=dict, repr=False)
    _targets: dict[str, list[Arrow]] = field(default_factory=dict, repr=False)
