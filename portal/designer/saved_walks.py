"""The saved walks beside a trial: played again when the page is opened or a walk is kept, not at each act."""

from __future__ import annotations

from dataclasses import dataclass

from engine.departments.models import User
from workflows.definition import ServicePackage
from workflows.dry_run import Coverage, replay_all
from workflows.models import Service

MOST_PLAYED = 20  # while somebody waits for the page; a publication plays all


@dataclass(frozen=True)
class SavedWalk:
    """A walk by its name, and whether it passed if it was played again just now."""

    name: str
    passes: bool | None = None
    sentence: str = ""


def saved_walks(
    service: Service, package: ServicePackage, by: User, *, play: bool, every: bool = False
) -> tuple[list[SavedWalk], Coverage | None]:
    """All saved walks of a service by name; with `play`, and few enough or `every`, what each comes to."""
    names = list(service.scenarios.order_by("name").values_list("name", flat=True))
    if not play or not names or (len(names) > MOST_PLAYED and not every):
        return [SavedWalk(name) for name in names], None
    played, coverage = replay_all(service=service, package=package, by=by)
    return [SavedWalk(one.scenario.name, one.passes, one.sentence) for one in played], coverage
