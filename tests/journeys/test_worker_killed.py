"""A worker that is killed in the middle of issuing: another goes on, and nothing happens twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from engine.messages.models import Letter, OutboxMessage
from tests.journeys.cases import applied_for_extracts
from tests.journeys.programs import (  # noqa: F401  fixtures
    RELAY,
    Start,
    ask,
    broker,
    kill,
    letters_in,
    processes,
    start,
    until,
    worker,
)
from workflows import services
from workflows.models import Case, WorkItem

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_200), pytest.mark.django_db(transaction=True)]
WORKER = worker(1)


def test_a_worker_killed_while_issuing_leaves_one_certificate_one_number_and_one_letter(
    town: dict[str, User],
    start: Start,  # noqa: F811
    broker: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    case = approved_extract(town)
    first = start(*WORKER)
    start(*RELAY)
    preparing = Certificate.objects.filter(state=Certificate.State.PREPARING)
    until(preparing.exists, "issuing")
    kill(first)
    number = preparing.get().number  # still in the middle: nothing was drawn to its end
    lost = WorkItem.objects.get(process=case, node_key="extract", finished=None)
    assert (lost.status, lost.attempts) == ("STARTED", 1)
    start(*WORKER)
    time_passes()
    for _ in range(3):  # three schedulers at once, and the broker gives the lost task out again
        ask(broker, "sweep_jobs")
        ask(broker, "run_job", lost.pk)
    until(lambda: Case.objects.get(pk=case.pk).state == "approved", "the approval")
    until(lambda: not Letter.objects.filter(sent_at=None).exists(), "the letter")
    until(lambda: not OutboxMessage.objects.exclude(state="done").exists(), "the end of the outbox")
    happened_once(case, number, tmp_path / "mail")


def approved_extract(town: dict[str, User]) -> Case:
    """A case whose certificate is to be issued now."""
    reference = applied_for_extracts(town, 1)[0]
    item = WorkItem.objects.get(process__reference=reference, node_key="compare")
    services.decide(item_id=item.pk, by=town["clara.nunes@registry.example"], outcome="approve")
    Department.objects.filter(key="registry").update(document_store="nas")
    return Case.objects.get(reference=reference)


def time_passes() -> None:
    """The leases that the dead worker held are over."""
    with connection.cursor() as cursor:
        table = WorkItem._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET lease_until = now() - interval '1 second' WHERE status = 'STARTED'"
        )
        cursor.execute("UPDATE outbox_message SET leased_until = NULL WHERE state = 'pending'")


def happened_once(case: Case, number: str, mail: Path) -> None:
    """One certificate with the number that was taken first, one file, one letter about it."""
    issued = Certificate.objects.get()
    assert (issued.number, issued.state) == (number, Certificate.State.VALID)
    assert issued.number.endswith("-000001")
    assert Case.objects.get(pk=case.pk).data["certificates"] == [number]
    assert Document.objects.get().pk == issued.document_id
    assert AuditEntry.objects.filter(verb="certificate.issued").count() == 1
    letters = list(Letter.objects.filter(case_reference=case.reference).values_list("message_id", flat=True))
    sent = [message["Message-ID"] for message in letters_in(mail)]
    assert sorted(sent) == sorted(letters)
    assert Letter.objects.filter(case_reference=case.reference, subject__contains="ready").count() == 1
