"""Documents that a workflow made for a case, for its applicant and for staff who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.models import Case, CaseDocument

DOCUMENT = "DOCUMENT"  # the type of the steps that make them


@dataclass(frozen=True)
class MadeDocument:
    """One letter: in whose name it is signed is empty while it is not."""

    id: str
    title: str
    size: int
    made_at: datetime
    signer: str


def made_for_staff(case: Case, items: Sequence[Any]) -> list[MadeDocument]:
    """Every letter of a case, the newest first; the caller has checked that the reader may see the case."""
    return _lines(case, items)


def made_for_applicant(case: Case, items: Sequence[Any]) -> list[MadeDocument]:
    """The letters that the applicant may open."""
    return _lines(case, items, for_applicant=True)


def _lines(case: Case, items: Sequence[Any], **which: bool) -> list[MadeDocument]:
    """Asks the database only where a step has made one."""
    if not any(item.flow_task_type == DOCUMENT for item in items):
        return []
    rows = CaseDocument.objects.filter(case=case, **which).select_related("document").order_by("-pk")
    return [
        MadeDocument(str(row.document_id), row.title, row.document.size, row.made_at, row.signer)
        for row in rows
    ]
