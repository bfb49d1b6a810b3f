"""What a case was before it was moved: kept to bring it back, and compared to see that it rested."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from workflows.models import Case, Deadline, Submission, WorkItem
from workflows.recounting import LIVE

OF_CASE = ("stands_at", "state")
OF_ITEM = (
    *("node_key", "flow_task_type", "kind", "role", "other_roles", "status", "owner_id", "assigned"),
    *("finished", "due_at", "paused_at", "data"),
)


def snapshot(case: Any, items: Iterable[Any]) -> dict[str, Any]:
    """Everything that a move can change; sensitive answers as they are stored, that is sealed."""
    live = Deadline.objects.filter(case=case, **LIVE).order_by("pk")
    found = {
        "case": {name: getattr(case, name) for name in OF_CASE},
        "data": case.data,
        "items": {str(item.pk): {name: getattr(item, name) for name in OF_ITEM} for item in items},
        "deadlines": {str(row.pk): row.node_key for row in live},
        "lines": case.clock_entries.order_by("-pk").values_list("pk", flat=True).first() or 0,
    }
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def mark_of(case_id: int) -> str:
    """A figure that is another one as soon as anybody, or time, has done something with the case."""
    case = Case.objects.values("data", "state", "outcome", "finished", "held_at", "stands_at").get(pk=case_id)
    items = WorkItem.objects.filter(process=case_id).order_by("pk")
    done = items.values_list("pk", "node_key", "status", "owner_id", "outcome", "finished", "role", "data")
    said = [case, list(done), Submission.objects.filter(case=case_id).count()]
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
