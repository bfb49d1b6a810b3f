"""A published version is final, whatever a session sets."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from workflows.models import ServiceVersion


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows_serviceversion SET note = 'x'",
        "DELETE FROM workflows_serviceversion",
        "TRUNCATE workflows_serviceversion CASCADE",
        "SET LOCAL pgtrigger.ignore = '*:*'; UPDATE workflows_serviceversion SET note = 'x'",
    ],
)
def test_the_database_refuses_to_change_a_version(
    simple_package: dict[str, Any], publish: Callable[..., ServiceVersion], sql: str
) -> None:
    version = publish(simple_package)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert ServiceVersion.objects.get(pk=version.pk).note == version.note
