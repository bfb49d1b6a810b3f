"""Script in every text of a service and in answers: in letters, certificates and other PDFs nothing runs."""

# ruff: noqa: F401, F811 - fixtures are imported, and named again by who asks for them
from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from engine.core.text import Text
from engine.departments.models import Department, User
from engine.documents import pdf as pdf_door
from engine.documents.certificates.issuing import sample
from engine.documents.certificates.request import CertificateRequest, CertificateRow
from engine.messages.delivery import deliver_all
from tests.hostile.script import MARK, licence, nothing_runs
from tests.portal.clerk.conftest import (
    _fresh_calendars,
    answers,
    apply,
    case,
    founder,
    item_at,
    licence_answers,
    plan,
    sign_in,
)
from workflows.models import Case, Service
from workflows.services.printing import questions_pdf

pytestmark = pytest.mark.django_db


def test_nothing_runs_in_a_pdf(licence: Service, founder: User) -> None:
    data = questions_pdf(service=licence, form_key="application", by=founder, reading="en", languages=["en"])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        links = [
            str(note.get("/A", {}).get("/URI", "")) for page in pdf.pages for note in page.get("/Annots", [])
        ]
    assert not [link for link in links if link.lower().startswith("javascript")]


def test_nothing_runs_in_a_letter(case: Case) -> None:
    deliver_all()
    assert mail.outbox
    for letter in mail.outbox:
        assert "\n" not in letter.subject
        for content, kind in getattr(letter, "alternatives", []):
            if kind == "text/html":
                nothing_runs(str(content), letter.subject)


FETCHING = (
    MARK + "<img src='http://example.org/spy.png'><link rel=stylesheet href='http://example.org/spy.css'>"
    "<style>@import 'file:///etc/passwd'; body { background: url(http://example.org/spy.png) }</style>"
)


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that drawing a PDF asks for from now on."""
    asked: list[str] = []
    real = pdf_door._Held.fetch

    def noting(self: Any, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return real(self, url, headers)

    monkeypatch.setattr(pdf_door._Held, "fetch", noting)
    return asked


def nothing_runs_in_the_pdf(data: bytes, fetched: list[str]) -> None:
    """Fail where a PDF holds a script or a hostile link, or where anything was fetched for it."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert "/OpenAction" not in opened.Root
        assert "/JavaScript" not in opened.Root.get("/Names", {})
        notes = [note for page in opened.pages for note in page.get("/Annots", [])]
        links = [str(note.get("/A", {}).get("/URI", "")).lower() for note in notes]
        kinds = {str(note.get("/A", {}).get("/S", "")) for note in notes}
        assert not [link for link in links if "javascript" in link or "example.org" in link]
        assert kinds <= {"", "/URI"}
    assert [address for address in fetched if not address.startswith("caseway:")] == []


def test_nothing_runs_in_a_certificate_and_nothing_is_fetched_for_it(
    licence: Service,
    founder: User,
    sign_in: Callable[[User], Client],
    fetched: list[str],
) -> None:
    assert licence.current is not None
    for key in licence.current.package["certificates"]:
        names = ("licensing", licence.key, key)
        answer = sign_in(founder).get(reverse("designer:design-certificate-pdf", args=names))
        assert answer.status_code == 200
        nothing_runs_in_the_pdf(answer.content, fetched)
    assert fetched, "the emblem and the code are drawn"


def test_answers_with_script_are_only_words_on_a_certificate(
    licensing: Department, fetched: list[str]
) -> None:
    words = Text({"en": FETCHING, "ar": FETCHING})
    request = CertificateRequest(
        department=licensing,
        kind="x:y",
        prefix="X",
        idempotency_key="k",
        case_reference=FETCHING,
        title=words,
        statement=words,
        rows=(CertificateRow(words, {"en": FETCHING, "ar": FETCHING}),),
        languages=("en", "ar"),
        holder_name=FETCHING,
        valid_from=date(2026, 11, 26),
    )
    nothing_runs_in_the_pdf(sample(request), fetched)


def test_answers_with_script_are_only_words_on_the_copy_of_an_application(
    case: Case,
    citizen: User,
    sign_in: Callable[[User], Client],
    fetched: list[str],
) -> None:
    poison = {key: value + FETCHING for key, value in case.answers.items() if key == "business_name"}
    assert poison
    case.keep_answers({**case.answers, **poison})
    case.save()
    answer = sign_in(citizen).get(reverse("citizen:copy", args=(case.reference,)))
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    nothing_runs_in_the_pdf(data, fetched)
