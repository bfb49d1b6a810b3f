"""The trade licence, published and applied for, and the people who work on it in their own browsers."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.core.text import Text
from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents.certificates import issuing
from engine.documents.certificates.request import CertificateRequest
from engine.documents.models import Certificate, Document
from forms_library.answers import PageResult
from tests.chromium import DESKTOP, browse, chromium  # noqa: F401  fixtures
from tests.workflows.published import *  # noqa: F403  fixtures
from workflows import services
from workflows.clock import forget_calendars
from workflows.models import Case, Service
from workflows.services.package_text import read_package

PACKAGES = Path(__file__).resolve().parents[3] / "fixtures" / "packages"
NATIONAL_ID = "880202114471"


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Calendars of another test's departments are forgotten."""
    forget_calendars()


@pytest.fixture
def founder(person: Callable[..., User], licensing: Department, works: Department) -> User:
    """Who publishes."""
    user = person("Sara Vance", Role.ADMINISTRATOR, licensing)
    grant_role(user, Role.ADMINISTRATOR, works)
    return user


def published(path: str, department: Department, founder: User) -> Service:
    """A service of the demonstration."""
    source = (PACKAGES / path).read_text(encoding="utf-8")
    report = services.import_package(source=source, department=department, by=founder)
    services.publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service


@pytest.fixture
def licence(founder: User, licensing: Department) -> Service:
    """The trade licence."""
    return published("licensing/trade-licence.yaml", licensing, founder)


@pytest.fixture
def purchase(founder: User, works: Department) -> Service:
    """A service for staff."""
    return published("works/purchase-approval.yaml", works, founder)


@pytest.fixture
def answers(licence_answers: dict[str, Any], plan: Document) -> dict[str, Any]:
    """A complete application of somebody who cooks."""
    hygiene = {**licence_answers["plan"], "name": "hygiene.png"}
    cooks = {"trade": "hot_food", "cooking_with": ["gas"], "sells_alcohol": False}
    without = {key: value for key, value in licence_answers.items() if key != "goods_sold"}
    return {**without, **cooks, "hygiene_certificate": hygiene}


@pytest.fixture
def apply(citizen: User, licence: Service, answers: dict[str, Any]) -> Callable[..., Case]:
    """Sends an application, with some answers of its own."""

    def make(**own: Any) -> Case:
        draft = services.start_draft(citizen, licence, "en")
        result = PageResult({**answers, **own}, {}, [])
        draft = services.save_page(draft, "about_you", result, revision=draft.revision, by=citizen)
        return services.submit(draft, by=citizen)

    return make


@pytest.fixture
def case(apply: Callable[..., Case]) -> Case:
    """An application, just sent."""
    return apply()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A browser without JavaScript in which a person has signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def corrected(case: Case, clerk: User, citizen: User, item_at: Callable[[Case, str], int]) -> Case:
    """A case whose applicant was asked to correct the name of the business, and did."""
    services.decide(
        item_id=item_at(case, "check"),
        by=clerk,
        outcome="return",
        return_fields=["business_name"],
        note="The name stands differently in the register.",
    )
    draft = services.start_correction(case.reference, by=citizen)
    result = PageResult({"business_name": "Green Basket Limited"}, {}, [])
    draft = services.save_page(draft, "your_business", result, revision=draft.revision, by=citizen)
    services.answer_correction(draft, by=citizen)
    return case


@pytest.fixture
def open_as(
    browse: Callable[..., Page],  # noqa: F811  the fixture that is imported above
    sign_in: Callable[[User], Client],
    live_server: LiveServer,
) -> Callable[..., Page]:
    """Opens a browser in which a person has signed in; addresses of the workbench are enough for its goto."""

    def make(user: User, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        page = browse(size, **options)
        cookie = sign_in(user).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}/work/")
        return page

    return make


class NoSignature:
    """Stands in for the key: signing needs a loop of its own, and the browser's runs in this thread."""

    def sign(self, data: bytes, *, signer: str) -> bytes:
        return data


@pytest.fixture
def certificate(
    case: Case,
    licensing: Department,
    monkeypatch: pytest.MonkeyPatch,
) -> Certificate:
    """A licence of the case, issued; its page is empty, because these tests are not about how it looks."""
    monkeypatch.setattr(issuing, "held_key", NoSignature)
    monkeypatch.setattr(issuing, "certificate_pdf", lambda *_: empty_pdf())
    wanted = CertificateRequest(
        department=licensing,
        kind="licence",
        prefix="TL",
        idempotency_key=case.reference,
        case_reference=case.reference,
        title=Text({"en": "Trade licence"}),
        statement=Text({"en": "May trade."}),
        rows=(),
        languages=("en",),
        holder_name="Leila Haddad",
        valid_from=date(2026, 11, 26),
    )
    return issuing.issue(wanted)


def empty_pdf() -> bytes:
    """One white page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out, static_id=True)
    return out.getvalue()


@pytest.fixture
def board_licence(founder: User, licensing: Department) -> Service:
    """The trade licence, approved by two of three supervisors; one of them holds a veto."""
    document: Any = read_package((PACKAGES / "licensing/trade-licence.yaml").read_text(encoding="utf-8"))
    for node in document["workflow"]["nodes"]:
        if node["key"] == "approve":
            node["who"] = [{"seats": 2}, {"veto": True, "weight": 2}]
            node["rule"] = {"type": "veto", "needed": 2}
    report = services.import_package(source=document, department=licensing, by=founder)
    services.publish(service=report.service, by=founder)
    report.service.refresh_from_db()
    return report.service


@pytest.fixture
def voting(
    citizen: User, board_licence: Service, licence_answers: dict[str, Any], clerk: User, item_at: Any
) -> Case:
    """A case that has come to the vote; the clerk has checked it."""
    draft = services.start_draft(citizen, board_licence, "en")
    result = PageResult(licence_answers, {}, [])
    draft = services.save_page(draft, "about_you", result, revision=draft.revision, by=citizen)
    found = services.submit(draft, by=citizen)
    services.decide(item_id=item_at(found, "check"), by=clerk, outcome="accept")
    return found
