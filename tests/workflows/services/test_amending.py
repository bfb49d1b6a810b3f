"""Putting a mistake on an issued certificate right: asked by one person, decided by another."""

import json
from typing import Any

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.documents.certificates import issuing
from engine.documents.certificates.issuing import issue
from engine.documents.models import Certificate
from engine.messages.models import Letter, OutboxMessage
from workflows import amending, services
from workflows.amendment_refusals import AmendmentRefused
from workflows.certificate_requests import PrintedAnswers, request_for
from workflows.models import Amendment, Case, Submission
from workflows.selectors.amendments import amendments_of, may_ask
from workflows.selectors.versions import version_of
from workflows.services.refusals import AnswersRefused, FieldsMissing, NothingChanged, ReasonMissing
from workflows.sweeps import sweep_jobs

pytestmark = pytest.mark.django_db
RIGHT = {"business_name": "Green Basket Limited", "applicant_national_id": "880202114489"}


class NoSignature:
    """Stands in for the key: these tests are not about signatures."""

    def sign(self, data: bytes, *, signer: str) -> bytes:
        return data


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The requests whose pages were drawn."""
    requests: list[Any] = []

    def draw(request: Any, certificate: Certificate) -> bytes:
        requests.append(request)
        return f"%PDF-1.7 {certificate.number}".encode()

    monkeypatch.setattr(issuing, "held_key", NoSignature)
    monkeypatch.setattr(issuing, "certificate_pdf", draw)
    return requests


@pytest.fixture
def certificate(licence_case: Case, printed: list[Any]) -> Certificate:
    """The licence of the case."""
    version = version_of(licence_case.version_id)
    request = request_for(
        version.package.certificates["licence"],
        PrintedAnswers(version.start_form, licence_case.answers),
        department=licence_case.department,
        kind=f"{licence_case.service.key}:licence",
        idempotency_key="first",
        case_reference=licence_case.reference,
    )
    return issue(request)


def ask(certificate: Certificate, by: User, **more: Any) -> Amendment:
    """Ask for the right name."""
    given = {"given": RIGHT, "reason": "The register says Limited.", **more}
    return services.ask_for_amendment(
        reference=certificate.case_reference, number=certificate.number, by=by, **given
    )


def settle(amendment: Amendment, by: User, reason: str = "") -> Amendment:
    """Approve it, or refuse it with a reason."""
    which: dict[str, Any] = {
        "reference": amendment.case.reference,
        "amendment_id": amendment.pk,
        "by": by,
    }
    return (
        services.refuse_amendment(**which, reason=reason) if reason else services.approve_amendment(**which)
    )


def verbs(case: Case) -> list[str]:
    """What the record says about it, in order."""
    found = AuditEntry.objects.filter(chain=case.chain).order_by("position")
    about = ("amendment", "certificate")
    return [verb for verb in found.values_list("verb", flat=True) if verb.partition(".")[0] in about]


def test_a_mistake_is_put_right_by_two_people_and_the_new_certificate_takes_the_place_of_the_old(
    licence_case: Case,
    certificate: Certificate,
    printed: list[Any],
    clerk: User,
    supervisor: User,
    citizen: User,
) -> None:
    Certificate.objects.filter(pk=certificate.pk).update(valid_until="2027-06-30")
    amendment = ask(certificate, clerk)
    stored = Amendment.objects.filter(pk=amendment.pk).values_list("answers", flat=True).get()
    assert RIGHT["applicant_national_id"] not in json.dumps(stored)  # sealed where it lies
    assert Case.objects.get(pk=licence_case.pk).answers["business_name"] == "Green Basket Ltd"
    assert Letter.objects.get(kind="amendment.asked").recipient == supervisor
    with pytest.raises(AmendmentRefused, match="waits for a decision"):
        ask(certificate, clerk)
    assert [line.may_settle for line in amendments_of(supervisor, licence_case)] == [True]

    rows = services.read_amendment(
        reference=licence_case.reference, amendment_id=amendment.pk, by=supervisor, language="en"
    )
    said = {row.key: tuple("".join(text.split()) for text in (row.before, row.after)) for row in rows}
    assert said["applicant_national_id"] == ("880202114471", "880202114489")
    assert AuditEntry.objects.filter(verb="personal_data.read", actor=supervisor).exists()
    settle(amendment, supervisor)
    case = Case.objects.get(pk=licence_case.pk)
    assert case.answers["applicant_national_id"] == RIGHT["applicant_national_id"]
    sent = Submission.objects.filter(case=case).order_by("number")
    assert [(each.by, each.answers["business_name"]) for each in sent] == [
        (citizen, "Green Basket Ltd"),
        (clerk, "Green Basket Limited"),
    ]
    assert sorted(sent[1].changed) == sorted(RIGHT)
    assert OutboxMessage.objects.get(topic=amending.TOPIC).payload == {"amendment": amendment.pk}

    assert (amending.issue_again(amendment.pk), amending.issue_again(amendment.pk)) == (True, False)
    certificate.refresh_from_db()
    newer = Certificate.objects.exclude(pk=certificate.pk).get()
    assert (certificate.state, certificate.replaced_by) == ("replaced", newer)
    assert (newer.state, newer.number != certificate.number) == ("valid", True)
    assert (newer.valid_from, newer.valid_until) == (certificate.valid_from, certificate.valid_until)
    assert (printed[-1].replaces, printed[-1].holder_name) == (certificate.number, "Green Basket Limited")
    letter = Letter.objects.get(kind="case.certificate_corrected")
    assert (letter.recipient, newer.number in letter.text) == (citizen, True)
    assert Letter.objects.get(kind="amendment.approved").recipient == clerk
    assert verbs(case) == [
        "certificate.issued",
        "amendment.asked",
        "amendment.approved",
        "certificate.replaced",
        "certificate.issued",
        "amendment.carried_out",
    ]
    with pytest.raises(AmendmentRefused, match="decided on already"):
        settle(amendment, supervisor)
    with pytest.raises(AmendmentRefused, match="not in force"):
        ask(certificate, clerk)


def test_neither_who_asked_nor_the_applicant_nor_a_clerk_decides(
    licence_case: Case, certificate: Certificate, clerk: User, supervisor: User
) -> None:
    amendment = ask(certificate, supervisor)
    with pytest.raises(AmendmentRefused, match="somebody else must decide"):
        settle(amendment, supervisor)
    with pytest.raises(AccessRefused):
        settle(amendment, clerk)
    Case.objects.filter(pk=licence_case.pk).update(applicant=supervisor)
    Amendment.objects.update(asked_by=clerk)
    with pytest.raises(AmendmentRefused, match="your own application"):
        settle(amendment, supervisor)
    assert not may_ask(supervisor, Case.objects.get(pk=licence_case.pk))
    with pytest.raises(AmendmentRefused, match="your own application"):
        Amendment.objects.all().delete()
        ask(certificate, supervisor)


def test_what_the_form_would_not_take_is_refused(certificate: Certificate, clerk: User) -> None:
    for given, why in (
        ({"people_working": -3}, AnswersRefused),
        ({"legal_form": "nonsense"}, AnswersRefused),
        ({"business_name": None}, AnswersRefused),
        ({"trade": "hot_food"}, AnswersRefused),  # asks what was not asked before
        ({"plan": None}, FieldsMissing),  # a file
        ({"nowhere": "x"}, FieldsMissing),
        ({}, FieldsMissing),
        ({"business_name": "Green Basket Ltd"}, NothingChanged),
    ):
        with pytest.raises(why):
            ask(certificate, clerk, given=given)
    with pytest.raises(ReasonMissing):
        ask(certificate, clerk, reason=" ")
    with pytest.raises(Certificate.DoesNotExist):
        services.ask_for_amendment(
            reference=certificate.case_reference, number="TL-1", given=RIGHT, reason="x", by=clerk
        )
    assert not Amendment.objects.exists()


def test_a_refusal_leaves_everything_as_it_is(
    licence_case: Case, certificate: Certificate, clerk: User, supervisor: User
) -> None:
    amendment = ask(certificate, clerk)
    with pytest.raises(ReasonMissing):
        services.refuse_amendment(
            reference=licence_case.reference, amendment_id=amendment.pk, reason="", by=supervisor
        )
    settle(amendment, supervisor, "The register says Ltd.")
    certificate.refresh_from_db()
    assert (certificate.state, Submission.objects.count()) == ("valid", 1)
    letter = Letter.objects.get(kind="amendment.refused")
    assert (letter.recipient, "register" in letter.text) == (clerk, False)
    assert amendments_of(clerk, licence_case)[0].settled_words == "The register says Ltd."
    assert ask(certificate, clerk).state == "waiting"  # it can be asked again


def test_what_no_worker_made_is_made_by_the_sweep_unless_the_certificate_was_revoked(
    licence_case: Case, certificate: Certificate, clerk: User, supervisor: User, monkeypatch: Any
) -> None:
    amendment = settle(ask(certificate, clerk), supervisor)
    assert amending.lost_amendments() == []  # a worker has a minute
    Amendment.objects.update(settled_at=now() - 2 * amending.GRACE)
    with monkeypatch.context() as away:
        away.setattr(amending, "issue", lambda request: 1 / 0)
        assert amending.issue_again(amendment.pk) is False
    services.revoke_certificate(
        reference=licence_case.reference, number=certificate.number, by=supervisor, reason="Closed"
    )
    assert sweep_jobs() == 0
    amendment.refresh_from_db()
    assert (amendment.state, Certificate.objects.count()) == ("dropped", 1)
    assert verbs(licence_case)[-1] == "amendment.dropped"


def test_the_sweep_makes_what_was_lost(certificate: Certificate, clerk: User, supervisor: User) -> None:
    settle(ask(certificate, clerk), supervisor)
    Amendment.objects.update(settled_at=now() - 2 * amending.GRACE)
    assert sweep_jobs() == 1
    assert Certificate.objects.filter(state="valid").count() == 1
