"""What all cases of one plan have in common: the two versions, and where each step goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workflows.models import VersionMove
from workflows.moving.matching import CANCELLED, flow_of, matches
from workflows.moving.terrain import Terrain, terrain_of
from workflows.selectors.versions import Version, version_of


@dataclass(frozen=True)
class Course:
    """From one version to another."""

    old: Version
    new: Version
    planned: Mapping[str, str]
    leaves_removed: bool = False
    asks_applicant: bool = False

    @cached_property
    def flow(self) -> Any:
        """The compiled workflow of the new version."""
        return flow_of(self.new)

    @cached_property
    def terrain(self) -> Terrain:
        """Where cases can be in the new version."""
        return terrain_of(self.new)

    @cached_property
    def same_form(self) -> bool:
        """Whether the application is the same in both versions."""
        return bool(self.old.package.start_form == self.new.package.start_form)

    def step(self, key: str) -> str | None:
        """Where work at a step goes on; CANCELLED where it is cancelled, None where nobody has said."""
        if key in self.planned:
            return self.planned[key]
        match = matches(self.old, self.new).get(key)
        if match is not None:
            return match.to if match.how == "same" else None
        return key if key in self.new.package.nodes else None

    def key(self, key: str) -> str:
        """The key under which the new version knows a step of the past; its own where it has no other."""
        to = self.planned.get(key, CANCELLED)
        is_new_name = (
            to != CANCELLED and key not in self.new.package.nodes and to not in self.old.package.nodes
        )
        return to if is_new_name and list(self.planned.values()).count(to) == 1 else key


def course_of(move: VersionMove) -> Course:
    """The course of a plan."""
    versions = version_of(move.source_id), version_of(move.target_id)
    return Course(*versions, move.steps, move.leaves_removed, move.asks_applicant)
