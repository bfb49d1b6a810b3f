"""Queues as CSV, for who may export; recorded."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from engine.audit import log as audit
from engine.core.spreadsheets import safe_cell
from engine.departments.access import departments_with, require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.selectors.queue import QueueRow, queue
from workflows.selectors.queue_filters import Place, QueueFilters, View

MOST_ROWS = 10_000
QUEUE_COLUMNS = ["reference", "applicant", "summary", "step", "due", "age_days", "assigned_to"]


def export_queue(user: User, *, view: View, filters: QueueFilters, language: str = "en") -> str:
    """A view of the queue as CSV, in the departments where the person may export; recorded."""
    allowed = departments_with(user, Permission.EXPORT_CASE)
    if not allowed:
        require(user, Permission.EXPORT_CASE, next(iter(filters.departments), None))
    rows = list(_rows(user, view, _within(filters, allowed), language))
    for department in Department.objects.filter(pk__in={row.department_id for row in rows}):
        number = sum(row.department_id == department.pk for row in rows)
        _record(user, audit.department_chain(department.key), department.pk, f"queue:{view}", number)
    return _csv(QUEUE_COLUMNS, [_cells(row) for row in rows])


def _within(filters: QueueFilters, allowed: frozenset[int]) -> QueueFilters:
    wanted = set(filters.departments) & allowed if filters.departments else allowed
    return replace(filters, departments=tuple(sorted(wanted)) or (0,))


def _rows(user: User, view: View, filters: QueueFilters, language: str) -> Iterator[QueueRow]:
    after: Place | None = None
    for _ in range(MOST_ROWS // 100):
        page = queue(user, view=view, filters=filters, after=after, limit=100, language=language)
        yield from page.rows
        if page.next_place is None:
            return
        after = page.next_place


def _cells(row: QueueRow) -> list[Any]:
    due = row.due.at.isoformat() if row.due.at else ""
    return [row.reference, row.applicant, row.summary, row.step.title, due, row.age_days, row.assigned_to]


def _csv(header: list[str], rows: Iterable[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return text.getvalue()


def _record(user: User, chain: str, department_id: int, subject: str, number: int) -> None:
    audit.record(
        "case.exported",
        chain=chain,
        actor=user,
        department_id=department_id,
        subject=subject,
        details={"rows": number},
    )
