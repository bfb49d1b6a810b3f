"""Whether every open case still finds its workflow."""

from __future__ import annotations

import re

from django.db.models import TextField
from django.db.models.functions import Cast

from workflows.compiler import flow_for
from workflows.models import Case, WorkItem

_REFERENCE = re.compile(r"workflows/flows\.S(\d+)_V(\d+)(?:\.n_(\w+))?")


def unresolvable_cases() -> list[str]:
    """What open cases refer to and this release cannot find; read as text, then compiled for a try."""
    flows = _distinct(Case.objects.filter(finished=None), "flow_class")
    steps = _distinct(WorkItem.objects.filter(finished=None), "flow_task")
    return [reference for reference in [*flows, *steps] if not _resolves(reference)]


def _distinct(rows: object, column: str) -> list[str]:
    found = rows.annotate(as_text=Cast(column, TextField()))  # type: ignore[attr-defined]
    return sorted(found.order_by().values_list("as_text", flat=True).distinct())


def _resolves(reference: str) -> bool:
    match = _REFERENCE.fullmatch(reference)
    flow = flow_for(int(match[1]), int(match[2])) if match else None
    return flow is not None and (match is None or match[3] is None or flow.step(match[3]) is not None)
