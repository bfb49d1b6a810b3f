"""The clock of the engine, set by tests."""

from datetime import datetime

import pytest

from workflows import (
    clock,
    deadlines,
    opinion_step,
    opinions,
    payment_step,
    person,
    recounting,
    starting,
    step,
    stopping,
)
from workflows.nodes import applicant_task
from workflows.selectors import clocks
from workflows.services import holding

CLOCKS = (
    *(clock, clocks, deadlines, opinion_step, opinions, person, recounting, starting, step, stopping),
    *(applicant_task, holding, payment_step),
)


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """From now on it is this moment."""
    for module in CLOCKS:
        monkeypatch.setattr(module, "now", lambda: moment)
