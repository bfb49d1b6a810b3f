"""Script in every text of a service: in designer, portal, workbench, letters and PDFs, nothing runs."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
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
from portal.pages.first_pages import publish_first_pages
from tests.portal.clerk.conftest import (  # noqa: F401  fixtures
    PACKAGES,
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
from workflows import services
from workflows.models import Case, Service
from workflows.services.package_text import read_package
from workflows.services.printing import questions_pdf

pytestmark = pytest.mark.django_db
MARK = (
    "<script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "\"'></title></textarea>[x](javascript:alert(4))"
)
# words of a package whose value people read
TEXTS = {
    "title", "summary", "label", "hint", "phrase", "section", "intro", "statement", "agree", "sentence",
    "status_text", "subject", "body", "action", "time", "fee", "validity", "other_ways", "text", "words",
    "item_label", "none", "unit", "yes", "no",
}  # fmt: skip
LISTS = {"you_need"}
GROUPS = {"errors"}


def poisoned(value: Any, name: str = "") -> Any:
    """A package with script at the end of each text."""
    if isinstance(value, dict):
        if name in TEXTS and all(isinstance(one, str) for one in value.values()):
            return {language: one + MARK for language, one in value.items()}
        inside = "title" if name in GROUPS else ""
        return {key: poisoned(one, inside or key) for key, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, "title" if name in LISTS else "") for one in value]
    return value + MARK if isinstance(value, str) and name in TEXTS else value


class Runs(HTMLParser):
    """Collects whatever in a page could run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        if tag == "script" and not given.get("src") and given.get("type") not in ("application/json",):
            self.found.append(f"<script> {given}")
        if tag == "img" and given.get("src") == "x":
            self.found.append("<img src=x>")
        for name, value in given.items():
            if name.startswith("on") or name == "srcdoc" or "javascript:" in value[:20]:
                self.found.append(f"<{tag} {name}={value[:60]}>")


def nothing_runs(html: str, where: str) -> None:
    """Fail where a page holds what a browser would run."""
    parser = Runs()
    parser.feed(html)
    assert parser.found == [], where


def test_the_check_itself_finds_script() -> None:
    parser = Runs()
    parser.feed(f"<p>{MARK}</p><a href=' javascript:x'>")
    assert len(parser.found) == 5


@pytest.fixture
def licence(founder: User, licensing: Department) -> Service:  # noqa: F811
    """The trade licence with script in each of its texts."""
    source = read_package((PACKAGES / "licensing/trade-licence.yaml").read_text(encoding="utf-8"))
    report = services.import_package(source=poisoned(source), department=licensing, by=founder)
    services.publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service


def pages_of_designers(service: Service) -> Iterator[str]:
    """The addresses at which designers read the texts of a service."""
    names = ("licensing", service.key)
    yield reverse("designer:services")
    for name in ("service", "design", "translations", "try"):
        yield reverse(f"designer:{name}", args=names)


def test_nothing_runs_in_the_designer(
    licence: Service,
    founder: User,  # noqa: F811
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client = sign_in(founder)
    for address in pages_of_designers(licence):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "alert(1)" in answer.content.decode(), address
        nothing_runs(answer.content.decode(), address)


def test_the_editor_hands_texts_to_its_script_as_data(
    licence: Service,
    founder: User,  # noqa: F811
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    page = sign_in(founder).get(reverse("designer:design", args=("licensing", licence.key))).content.decode()
    data = page.partition('type="application/json">')[2].partition("</script>")[0]
    assert json.loads(data)["document"]["title"]["en"].endswith(MARK)


def test_nothing_runs_in_the_preview_of_any_page(
    licence: Service,
    founder: User,  # noqa: F811
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client = sign_in(founder)
    assert licence.current is not None
    package = licence.current.package
    address = reverse("designer:design-preview", args=("licensing", licence.key))
    for form_key, form in package["forms"].items():
        for page in form["pages"]:
            body = {
                "document": package,
                "form": form_key,
                "page": page["key"],
                "language": "en",
                "errors": True,
            }
            answer = client.post(address, json.dumps(body), content_type="application/json")
            assert answer.status_code == 200, answer.content
            nothing_runs(answer.json()["html"], f"{form_key} {page['key']}")


def test_nothing_runs_in_the_portal(
    licence: Service,
    case: Case,  # noqa: F811
    citizen: User,
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    publish_first_pages()
    client = sign_in(citizen)
    draft = services.start_draft(citizen, licence, "en")
    assert licence.current is not None
    pages = [page["key"] for page in licence.current.package["forms"]["application"]["pages"]]
    addresses = [
        "/services/",
        f"/licensing/{licence.key}/",
        reverse("citizen:applications"),
        reverse("citizen:application", args=(case.reference,)),
        reverse("citizen:page", args=(draft.pk, pages[0])),
        reverse("citizen:check", args=(draft.pk,)),
    ]
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        nothing_runs(answer.content.decode(), address)
    sent = client.post(reverse("citizen:page", args=(draft.pk, pages[0])), {"page-revision": draft.revision})
    nothing_runs(sent.content.decode(), "a page with errors")


def test_nothing_runs_in_the_workbench(
    case: Case,  # noqa: F811
    clerk: User,
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client = sign_in(clerk)
    for name, args in (
        ("queue", ()),
        ("cases", ()),
        ("case", (case.reference,)),
        ("diagram", (case.reference,)),
        ("history", (case.reference,)),
        ("why_questions", (case.reference,)),
    ):
        answer = client.get(reverse(f"clerk:{name}", args=args), follow=True)
        assert answer.status_code == 200, name
        nothing_runs(answer.content.decode(), name)


def test_nothing_runs_in_a_pdf(licence: Service, founder: User) -> None:  # noqa: F811
    data = questions_pdf(service=licence, form_key="application", by=founder, reading="en", languages=["en"])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        links = [
            str(note.get("/A", {}).get("/URI", "")) for page in pdf.pages for note in page.get("/Annots", [])
        ]
    assert not [link for link in links if link.lower().startswith("javascript")]


def test_nothing_runs_in_a_letter(case: Case) -> None:  # noqa: F811
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
    founder: User,  # noqa: F811
    sign_in: Callable[[User], Client],  # noqa: F811
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
    case: Case,  # noqa: F811
    citizen: User,
    sign_in: Callable[[User], Client],  # noqa: F811
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


def test_nothing_runs_in_the_preview_of_a_letter(
    licence: Service,
    founder: User,  # noqa: F811
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client = sign_in(founder)
    assert licence.current is not None
    address = reverse("designer:design-message", args=("licensing", licence.key))
    for key in licence.current.package["messages"]:
        for language in ("en", "ar"):
            body = {"document": licence.current.package, "key": key, "language": language}
            answer = client.post(address, json.dumps(body), content_type="application/json")
            assert "alert(1)" in answer.json()["html"]
            nothing_runs(answer.json()["html"], f"{key} {language}")
