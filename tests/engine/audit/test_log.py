"""Appending, and that nothing else is possible."""

import json
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from engine.audit import log
from engine.audit.models import AuditChain, AuditEntry
from engine.departments.models import Department, User

CHAIN = "case:STL-2026-000012"


@pytest.fixture
def entry(licensing: Department, clerk: User) -> AuditEntry:
    log.record("case.seen", chain=CHAIN, actor=clerk, department_id=licensing.pk)
    return AuditEntry.objects.get()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'other'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_chain SET head = ''",
        "DELETE FROM audit_chain",
        "TRUNCATE audit_chain",
        "INSERT INTO audit_chain (chain, position, head) VALUES ('x', 1, '')",
        "SET LOCAL pgtrigger.ignore = '{audit_entry_append_only}'; UPDATE audit_entry SET verb = 'other'",
        "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (id) DO UPDATE SET verb = 'other'",
    ],
)
def test_sql_can_not_change_the_record(entry: AuditEntry, statement: str) -> None:
    before = (list(AuditEntry.objects.values()), list(AuditChain.objects.values()))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (list(AuditEntry.objects.values()), list(AuditChain.objects.values())) == before


def test_the_orm_can_not_change_the_record(entry: AuditEntry) -> None:
    entry.verb = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()


def test_what_the_caller_says_of_place_and_hash_is_not_believed(entry: AuditEntry) -> None:
    AuditEntry.objects.create(
        chain=CHAIN, position=99, at=entry.at, verb="forged", previous_hash="f" * 64, hash="f" * 64
    )
    forged = AuditEntry.objects.get(verb="forged")
    assert (forged.position, forged.previous_hash) == (2, entry.hash)
    assert forged.hash != "f" * 64


def test_a_person_in_the_record_can_not_be_deleted(entry: AuditEntry, clerk: User) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        User.objects.filter(pk=clerk.pk)._raw_delete("default")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_appending_is_one_statement(
    licensing: Department, clerk: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        log.append(log.row("case.moved", chain=CHAIN, actor=clerk) for _ in range(3))
    with django_assert_num_queries(0):
        log.append([])


def test_the_columns_are_as_said(licensing: Department, clerk: User) -> None:
    at = datetime(2026, 11, 26, 14, 5, 6, 7, tzinfo=UTC)
    log.record(
        "v",
        chain="c",
        actor=clerk,
        department_id=licensing.pk,
        subject="workitem:12",
        details={"b": 1, "a": "é"},
        at=at,
    )
    entry = AuditEntry.objects.get()
    assert (entry.at, entry.actor, entry.department, entry.subject) == (at, clerk, licensing, "workitem:12")
    assert entry.details == '{"a":"\\u00e9","b":1}'


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "a\nb", '"', "\\", "🙂"])
def test_any_text_in_details_can_be_stored(db: None, odd: str) -> None:
    log.record("v", chain="c", details={"note": odd})
    assert json.loads(AuditEntry.objects.get().details) == {"note": odd}


def test_reading_personal_data_is_recorded_by_key(licensing: Department, clerk: User) -> None:
    log.record_read(
        clerk, chain=CHAIN, department_id=licensing.pk, subject="case:1", fields={"phone", "birth"}
    )
    entry = AuditEntry.objects.get()
    assert (entry.verb, json.loads(entry.details)) == ("personal_data.read", {"fields": ["birth", "phone"]})
