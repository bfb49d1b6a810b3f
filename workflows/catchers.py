"""A step on the edge of another one for what is raised there: failures, escalations, undoing."""

from __future__ import annotations

from typing import Any

from workflows.boundary_step import BoundaryStep


class CatcherStep(BoundaryStep):
    """Set on a step for what is raised there; no row waits for that, so it costs nothing until then."""

    catches_kind = ""

    def attach(self, host: Any) -> None:
        """Tell the host."""
        host.catchers.append(self)

    def codes(self) -> list[str]:
        """The codes that are caught; none named means every code."""
        return []


def catcher_of(step: Any, kind: str, code: str) -> Any:
    """Who catches this at a step: the first that names the code, else the first that takes any."""
    found = [catcher for catcher in step.catchers if catcher.catches_kind == kind]
    named = [catcher for catcher in found if code in catcher.codes()]
    return next(iter(named), None) or next((catcher for catcher in found if not catcher.codes()), None)
