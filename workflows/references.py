"""Reference numbers of cases: one counter for each prefix and year, without doubles."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from workflows.models import ReferenceCounter

_NEXT = (
    f"INSERT INTO {ReferenceCounter._meta.db_table} (prefix, year, last) VALUES (%s, %s, 1)"  # noqa: S608
    " ON CONFLICT (prefix, year) DO UPDATE SET last = {table}.last + 1 RETURNING last"
).format(table=ReferenceCounter._meta.db_table)


def next_reference(prefix: str, at: datetime, time_zone: str) -> str:
    """The next number, as TRL-2026-000012; its row is locked until the transaction ends, so none is lost."""
    year = at.astimezone(ZoneInfo(time_zone)).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [prefix, year])
        (number,) = cursor.fetchone() or (0,)
    return f"{prefix}-{year}-{number:06d}"
