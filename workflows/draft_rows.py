"""The row of a draft, read and written by statements that are put together once.

Every page that is shown or saved does this, so it has to be cheap. A row that is read so says which version
of it was seen; it is written by one statement that hits only this version, so nothing has to be locked.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from engine.departments.models import User
from workflows.models import Draft, WorkItem
from workflows.unit.reading import Part, part

WRITTEN = ("answers", "raw", "revision", "last_page", "expires_at", "updated_at")
# of a department, what the pages of citizens do not show
UNSHOWN = ("week", "own_days", "holiday_country", "document_store", "signer_name", "signer_title", "place")


def read_draft(draft_id: UUID, owner: User) -> Draft | None:
    """The draft of this person, with its service, version and department, and what is to be corrected."""
    (drafts, versions, services, departments), sql = _reading()
    with connection.cursor() as cursor:
        cursor.execute(sql, [draft_id, owner.pk])
        row = cursor.fetchone()
    if row is None:
        return None
    seen, row = row[:2], row[2:]
    draft, row = drafts.build(row[: len(drafts.names)]), row[len(drafts.names) :]
    version, row = versions.build(row[: len(versions.names)]), row[len(versions.names) :]
    version.service, row = services.build(row[: len(services.names)]), row[len(services.names) :]
    draft.service_version, draft.department = version, departments.build(row)
    draft.owner, draft.seen = owner, seen
    if draft.work_item_id is not None:
        draft.work_item = WorkItem.objects.select_related("process").get(pk=draft.work_item_id)
    found: Draft = draft
    return found


def write_if_unchanged(draft: Draft) -> bool:
    """Write what was answered, unless anything has changed the row since it was read."""
    if draft.seen is None:
        return False
    values = [each.get_db_prep_save(each.pre_save(draft, False), connection) for each in _written()]
    with connection.cursor() as cursor:
        cursor.execute(_writing(), [*values, draft.pk, draft.owner_id, *draft.seen])
        draft.seen = None
        return bool(cursor.rowcount)


@cache
def _reading() -> tuple[tuple[Part, ...], str]:
    parts = (
        part("workflows.Draft"),
        part("workflows.ServiceVersion", without=("package",)),
        part("workflows.Service", without=("working",)),
        part("departments.Department", without=UNSHOWN),
    )
    draft, version, service, department = parts
    columns = ",".join(each.listed(alias) for each, alias in zip(parts, "dvsp", strict=True))
    sql = (
        f"SELECT d.ctid::text,d.xmin::text,{columns} FROM {draft.table} d "  # noqa: S608
        f"JOIN {version.table} v ON v.id=d.service_version_id JOIN {service.table} s ON s.id=v.service_id "
        f"JOIN {department.table} p ON p.id=d.department_id WHERE d.id=%s AND d.owner_id=%s"
    )
    return parts, sql


@cache
def _written() -> list[Any]:
    return [Draft._meta.get_field(name) for name in WRITTEN]


@cache
def _writing() -> str:
    columns = ",".join(f'"{each.column}"=%s' for each in _written())
    # the place of the row and who wrote it: together another one after each change
    return (
        f"UPDATE {Draft._meta.db_table} SET {columns} "  # noqa: S608
        "WHERE id=%s AND owner_id=%s AND ctid=%s::tid AND xmin=%s::xid AND submitted_case_id IS NULL"
    )
