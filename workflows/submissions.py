"""What was sent in, kept as it was at that moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.timezone import now
from psycopg.types.json import Jsonb

from workflows.models import Submission
from workflows.unit import unit


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The keys of the answers that differ, in their order."""
    keys = [*before, *(key for key in after if key not in before)]
    return [key for key in keys if before.get(key) != after.get(key)]


def record_submission(
    case: Any,
    form_key: str,
    node_key: str,
    by: Any,
    changed: Sequence[str],
    prefilled: Mapping[str, Any] | None = None,
) -> None:
    """Keep the answers of a case as they are now; numbered within the case."""
    number = int(case.data.get("submissions", 0)) + 1
    case.data["submissions"] = number
    case.save(update_fields=["data"])
    with unit() as open_unit:
        open_unit.insert(
            Submission._meta.db_table,
            case_id=case.pk,
            form_key=form_key,
            node_key=node_key,
            number=number,
            answers=Jsonb(case.data["answers"]),
            changed=Jsonb(list(changed)),
            prefilled=Jsonb(dict(prefilled or {})),
            by_id=by.pk,
            at=now(),
        )
