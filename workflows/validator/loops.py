"""Circles in the way of a case: none may run without a rest, and who tries again must stop some time."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.problems import Problems
from workflows.validator.net import Net, circles, kind_of

PEOPLE = ("person", "applicant")


def check_loops(net: Net, at: Mapping[str, Problems]) -> None:
    """Note circles in which nothing waits, and those that go on for ever without anybody deciding."""
    links = {key: list(net.after(key)) for key in net.steps}
    kinds = {key: kind_of(options) for key, options in net.steps.items()}
    free = [key for key, kind in kinds.items() if not kind.counted]
    hurried = [key for key in free if not kinds[key].waits]
    endless = list(circles(hurried, links))
    for circle in endless:
        names = net.names(circle)
        at[circle[0]].mend("endless", f"A case would run round for ever: {names}. No step among them waits.")
    said = {key for circle in endless for key in circle}
    automatic = [key for key in free if kinds[key].family not in PEOPLE]
    for circle in circles(automatic, links):
        if not said.intersection(circle):
            sentence = f"A case can go round {net.names(circle)} again and again without anybody deciding. "
            at[circle[0]].look("retry_without_end", sentence + "Let a step count the rounds and lead out.")
