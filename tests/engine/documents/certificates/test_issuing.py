from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from engine.audit.models import AuditEntry
from engine.documents.certificates import issuing
from engine.documents.certificates.checking import verify_file
from engine.documents.certificates.issuing import issue, sample
from engine.documents.models import Certificate, CertificateSeries, Document
from engine.documents.reading import read_verified
from engine.documents.signing import NoSigningKey
from engine.documents.storage import StoreAway
from tests.databases import address_of_this_database
from tests.engine.documents.conftest import pdf_bytes


@pytest.fixture
def quick(monkeypatch):
    """Certificates with an empty page, where the page does not matter."""
    monkeypatch.setattr(issuing, "certificate_pdf", lambda *_: pdf_bytes())


def test_a_certificate_is_numbered_stored_signed_and_recorded(stored_at, wanted):
    certificate = issue(wanted())
    assert certificate.number.endswith("-000001")
    assert certificate.state == Certificate.State.VALID
    assert certificate.holder_masked == "L•••• H•••••"
    assert certificate.title == {"en": "Trade licence", "fr": "Licence de commerce", "ar": "رخصة تجارية"}
    with read_verified(certificate.document) as file:
        check = verify_file(file.read())
    assert (check.certificate, check.signature) == (certificate, "valid")
    assert AuditEntry.objects.get(verb="certificate.issued").chain == "case:TRL-2026-000001"


def test_the_same_key_is_the_same_certificate(db, quick, wanted):
    assert issue(wanted()).pk == issue(wanted()).pk
    assert (Certificate.objects.count(), Document.objects.count()) == (1, 1)


def test_each_prefix_department_and_year_counts_for_itself(quick, wanted, registry):
    numbers = [
        issue(wanted("a")).number,
        issue(wanted("b", prefix="MS")).number,
        issue(wanted("c", department=registry)).number,
        issue(wanted("d")).number,
    ]
    assert [each[:3] + each[-1] for each in numbers] == ["TL-1", "MS-1", "TL-1", "TL-2"]


def test_without_a_key_no_number_is_taken(db, wanted, settings):
    settings.CERTIFICATE_KEY = ""
    with pytest.raises(NoSigningKey):
        issue(wanted())
    assert not CertificateSeries.objects.exists()


def test_a_store_that_is_away_keeps_the_number_for_the_next_try(db, quick, wanted, monkeypatch):
    def away(*_: object) -> None:
        raise StoreAway

    with monkeypatch.context() as patch, pytest.raises(StoreAway):
        patch.setattr(issuing, "write_bytes", away)
        issue(wanted())
    assert Certificate.objects.get().state == Certificate.State.PREPARING
    assert issue(wanted()).number.endswith("-000001")
    assert Certificate.objects.count() == 1


def test_a_newer_certificate_replaces_the_older(db, quick, wanted):
    older = issue(wanted("a"))
    newer = issue(wanted("b", replaces=older.number))
    older.refresh_from_db()
    assert (older.state, older.replaced_by) == (Certificate.State.REPLACED, newer)


def test_a_sample_takes_no_number_and_is_not_signed(db, wanted):
    assert sample(wanted()).startswith(b"%PDF")
    assert b"ETSI.CAdES" not in sample(wanted())
    assert not Certificate.objects.exists()
    assert not CertificateSeries.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_thirty_two_workers_leave_no_gap_and_no_double(quick, wanted, licensing):
    start = threading.Barrier(32)

    def work(position: int) -> str:
        start.wait()
        try:
            return issue(wanted(f"case-{position}")).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(32) as pool:
        numbers = sorted(pool.map(work, range(32)))
    assert [int(each[-6:]) for each in numbers] == list(range(1, 33))


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_request_make_one_certificate(quick, wanted, licensing):
    start = threading.Barrier(8)

    def work(_: int) -> str:
        start.wait()
        try:
            return issue(wanted()).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(work, range(8)))) == 1
    assert CertificateSeries.objects.get().last == 1
    assert Document.objects.count() == 1
    assert AuditEntry.objects.filter(verb="certificate.issued").count() == 1


WORKER = """
import os, signal, sys
import django
django.setup()
from datetime import date
from engine.core.text import Text
from engine.departments.models import Department
from engine.documents.certificates import issuing, numbering
from engine.documents.certificates.request import CertificateRequest

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

module, name = {"numbering": (numbering, "new_code"), "drawing": (issuing, "certificate_pdf"),
                "storing": (issuing, "write_bytes"), "closing": (issuing, "_finish"),
                "recording": (issuing.log, "record"), "": (issuing, "held_key")}[sys.argv[1]]
if sys.argv[1]:
    setattr(module, name, die)
print(issuing.issue(CertificateRequest(
    Department.objects.get(key="licensing"), "trade-licence/licence", "TL", "case-1",
    "TRL-2026-000001", Text("Trade licence"), Text("The holder may trade."), (), ("en",),
    "Leila Haddad", date(2026, 11, 26))).number)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "moment",
    [
        "storing",
        pytest.param("numbering", marks=pytest.mark.slow),
        pytest.param("drawing", marks=pytest.mark.slow),
        pytest.param("closing", marks=pytest.mark.slow),
        pytest.param("recording", marks=pytest.mark.slow),
    ],
)
def test_a_worker_killed_at_any_moment_and_run_again_makes_one_certificate(
    moment, licensing, settings, tmp_path
):
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_this_database(),
        "NAS_FOLDER": settings.DOCUMENT_STORES["nas"]["folder"],
        "CERTIFICATE_KEY": settings.CERTIFICATE_KEY,
        "CERTIFICATE_CHAIN": settings.CERTIFICATE_CHAIN,
        "DJANGO_SETTINGS_MODULE": "portal.config.settings",
    }

    def run(point: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", WORKER, point],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    assert run(moment).returncode == -signal.SIGKILL
    again = run("")
    assert again.returncode == 0, again.stderr
    certificate = Certificate.objects.get()
    assert again.stdout.strip() == certificate.number
    assert certificate.number.endswith("-000001")
    assert certificate.state == Certificate.State.VALID
    assert CertificateSeries.objects.get().last == 1
    assert Document.objects.count() == 1
    read_verified(certificate.document).close()
