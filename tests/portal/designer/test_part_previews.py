"""Certificates and messages of a draft, as people would get them."""

# ruff: noqa: F401, F811 - fixtures are imported, and named again by who asks for them
from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents import pdf
from engine.documents.models import Certificate
from engine.messages.models import Letter, OutboxMessage
from portal.designer import api
from portal.designer.models import ServiceDesign
from tests.conftest import Person
from tests.portal.designer.opened_editor import designer, service
from workflows.models import Service

pytestmark = pytest.mark.django_db
Part = dict[str, Any]
Call = Callable[..., tuple[int, Part]]
CERTIFICATE = {
    "title": {"en": "Dog licence", "fr": "Licence canine"},
    "statement": {"en": "may keep a dog", "fr": "peut garder un chien"},
    "prefix": "DOG",
    "languages": ["en", "fr"],
    "holder": "name",
    "rows": [{"field": "name"}],
}
MESSAGE = {
    "subject": {"en": "About {reference}", "fr": "Au sujet de {reference}"},
    "body": {"en": "Dear {applicant}, wait until {due}.\n\n{service}, {department}", "fr": "Jusqu’au {due}."},
    "action": {"en": "See it"},
}


@pytest.fixture
def document(service: Service) -> Part:
    """Its draft, with a certificate and a message."""
    design = ServiceDesign.objects.get(service=service)
    design.document |= {"certificates": {"licence": CERTIFICATE}, "messages": {"late": MESSAGE}}
    design.save()
    return design.document


@pytest.fixture
def call(client: Client, designer: User, document: Part) -> Call:
    """Asks for a preview as a person and gives status and answer."""

    def send(name: str, *, by: User = designer, **asked: Any) -> tuple[int, Part]:
        client.force_login(by)
        address = reverse(f"designer:design-{name}", args=("licensing", "dogs"))
        body = json.dumps({"document": document, **asked})
        answer = client.post(address, body, content_type="application/json")
        return answer.status_code, answer.json()

    return send


def texts_drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are handed to the door of WeasyPrint from now on."""
    drawn: list[str] = []
    real = pdf.draw

    def noting(html: str, **given: Any) -> pdf.Drawn:
        drawn.append(html)
        return real(html, **given)

    monkeypatch.setattr(pdf, "draw", noting)
    return drawn


def test_a_certificate_is_the_real_page_marked_as_a_sample(call: Call, monkeypatch: Any) -> None:
    drawn = texts_drawn(monkeypatch)
    status, answer = call("certificate", key="licence", sample=1)
    assert status == 200
    assert len(answer["pages"]) == 1
    picture = Image.open(
        io.BytesIO(base64.b64decode(answer["pages"][0].removeprefix("data:image/png;base64,")))
    )
    assert picture.width == 1240
    assert all(words in drawn[0] for words in ("Dog licence", "Licence canine", "SAMPLE", "DOG-"))
    assert "[Full name]" not in drawn[0], "an answer was made up"


def test_nothing_of_a_preview_is_kept_or_sent(call: Call) -> None:
    call("certificate", key="licence")
    call("message", key="late", language="en")
    assert not Certificate.objects.exists()
    assert not Letter.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_an_answer_that_cannot_be_made_up_is_said_by_its_question(
    call: Call, document: Part, monkeypatch: Any
) -> None:
    drawn = texts_drawn(monkeypatch)
    document["forms"]["application"]["pages"][0]["exit"] = True
    document["certificates"]["licence"] = {**CERTIFICATE, "rows": [{"field": "nothing"}, {"field": "name"}]}
    document["forms"]["application"]["pages"][0]["fields"][0]["show_when"] = "false"
    assert call("certificate", key="licence")[0] == 200
    assert "[Full name]" in drawn[0] and "[nothing]" in drawn[0]


@pytest.mark.parametrize(
    "certificate",
    [
        {},
        [],
        None,
        {"title": 5},
        {"languages": ["en", "fr", "ar"], "prefix": "no good", "holder": "a b"},
        {**CERTIFICATE, "rows": [{"field": "name"}, {"field": 7}, "x"], "valid_for": {"moons": 3}},
        {"title": "<script>alert(1)</script><img src='http://example.org/x.png'>"},
    ],
)
def test_an_unfinished_certificate_is_drawn_as_far_as_it_goes(
    call: Call, document: Part, certificate: Any
) -> None:
    document["certificates"]["licence"] = certificate
    status, answer = call("certificate", key="licence")
    assert (status, len(answer["pages"])) == (200, 1)


def test_the_pdf_of_the_saved_draft_opens_by_itself(client: Client, designer: User, document: Part) -> None:
    client.force_login(designer)
    names = ("licensing", "dogs")
    answer = client.get(reverse("designer:design-certificate-pdf", args=(*names, "licence")))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as opened:
        assert "SAMPLE" in str(opened.docinfo["/Title"])
    gone = client.get(reverse("designer:design-certificate-pdf", args=(*names, "none")))
    assert gone.status_code == 404


def test_a_message_is_the_real_letter_in_each_language(call: Call) -> None:
    status, english = call("message", key="late", language="en")
    assert status == 200
    assert english["subject"].startswith("About ") and "{" not in english["subject"]
    assert "<!doctype html>" in english["html"] and "Licensing Department" in english["html"]
    assert "Register a dog, Licensing Department" in english["text"]
    assert "See it" in english["html"] and "/applications/" in english["html"]
    french = call("message", key="late", language="fr")[1]
    assert french["subject"].startswith("Au sujet de") and 'lang="fr"' in french["html"]


def test_a_placeholder_that_nothing_fills_stays_to_be_seen(call: Call, document: Part) -> None:
    document["messages"]["late"] = {"subject": "About {moon}", "body": "<b>{reference}</b>"}
    answer = call("message", key="late", language="en")[1]
    assert answer["subject"] == "About {moon}"
    assert "&lt;b&gt;" in answer["html"] and "<b>{" not in answer["html"]


@pytest.mark.parametrize("message", [{}, None, 7, {"subject": ["x"], "body": {"en": 5}}, {"more": True}])
def test_an_unfinished_message_is_drawn_as_far_as_it_goes(call: Call, document: Part, message: Any) -> None:
    document["messages"]["late"] = message
    assert call("message", key="late", language="en")[0] == 200


@pytest.mark.parametrize(("name", "asked"), [("certificate", {}), ("message", {"language": "en"})])
def test_a_part_that_is_not_there_is_refused_with_a_sentence(call: Call, name: str, asked: Part) -> None:
    status, answer = call(name, key="none", **asked)
    assert (status, answer["error"]["code"]) == (422, "no_part")
    assert call("message", key="late", language="<x>")[0] == 400


def test_who_publishes_sees_what_is_to_be_approved_and_whoever_works_elsewhere_does_not(
    call: Call, person: Person, licensing: Department, registry: Department
) -> None:
    publisher = person("Paul Publish", Role.PUBLISHER, licensing)
    clerk = person("Carl Clerk", Role.CLERK, licensing)
    stranger = person("Nora Next", Role.ADMINISTRATOR, registry)
    for name, asked in (("certificate", {"key": "licence"}), ("message", {"key": "late", "language": "en"})):
        assert call(name, by=publisher, **asked)[0] == 200
        assert call(name, by=clerk, **asked)[0] == 404
        status, answer = call(name, by=stranger, **asked)
        assert status == 404
        assert "Dog" not in json.dumps(answer)


def test_many_previews_in_a_short_time_are_put_off(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PREVIEWS_A_MINUTE", 2)
    asked = [call("message", key="late", language="en")[0] for _ in range(4)]
    assert 429 in asked and asked[0] == 200
