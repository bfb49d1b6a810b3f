"""What is final stays final, also for somebody with SQL; and an altered record of what happened is found."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from engine.audit.models import AuditEntry
from engine.departments.models import User
from engine.departments.roles import Role
from tests.workflows.published import (  # noqa: F401  fixtures
    apply,
    extract,
    extract_case,
    fill,
    founder,
    item_at,
)
from workflows import services
from workflows.models import Case, ServiceVersion, Submission

pytestmark = pytest.mark.django_db
FINAL = {ServiceVersion: "note", Submission: "node_key", AuditEntry: "verb"}


@pytest.fixture
def decided(
    extract_case: Case,  # noqa: F811
    item_at: Callable[[Case, str], int],  # noqa: F811
    person: Callable[..., User],
) -> Case:
    """A case with a version, a submission and a record of its own."""
    clerk = person("Clara Nunes", Role.CLERK, extract_case.department)
    services.decide(item_id=item_at(extract_case, "compare"), by=clerk, outcome="reject", reason="Not there")
    return extract_case


@pytest.mark.parametrize("model", FINAL, ids=lambda model: str(model.__name__))
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = 'changed'",
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "TRUNCATE {table} CASCADE",
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET {column} = 'changed'",
    ],
)
def test_the_database_refuses_to_change_what_is_final(
    decided: Case, model: type[ServiceVersion | Submission | AuditEntry], statement: str
) -> None:
    before = list(model.objects.order_by("pk").values())
    assert before
    said = statement.format(table=model._meta.db_table, column=FINAL[model])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(said)
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET details = replace(details, 'reject', 'approve') WHERE verb = 'work.decided'",
        "UPDATE audit_entry SET at = at - interval '1 day' WHERE verb = 'case.sent'",
        "DELETE FROM audit_entry WHERE verb = 'work.decided'",
    ],
)
def test_a_row_that_a_superuser_altered_with_triggers_off_is_found(decided: Case, statement: str) -> None:
    chain = f"case:{decided.reference}"
    call_command("verify_audit", stdout=StringIO())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"{statement} AND chain = %s", [chain])
        assert cursor.rowcount == 1
        cursor.execute("SET LOCAL session_replication_role = origin")
    said = StringIO()
    with pytest.raises(CommandError, match="broken places in"):
        call_command("verify_audit", stdout=StringIO(), stderr=said)
    assert chain in said.getvalue()
