"""A small service for citizens, published by the real verbs, and a person who applies for it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from engine.departments.models import Department, User
from engine.documents.models import Certificate, Document
from workflows import services
from workflows.clock import forget_calendars
from workflows.models import Case, Draft, Service, WorkItem

PACKAGE: dict[str, Any] = {
    "format": 1,
    "key": "stall",
    "title": {"en": "Apply for a stall", "fr": "Demander un stand", "ar": "طلب كشك"},
    "languages": ["en", "fr", "ar"],
    "reference_prefix": "STL",
    "summary_fields": ["trade"],
    "forms": {
        "application": {
            "title": {"en": "Stall licence", "fr": "Licence de stand", "ar": "رخصة كشك"},
            "pages": [
                {
                    "key": "about_you",
                    "title": {"en": "About you", "fr": "Vous", "ar": "عنك"},
                    "fields": [
                        {"key": "owner", "type": "short_text", "label": "Your name"},
                        {"key": "phone", "type": "short_text", "label": "Telephone", "required": False},
                    ],
                },
                {
                    "key": "trade",
                    "title": "What you sell",
                    "fields": [
                        {
                            "key": "trade",
                            "type": "radio",
                            "label": "What will you sell?",
                            "options": {
                                "choices": [
                                    {"key": "food", "label": "Hot food"},
                                    {"key": "goods", "label": "Goods"},
                                ]
                            },
                        },
                        {
                            "key": "fuel",
                            "type": "short_text",
                            "label": "What do you cook with?",
                            "show_when": 'answers.trade == "food"',
                        },
                    ],
                },
                {
                    "key": "kitchen",
                    "title": "Your kitchen",
                    "show_when": 'answers.trade == "food"',
                    "fields": [{"key": "hood", "type": "yes_no", "label": "Is there a hood?"}],
                },
                {
                    "key": "papers",
                    "title": "Your plan",
                    "fields": [{"key": "plan", "type": "file", "label": "Plan of the stall"}],
                },
            ],
        }
    },
    "workflow": {
        "decide_within": {"working_days": 10},
        "start": "applied",
        "nodes": [
            {
                "key": "applied",
                "type": "start",
                "form": "application",
                "title": "Applied",
                "status_text": "You applied",
                "next": "look",
            },
            {
                "key": "look",
                "type": "user_task",
                "title": "Check",
                "status_text": "We check your application",
                "role": "clerk",
                "outcomes": [
                    {"key": "accept", "label": "Accept", "next": "done"},
                    {
                        "key": "refuse",
                        "label": "Refuse",
                        "next": "refused",
                        "style": "refuse",
                        "reason": "required",
                    },
                    {"key": "return", "label": "Return", "next": "correct", "style": "return"},
                ],
            },
            {
                "key": "correct",
                "type": "applicant_task",
                "title": "Correct your answers",
                "status_text": "Waiting for your corrections",
                "due": {"working_days": 10},
                "next": "look",
                "on_timeout": "expired",
            },
            {"key": "done", "type": "end", "outcome": "approved", "title": "Approved"},
            {"key": "refused", "type": "end", "outcome": "refused", "title": "Refused"},
            {"key": "expired", "type": "end", "outcome": "expired", "title": "Expired"},
        ],
    },
}
Answer = Callable[..., Any]


@pytest.fixture(autouse=True)
def _fresh_calendars() -> None:
    """Calendars of another test's departments are forgotten."""
    forget_calendars()


@pytest.fixture
def stall(licensing: Department, administrator: User) -> Service:
    """The published service."""
    report = services.import_package(source=PACKAGE, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return Service.objects.get(pk=report.service.pk)


@pytest.fixture
def browser(client: Client, citizen: User) -> Client:
    """The citizen, signed in; a mistake of ours is answered with 500, as outside the tests."""
    client.raise_request_exception = False
    client.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def draft(stall: Service, citizen: User) -> Draft:
    """An application that is begun."""
    return services.start_draft(citizen, stall, "en")


@pytest.fixture
def answer(browser: Client, draft: Draft) -> Answer:
    """Posts one page as the form on it would, with the revision that was seen."""

    def post(page: str, *, on: Client = browser, revision: int | None = None, **data: Any) -> Any:
        if revision is None:
            draft.refresh_from_db()
        seen = draft.revision if revision is None else revision
        posted = {key.replace("__", "-"): value for key, value in data.items()}
        return on.post(f"/apply/d/{draft.pk}/{page}/", {"page-revision": seen, **posted})

    return post


def plan(name: str = "plan.pdf") -> SimpleUploadedFile:
    """A small PDF."""
    out, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


@pytest.fixture
def filled(answer: Answer, draft: Draft) -> Draft:
    """An application with every page answered."""
    answer("about_you", owner="Leila Haddad")
    answer("trade", trade="goods")
    answer("papers", plan=plan())
    draft.refresh_from_db()
    return draft


@pytest.fixture
def sent(filled: Draft, citizen: User) -> Case:
    """An application that was sent."""
    return services.submit(filled, by=citizen, revision=filled.revision)


@pytest.fixture
def returned(sent: Case, clerk: User) -> Case:
    """An application about which a clerk asked two things."""
    item = WorkItem.objects.get(process=sent, finished=None)
    services.claim(item_id=item.pk, by=clerk)
    services.decide(
        item_id=item.pk,
        by=clerk,
        outcome="return",
        return_fields=["owner", "plan"],
        note="The plan does not show the gas bottle.",
    )
    sent.refresh_from_db()
    return sent


@pytest.fixture
def certificate(registry: Department) -> Certificate:
    """A valid certificate of another department."""
    document = Document.objects.create(
        department=registry,
        name="c.pdf",
        size=3,
        content_type="application/pdf",
        sha256="0" * 64,
        store="nas",
    )
    return Certificate.objects.create(
        department=registry,
        kind="residence",
        number="CR-2026-019944",
        code="7Q4K-M2XD",
        idempotency_key="k",
        case_reference="RES-2026-000001",
        holder_masked="L•••• H•••••",
        title={"en": "Certificate of residence", "fr": "Certificat de résidence"},
        document=document,
        issued_at=timezone.now(),
        valid_from=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=365),
        state=Certificate.State.VALID,
    )
