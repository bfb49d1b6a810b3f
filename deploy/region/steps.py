"""A step of the switch: what it does, how the world looks when it is done, and how long that may take."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from deploy.region.report import Report
from deploy.region.terminal import Terminal


@dataclass(frozen=True)
class Step:
    """One thing that is done, or found done already."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[], None] = field(default=lambda: None)
    bound_s: float = 600.0
    ended: Callable[[], bool] | None = None  # where doing it ends before the world shows it for good


def walk(steps: Sequence[Step], terminal: Terminal, report: Report) -> None:
    """Each in its order; what is done already is passed over, so a second run goes on where one stopped."""
    for number, step in enumerate(steps, 1):
        report.tell(f"{number}/{len(steps)} {step.title}")
        if step.is_done() and not terminal.plans:
            report.tell("  it is so already")
            continue
        since = time.monotonic()
        step.do()
        terminal.until(step.ended or step.is_done, step.bound_s)
        if not terminal.plans:
            report.tell(f"  done in {time.monotonic() - since:.0f} s")
