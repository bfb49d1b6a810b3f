"""The chain: kept by the database, checked in Python."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from engine.audit import log
from engine.audit.chain import Head, check
from engine.audit.models import AuditChain, AuditEntry
from engine.departments.models import Department, User

CHAIN = "case:STL-2026-000012"


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def as_superuser_without_triggers(statement: str, *values: object) -> None:
    with transaction.atomic():
        sql("SET LOCAL session_replication_role = replica")
        sql(statement, *values)
        sql("SET LOCAL session_replication_role = origin")


@pytest.fixture
def five(licensing: Department, clerk: User) -> None:
    for number in range(5):
        details = {"step": number, "note": 'é "اختبار" \\ 🙂'}
        log.record("case.moved", chain=CHAIN, actor=clerk, department_id=licensing.pk, details=details)


def sentences() -> list[tuple[int, str]]:
    return [(found.position, found.sentence) for found in check().breaks]


def test_an_untouched_chain_is_right(five: None) -> None:
    report = check()
    assert (report.entries, report.breaks) == (5, [])
    assert report.heads[CHAIN] == Head(5, AuditEntry.objects.get(position=5).hash)


@pytest.mark.parametrize(
    "column, value",
    [("details", "{}"), ("verb", "other"), ("at", "2020-01-01"), ("actor_id", None), ("department_id", None),
     ("subject", "workitem:1"), ("actor_note", "someone"), ("hash", "0" * 64)],
)  # fmt: skip
def test_an_altered_entry_is_found(five: None, column: str, value: object) -> None:
    as_superuser_without_triggers(f"UPDATE audit_entry SET {column} = %s WHERE position = 3", value)
    assert (3, "The entry was altered.") in sentences()


def test_a_removed_entry_is_found(five: None) -> None:
    as_superuser_without_triggers("DELETE FROM audit_entry WHERE position = 3")
    assert (4, "An entry is missing: 3 should come here.") in sentences()


def test_a_removed_entry_is_found_after_renumbering(five: None) -> None:
    as_superuser_without_triggers("DELETE FROM audit_entry WHERE position = 3")
    as_superuser_without_triggers("UPDATE audit_entry SET position = position - 1 WHERE position = 4")
    as_superuser_without_triggers("UPDATE audit_entry SET position = position - 1 WHERE position = 5")
    assert (3, "The entry does not follow the one before it.") in sentences()


def test_an_inserted_entry_is_found(five: None) -> None:
    as_superuser_without_triggers(
        "INSERT INTO audit_entry"
        " (chain, position, at, actor_note, verb, subject, details, previous_hash, hash)"
        " SELECT chain, 6, at, actor_note, verb, subject, details, hash, hash"
        " FROM audit_entry WHERE position = 5"
    )
    assert (6, "The entry was altered.") in sentences()


def test_a_tail_that_was_cut_off_is_found(five: None) -> None:
    as_superuser_without_triggers("DELETE FROM audit_entry WHERE position >= 4")
    assert sentences() == [(4, "The end of the chain is missing or was added to.")]


def test_a_chain_without_its_entries_is_found(five: None) -> None:
    as_superuser_without_triggers("DELETE FROM audit_entry")
    assert sentences() == [(1, "The end of the chain is missing or was added to.")]


def test_entries_without_their_chain_are_found(five: None) -> None:
    as_superuser_without_triggers("DELETE FROM audit_chain")
    assert sentences() == [(6, "The end of the chain is missing or was added to.")]


def test_heads_kept_elsewhere_find_what_the_database_alone_cannot_show(five: None) -> None:
    kept = check().heads
    as_superuser_without_triggers("DELETE FROM audit_entry")
    as_superuser_without_triggers("DELETE FROM audit_chain")
    assert check().breaks == []
    assert [found.sentence for found in check(kept=kept).breaks] == ["The whole chain is missing."]
    log.record("case.moved", chain=CHAIN)
    assert [found.sentence for found in check(kept=kept).breaks] == ["The chain is shorter than it was."]
    for _ in range(4):
        log.record("case.moved", chain=CHAIN)
    assert [found.sentence for found in check(kept=kept).breaks] == [
        "The entry is not the one that was kept elsewhere."
    ]


def test_one_chain_is_checked_alone(five: None) -> None:
    log.record("other", chain="department:licensing")
    as_superuser_without_triggers("UPDATE audit_entry SET verb = 'x' WHERE chain = 'department:licensing'")
    assert check(CHAIN).breaks == []
    assert len(check("department:licensing").breaks) == 1


def test_several_rows_in_one_insert_and_inside_a_cte_are_chained(licensing: Department) -> None:
    log.append(log.row("first", chain=CHAIN, subject=str(number)) for number in range(4))
    columns = ", ".join(log.COLUMNS)
    values = [value for verb in ("a", "b", "c") for value in log.row(verb, chain=CHAIN).values()]
    places = ", ".join([f"({', '.join(['%s'] * len(log.COLUMNS))})"] * 3)
    sql(
        f"WITH written AS (INSERT INTO audit_entry ({columns}) VALUES {places} RETURNING id)"
        " SELECT count(*) FROM written",
        *values,
    )
    assert list(AuditEntry.objects.order_by("position").values_list("verb", flat=True)) == [
        "first"
    ] * 4 + list("abc")
    assert check().breaks == []
    assert AuditChain.objects.get().position == 7


@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_on_one_chain_leave_a_right_chain() -> None:
    def append(thread: int) -> None:
        try:
            for number in range(20):
                with transaction.atomic():
                    log.record("race", chain=CHAIN, subject=f"{thread}:{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(append, range(16)))
    report = check()
    assert (report.entries, report.breaks) == (320, [])
    assert report.heads[CHAIN].position == 320


def test_a_rolled_back_entry_leaves_no_gap(five: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        log.record("lost", chain=CHAIN)
        raise ZeroDivisionError
    log.record("kept", chain=CHAIN)
    assert check().breaks == []
    assert AuditChain.objects.get().position == 6
