"""What `manage.py check --database default` says about the regions of stores; `migrate` asks it too."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Doubt
from django.db import connection

from engine.departments.models import Department
from engine.documents.regions import violations


@register(Tags.database)
def document_regions(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Departments whose documents lie outside their regions; nothing is said before the tables are there."""
    if not databases or not _has_tables():
        return []
    hint = "Choose another store for the department, or allow the region; then move what lies outside."
    return [Doubt(str(each), hint=hint, id="documents.W001") for each in violations()]


def _has_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = 'document_regions'",
            [Department._meta.db_table],
        )
        return cursor.fetchone() is not None
