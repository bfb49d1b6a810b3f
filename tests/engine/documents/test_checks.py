"""What the system check says of regions."""

from __future__ import annotations

import pytest
from django.db import connection

from engine.documents.checks import document_regions


@pytest.mark.django_db
def test_nothing_is_asked_without_a_database_or_before_its_tables_are_there(licensing):
    licensing.document_regions = ["elsewhere"]
    licensing.save()
    assert document_regions(None) == []
    assert [each.id for each in document_regions(None, databases=["default"])] == ["documents.W001"]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE departments_department RENAME COLUMN document_regions TO not_yet")
    assert document_regions(None, databases=["default"]) == []
