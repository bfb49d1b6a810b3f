"""What was refused is written down, outside of what was rolled back: who wanted what, where, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engine.audit import log as audit
from engine.departments.access import AccessRefused
from engine.departments.models import User
from workflows.models import Draft, WorkItem
from workflows.refusals import UnknownOutcome, WorkRefused

VERB = "work.refused"


@contextmanager
def refusals_recorded(item_id: int, by: User | None, **details: Any) -> Iterator[None]:
    """Let a refusal pass, with an audit row; details hold keys, never answers."""
    try:
        yield
    except (AccessRefused, WorkRefused) as refused:
        _record(item_id, by, {**details, "why": type(refused).__name__})
        raise


@contextmanager
def refused_beginnings_recorded(draft: Draft, by: User, action: str) -> Iterator[None]:
    """The same for who may not begin a case so; there is no case yet, so the department is told."""
    try:
        yield
    except (AccessRefused, UnknownOutcome) as refused:
        audit.record(
            "case.refused",
            chain=audit.department_chain(draft.department.key),
            actor=by,
            department_id=draft.department_id,
            subject=f"version:{draft.service_version_id}",
            details={"start": draft.start, "action": action, "why": type(refused).__name__},
        )
        raise


def _record(item_id: int, by: User | None, details: dict[str, Any]) -> None:
    columns = ("process__reference", "department_id", "node_key")
    found = WorkItem.objects.filter(pk=item_id).values_list(*columns).first()
    if found is None:
        return
    reference, department_id, node = found
    audit.record(
        VERB,
        chain=audit.case_chain(reference),
        actor=by,
        department_id=department_id,
        subject=f"workitem:{item_id}",
        details={"node": node, **details},
    )
