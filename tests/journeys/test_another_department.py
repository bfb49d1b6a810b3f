"""Whoever works in another department is refused at every address of a case, and reads nothing about it.

The tables below name every address of the rooms; an address that is in none of them fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.core.text import Text
from engine.departments.access import revoke_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents.models import Certificate, Document
from engine.messages.delivery import deliver_all
from portal.citizen import urls as citizen_urls
from portal.clerk import urls as clerk_urls
from portal.designer import urls as designer_urls
from tests.portal.clerk.conftest import (  # noqa: F401  fixtures
    _fresh_calendars,
    answers,
    apply,
    case,
    certificate,
    founder,
    item_at,
    licence,
    licence_answers,
    plan,
    sign_in,
)
from workflows import services
from workflows.models import Amendment, Case, Draft, Service, VersionMove, WorkItem
from workflows.services.moving_versions import plan_move

pytestmark = pytest.mark.django_db
REFUSED, ABSENT, WRONG_METHOD = 403, 404, 405
LEADS_NOWHERE = 410  # what the link of somebody else says, and the link that was used
WORDS = ("Licensing", "licences", "Leila", "Haddad", "Green Basket", "Check documents", "Noor", "plan.png")
ROLES = [role for role in Role if role != Role.CITIZEN]


@dataclass(frozen=True)
class Target:
    """One address with what is posted to it."""

    keys: tuple[str, ...] = ()
    sent: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


DECIDED = {"_outcome": "accept", "_reason": "x", "_confirmed": "yes"}
REVOKED = {"_reason": "x", "reason": "x", "_confirmed": "yes"}
SERVICE = ("department_key", "service")
# every one of these is refused outright
OF_THE_CASE = {
    "clerk:claim": Target(("item_id",)),
    "clerk:release": Target(("item_id",)),
    "clerk:assign": Target(("item_id",), {"_to": "me"}),
    "clerk:delegate": Target(("item_id",), {"_to": "me"}),
    "clerk:decide": Target(("item_id",), DECIDED),
    "clerk:desk": Target(("item_id",), {"_method": "cash", "_receipt": "1", "_amount": "1.00"}),
    "clerk:opinion_ask": Target(("item_id",), {"_address": "x@example.org"}),
    "clerk:opinion_back": Target(("item_id",)),
    "clerk:opinion_beside": Target(("reference",), {"_address": "x@example.org", "_question": "x"}),
    "clerk:opinion_end": Target(("reference", "opinion_id")),
    "clerk:note": Target(("reference",), {"_text": "x"}),
    "clerk:course": Target(("reference", "course"), {"_reason": "x", "_step": "check"}),
    "clerk:retry": Target(("item_id",)),
    "clerk:mend": Target(("reference",), {"_fields": "business_name", "business_name": "x"}),
    "clerk:compare": Target(("reference", "other"), {"_kept": "x"}),
    "clerk:skip": Target(("item_id",), {"_reason": "x"}),
    "clerk:flag": Target(("reference",), {"_flag": "urgent"}),
    "clerk:flag_off": Target(("reference",), {"_flag": "urgent"}),
    "clerk:flag_retire": Target(("flag_id",)),
    "clerk:escalate": Target(("item_id",)),
    "clerk:document": Target(("document_id",)),
    "clerk:case": Target(("reference",)),
    "clerk:reveal": Target(("reference",), {"_field": "applicant_name"}),
    "clerk:diagram": Target(("reference",)),
    "clerk:history": Target(("reference",)),
    "clerk:hold": Target(("reference",), {"_reason": "x"}),
    "clerk:resume": Target(("reference",)),
    "clerk:why_questions": Target(("reference",)),
    "clerk:why": Target(("reference", "name")),
    "clerk:open_one": Target(("department", "service", "start")),
    "clerk:heat": Target(("department", "service")),
    "clerk:export_case": Target(("reference",)),
    "clerk:export_cases": Target(sent={"service": "licensing/trade-licence", "kind": "csv"}),
    "clerk:certificate": Target(("reference", "number")),
    "clerk:revoke": Target(("reference", "number"), REVOKED),
    "clerk:amend": Target(("reference", "number"), {"_fields": "business_name", "business_name": "x"}),
    "clerk:amendment": Target(("reference", "amendment_id"), {"_outcome": "approve", "_reason": "x"}),
    "designer:publishing": Target(("department_key",), {"approval": "yes", "people": "1"}),
    "designer:import": Target(("department_key",), {"text": "format: 1\nkey: x"}),
    "designer:import-form": Target(("department_key",)),
    "designer:import-process": Target(("department_key",), {"x": "y"}),
    "designer:service": Target(SERVICE),
    "designer:publish": Target(SERVICE, {"note": "x"}),
    "designer:moves": Target(SERVICE, {"source": "1", "target": "2"}),
    "designer:move": Target((*SERVICE, "move_id"), {"leaves_removed": "yes"}),
    "designer:move-cases": Target((*SERVICE, "move_id")),
    "designer:move-act": Target((*SERVICE, "move_id", "verb")),
    "designer:new": Target(("department_key",), {"title": "x", "languages": "en", "template": "check"}),
    "designer:design": Target(SERVICE),
    "designer:design-save": Target(SERVICE),
    "designer:design-check": Target(SERVICE),
    "designer:design-effects": Target(SERVICE),
    "designer:design-preview": Target(SERVICE),
    "designer:design-why": Target(SERVICE),
    "designer:design-rule": Target(SERVICE),
    "designer:design-lines": Target(SERVICE),
    "designer:design-certificate": Target(SERVICE),
    "designer:design-certificate-pdf": Target((*SERVICE, "certificate")),
    "designer:design-message": Target(SERVICE),
    "designer:design-presence": Target(SERVICE),
    "designer:design-ask": Target(SERVICE),
    "designer:design-vote": Target(SERVICE),
    "designer:design-keep-part": Target(SERVICE),
    "designer:design-rename-part": Target(SERVICE),
    "designer:design-drop-part": Target(SERVICE),
    "designer:design-publish": Target(SERVICE),
    "designer:design-versions": Target(SERVICE),
    "designer:design-restore": Target(SERVICE),
    "designer:design-lock": Target(SERVICE),
    "designer:design-unlock": Target(SERVICE),
    "designer:export-working": Target(SERVICE),
    "designer:export": Target((*SERVICE, "version")),
    "designer:answers-schema": Target((*SERVICE, "version")),
    "designer:bpmn": Target((*SERVICE, "version")),
    "designer:questions": Target((*SERVICE, "form_key")),
    "designer:export-form": Target((*SERVICE, "form_key")),
    "designer:download-form": Target((*SERVICE, "form_key"), {"kind": "xgov"}),
    "designer:tables": Target(SERVICE, {"table": "steps.fee"}),
    "designer:download-table": Target((*SERVICE, "where")),
    "designer:translations": Target(SERVICE),
    "designer:try": Target(SERVICE, {"do": "apply"}),
    "designer:try-certificate": Target((*SERVICE, "sample"), {"script": "{}"}),
    "designer:try-document": Target((*SERVICE, "sample"), {"script": "{}"}),
    "designer:translations-import": Target(SERVICE, {"x": "y"}),
    "designer:translations-export": Target((*SERVICE, "kind", "language")),
    "citizen:draft": Target(("draft_id",)),
    "citizen:check": Target(("draft_id",), {"revision": "1"}),
    "citizen:suggestions": Target(("draft_id",), {"field": "trade", "text": "ho"}),
    "citizen:changed": Target(("draft_id",)),
    "citizen:later": Target(("draft_id",)),
    "citizen:resume": Target(("token",)),
    "citizen:sent": Target(("draft_id",)),
    "citizen:discard": Target(("draft_id",)),
    "citizen:page": Target(("draft_id", "page_key"), {"business_name": "x"}),
    "citizen:application": Target(("reference",)),
    "citizen:correct": Target(("reference",)),
    "citizen:pay": Target(("reference",)),
    "citizen:paid": Target(("reference",)),
    "citizen:act": Target(("reference",), {"action": "x"}),
    "citizen:withdraw": Target(("reference",)),
    "citizen:copy": Target(("reference",)),
    "citizen:certificate": Target(("reference", "number")),
    "citizen:document": Target(("document_id",)),
}
# these answer, with what belongs to the reader's own department alone
OF_THE_READER = {
    "clerk:queue": Target(asked={"department": "licensing", "view": "team", "service": "trade-licence"}),
    "clerk:export": Target(sent={"_list": "view=team&department=licensing"}),
    "clerk:next": Target(sent={"_here": "/work/"}),
    "clerk:take": Target(sent={"item": "item"}),
    "clerk:release_many": Target(sent={"item": "item"}),
    "clerk:several": Target(sent={"item": "item", "_action": "hold", "_reason": "x"}),
    "clerk:flag_many": Target(sent={"item": "item", "_flag": "urgent"}),
    "clerk:assign_many": Target(sent={"item": "item", "_to": "me"}),
    "clerk:requests": Target(),
    "clerk:times": Target(),
    "clerk:repairs": Target(),
    "clerk:corrections": Target(),
    "clerk:flags": Target(sent={"_department": "licensing", "label-en": "Ours"}),
    "clerk:open": Target(),
    "clerk:cases": Target(asked={"reference": "TRL"}),
    "designer:services": Target(),
    "designer:schema": Target(),
    "designer:help": Target(),
    "citizen:applications": Target(),
}
# these need no account: a public page, or the key of a letter (tests/portal/citizen/test_opinion.py)
FOR_EVERYBODY = {
    "citizen:start",
    "citizen:verify_ask",
    "citizen:verify",
    "citizen:opinion",
    "citizen:opinion_given",
    "citizen:opinion_document",
    "citizen:pretended_payment",  # stands in for a page of somebody else (test_paying.py)
}


@pytest.fixture
def keys(
    case: Case,  # noqa: F811
    certificate: Certificate,  # noqa: F811
    plan: Document,  # noqa: F811
    licence: Service,  # noqa: F811
    citizen: User,
    clerk: User,
    founder: User,  # noqa: F811
    item_at: Callable[[Case, str], int],  # noqa: F811
) -> dict[str, Any]:
    """What stands in the addresses of a case of the licensing department."""
    draft = services.start_draft(citizen, licence, "en")
    services.send_resume_link(draft, by=citizen, language="en")
    deliver_all()
    link = re.search(r"/apply/d/link/([A-Za-z0-9_-]+)/", str(mail.outbox[-1].body))
    assert link
    flag = services.name_flag(department=licence.department, label=Text("Urgent"), by=founder)
    move = plan_of(licence, founder)
    asked = {"reason": "Leila Haddad", "asked_by": founder, "asked_at": now()}
    about = {"case": case, "department": licence.department, "certificate": certificate}
    return {
        "amendment_id": Amendment.objects.create(**about, **asked).pk,
        "flag_id": flag.pk,
        "opinion_id": services.ask_beside(
            reference=case.reference, address="x@example.org", question="Leila?", fields=[], days=5, by=clerk
        ).pk,
        "move_id": move.pk,
        "verb": "look",
        "course": "cancel",
        "item_id": item_at(case, "check"),
        "document_id": plan.pk,
        "reference": case.reference,
        "other": case.reference,
        "number": certificate.number,
        "department_key": "licensing",
        "department": "licensing",
        "start": "applied",
        "name": "business_name",
        "service": licence.key,
        "version": 1,
        "sample": 0,
        "form_key": "application",
        "certificate": "licence",
        "where": "steps.fee",
        "kind": "csv",
        "language": "fr",
        "draft_id": draft.pk,
        "page_key": "about_you",
        "token": link[1],
    }


def plan_of(licence: Service, founder: User) -> VersionMove:  # noqa: F811
    """A plan to move cases of the licensing department to a version that was published since."""
    assert licence.current is not None
    package = {**licence.current.package, "summary": {"en": "Other words"}}
    services.import_package(source=package, department=licence.department, by=founder)
    services.publish(service=licence, by=founder)
    return plan_move(service=licence, source=1, target=2, by=founder)


@pytest.fixture(params=ROLES)
def stranger(request: pytest.FixtureRequest, registry: Department, person: Callable[..., User]) -> User:
    """Somebody of the civil registry, once for each role."""
    return person("Olga Petrov", request.param, registry, is_staff=True)


def names(module: Any) -> Iterator[str]:
    """What the addresses of a room are called."""
    for pattern in module.urlpatterns:
        assert isinstance(pattern, URLPattern)
        assert pattern.name, f"{pattern} has no name"
        yield f"{module.app_name}:{pattern.name}"


def test_every_address_of_the_rooms_is_in_a_table() -> None:
    known = {*OF_THE_CASE, *OF_THE_READER, *FOR_EVERYBODY}
    found = {name for module in (clerk_urls, designer_urls, citizen_urls) for name in names(module)}
    assert found == known


def test_a_stranger_is_refused_at_every_address_of_the_case(
    keys: dict[str, Any],
    stranger: User,
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client, before = sign_in(stranger), state_of(keys["reference"])
    for name, target in OF_THE_CASE.items():
        address = reverse(name, args=[keys[key] for key in target.keys])
        sent = filled(target.sent, stranger, keys)
        answers_ = [client.get(address), client.post(address, sent), client.head(address)]
        statuses = [answer.status_code for answer in answers_]
        assert set(statuses) <= {REFUSED, ABSENT, WRONG_METHOD, LEADS_NOWHERE}, (name, statuses)
        assert {REFUSED, ABSENT, LEADS_NOWHERE} & set(statuses), (name, statuses)
        for answer in answers_:
            says_nothing(answer, name)
    assert state_of(keys["reference"]) == before


def test_the_lists_of_a_stranger_hold_nothing_of_it(
    keys: dict[str, Any],
    stranger: User,
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client, before = sign_in(stranger), state_of(keys["reference"])
    for name, target in OF_THE_READER.items():
        address = reverse(name)
        for asked in ({}, dict(target.asked), {"reference": keys["reference"]}):
            says_nothing(client.get(address, asked, follow=True), name)
        sent = filled(target.sent, stranger, keys)
        says_nothing(client.post(address, sent, follow=True), name)
        says_nothing(client.get("/work/cases/", follow=True), f"a notice after {name}")
    assert state_of(keys["reference"]) == before


def test_the_page_that_checks_a_certificate_stays_public_and_names_nobody(
    keys: dict[str, Any],
    certificate: Certificate,  # noqa: F811
    stranger: User,
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    for client in (Client(), sign_in(stranger)):
        answer = client.get(reverse("citizen:verify", args=[certificate.code]))
        assert answer.status_code == 200
        assert "Leila Haddad" not in answer.content.decode()
        assert keys["reference"] not in answer.content.decode()


def test_a_right_that_was_taken_away_is_gone_at_the_next_request(
    keys: dict[str, Any],
    clerk: User,
    licensing: Department,
    founder: User,  # noqa: F811
    sign_in: Callable[[User], Client],  # noqa: F811
) -> None:
    client, address = sign_in(clerk), reverse("clerk:case", args=[keys["reference"]])
    assert "Green Basket" in client.get(address).content.decode()
    revoke_role(clerk, Role.CLERK, licensing, by=founder)
    assert client.get(address).status_code == REFUSED


def filled(sent: Mapping[str, str], stranger: User, keys: dict[str, Any]) -> dict[str, str]:
    """What is posted, with the keys of this test put in."""
    own = {"me": str(stranger.public_id), "item": str(keys["item_id"])}
    return {name: own.get(value, value) for name, value in sent.items()}


def state_of(reference: str) -> list[Any]:
    """Everything that a refused request could have changed, and what it could have written down."""
    return [
        list(Case.objects.filter(reference=reference).values()),
        list(WorkItem.objects.filter(process__reference=reference).order_by("pk").values()),
        list(Certificate.objects.filter(case_reference=reference).values()),
        list(Draft.objects.order_by("pk").values()),
        list(VersionMove.objects.values()),
        AuditEntry.objects.filter(chain=f"case:{reference}").count(),
    ]


def says_nothing(answer: HttpResponse, name: str) -> None:
    """No name and nothing else of the other department is in the answer, its headers or its file."""
    assert answer.status_code < 500, name
    body = b"".join(answer) if answer.streaming else answer.content
    text = body.decode(errors="replace") + str(dict(answer.headers))
    for word in WORDS:
        assert word not in text, (name, word)
