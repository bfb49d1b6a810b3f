"""What runs inside a step stays inside: its paths end there, and the case itself goes on behind the step."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.problems import Problems
from workflows.validator.net import Net, kind_of


def check_inside(net: Net, main: set[str], at: Mapping[str, Problems]) -> None:
    """Note paths that lead from inside a step to steps of the case: they would be done several times."""
    for key, options in net.steps.items():
        for edge in kind_of(options).targets(options):
            if edge.kind != "inner":
                continue
            outside = [other for other in sorted(net.spread([edge.to]) & main) if list(net.after(other))]
            if outside:
                sentence = (
                    f"What is done inside {net.name(key)} leads on to {net.names(outside)}, which the case "
                    "itself comes to. Let it end at an end without an outcome."
                )
                at[key].at(*edge.place).mend("leads_out", sentence)
