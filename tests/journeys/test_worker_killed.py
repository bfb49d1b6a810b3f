"""A worker that is killed in the middle of issuing: another goes on, and nothing happens twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from celery import Celery
from django.conf import LazySettings
from django.db import connection

from deploy.embedded.redis import free_port, program_path
from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from engine.messages.models import Letter, OutboxMessage
from tests.databases import address_of_this_database
from tests.journeys.cases import applied_for_extracts
from workflows import services
from workflows.models import Case, WorkItem

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_200), pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
WORKER = ("-m", "celery", "-A", "portal.config.celery", "worker", "-P", "prefork", "-c", "1", "-l", "WARNING")
RELAY = ("manage.py", "relay")
PATIENCE_S = 300  # a busy machine takes long to start a worker
EVERY_S = 0.005


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[bytes]]]:
    """What this test started; it is ended with everything that it started in turn."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in reversed(started):
        kill(process)


@pytest.fixture
def broker(processes: list[subprocess.Popen[bytes]], tmp_path: Path) -> str:
    """A Redis of this test alone, so that nobody else's worker takes its tasks."""
    port = free_port()
    argv = [str(program_path(ROOT)), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    processes.append(subprocess.Popen(argv, cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True))
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def start(
    processes: list[subprocess.Popen[bytes]],
    broker: str,
    settings: LazySettings,
    town: dict[str, User],
    tmp_path: Path,
) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts a program of the product on the database of this test."""
    env = {
        **os.environ,
        "DATABASE_URL": address_of_this_database(),
        "REDIS_URL": broker,
        "SECRET_KEY": settings.SECRET_KEY,
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FOLDER": str(tmp_path / "mail"),
        "NAS_FOLDER": settings.DOCUMENT_STORES["nas"]["folder"],
        "CERTIFICATE_KEY": settings.CERTIFICATE_KEY,
        "CERTIFICATE_CHAIN": settings.CERTIFICATE_CHAIN,
    }

    def run(*argv: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"{len(processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, *argv], cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True
        )
        processes.append(process)
        return process

    return run


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill -9: the process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait, and say what did not happen."""
    end = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(EVERY_S)


def test_a_worker_killed_while_issuing_leaves_one_certificate_one_number_and_one_letter(
    town: dict[str, User],
    start: Callable[..., subprocess.Popen[bytes]],
    broker: str,
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
        Celery(broker=broker).send_task("workflows.tasks.sweep_jobs")
        Celery(broker=broker).send_task("workflows.tasks.run_job", [lost.pk])
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


def letters_in(folder: Path) -> list[object]:
    """Every e-mail that left."""
    parts = [part for file in folder.iterdir() for part in file.read_bytes().split(b"-" * 79 + b"\n")]
    return [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]
