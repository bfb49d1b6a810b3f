"""The pages on which a mistake on a certificate is put right."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.documents.models import Certificate
from workflows.amending import issue_again
from workflows.models import Amendment, Case
from workflows.services import refuse_amendment as settle

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def licence_issued(case: Case, certificate: Certificate) -> Certificate:
    """The certificate, of the kind that the service issues."""
    certificate.kind = f"{case.service.key}:licence"
    certificate.save()
    return certificate


def test_a_clerk_asks_a_supervisor_approves_and_everybody_reads_it(
    case: Case, licence_issued: Certificate, clerk: User, supervisor: User, sign_in: SignIn
) -> None:
    address = f"/work/cases/{case.reference}/certificates/{licence_issued.number}/correct/"
    browser = sign_in(clerk)
    assert address in browser.get(f"/work/cases/{case.reference}/").content.decode()
    first = browser.get(address).content.decode()
    assert "Which answers are wrong?" in first
    assert 'value="plan"' not in first  # files are not typed
    assert browser.post(address, {}).status_code == 422
    chosen = {"_fields": ["business_name", "applicant_birth_date"]}
    read = AuditEntry.objects.filter(verb="personal_data.read", actor=clerk)
    second = browser.post(address, chosen).content.decode()
    assert 'value="Green Basket Ltd"' in second
    assert read.exists()  # what stands in the fields was read
    typed = {**chosen, "_confirmed": "yes", "business_name": "Green Basket Limited"}
    wrong = {**typed, "applicant_birth_date-day": "31", "applicant_birth_date-month": "2"}
    answer = browser.post(address, {**wrong, "applicant_birth_date-year": "1988"})
    said = answer.content.decode()
    assert (answer.status_code, "Enter a reason" in said, "Green Basket Limited" in said) == (422, True, True)
    assert not Amendment.objects.exists()

    typed = {"_fields": "business_name", "_confirmed": "yes", "_reason": "The register says so."}
    same = browser.post(address, {**typed, "business_name": "Green Basket Ltd"})
    assert "same as before" in same.content.decode()
    done = browser.post(address, {**typed, "business_name": "Green Basket Limited"}, follow=True)
    assert "waits for a decision" in done.content.decode()
    again = browser.post(address, {**typed, "business_name": "Green"}, follow=True).content.decode()
    assert "waits for a decision already" in again

    amendment = Amendment.objects.get()
    decide = f"/work/cases/{case.reference}/corrections/{amendment.pk}/"
    assert browser.get(decide).status_code == 403
    senior = sign_in(supervisor)
    assert decide in senior.get(f"/work/cases/{case.reference}/").content.decode()
    shown = senior.get(decide).content.decode()
    for words in ("Green Basket Ltd", "Green Basket Limited", "Different", "The register says so."):
        assert words in shown
    assert senior.post(decide, {"_outcome": "refuse"}).status_code == 422
    assert senior.post(decide, {"_outcome": "nonsense"}).status_code == 200
    said = senior.post(decide, {"_outcome": "approve"}, follow=True).content.decode()
    assert "the new one is being made" in said
    assert "decided on already" in senior.get(decide, follow=True).content.decode()
    assert issue_again(amendment.pk)
    newer = Certificate.objects.get(state="valid")
    said = senior.get(f"/work/cases/{case.reference}/").content.decode()
    assert f"Replaced by {newer.number}" in said
    public = Client()
    assert "was replaced" in public.get(f"/verify/{licence_issued.code}/").content.decode()
    assert licence_issued.number in public.get(f"/verify/{newer.code}/").content.decode()


def test_what_is_refused_is_said_with_its_reason(
    case: Case, licence_issued: Certificate, clerk: User, supervisor: User, sign_in: SignIn
) -> None:
    page = f"/work/cases/{case.reference}/"
    typed = {"_fields": "business_name", "_confirmed": "yes", "_reason": "x", "business_name": "Other"}
    sign_in(clerk).post(f"{page}certificates/{licence_issued.number}/correct/", typed)
    decide = f"{page}corrections/{Amendment.objects.get().pk}/"
    said = sign_in(supervisor).post(decide, {"_outcome": "refuse", "_reason": "It is right"}, follow=True)
    assert "The certificate stays as it is." in said.content.decode()
    assert "It is right" in said.content.decode()
    assert sign_in(supervisor).get(f"{page}corrections/0/").status_code == 404


def test_what_waits_for_a_decision_is_listed_for_its_department(
    case: Case,
    licence_issued: Certificate,
    clerk: User,
    supervisor: User,
    person: Callable[..., User],
    works: Department,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    typed = {"_fields": "business_name", "_confirmed": "yes", "_reason": "A secret", "business_name": "Other"}
    browser, senior = sign_in(clerk), sign_in(supervisor)
    assert "No correction waits" in browser.get("/work/corrections/").text
    browser.post(f"/work/cases/{case.reference}/certificates/{licence_issued.number}/correct/", typed)
    amendment = Amendment.objects.get()
    decide = f"/work/cases/{case.reference}/corrections/{amendment.pk}/"
    assert "/work/corrections/" in senior.get("/work/cases/").text
    own, seniors = browser.get("/work/corrections/").text, senior.get("/work/corrections/").text
    assert licence_issued.number in own and decide not in own  # who asked does not decide
    assert decide in seniors and "A secret" not in seniors
    for number in range(3):  # more lines, no more queries
        other = Certificate.objects.get(pk=licence_issued.pk)
        other.pk, other.code, other.number, other.document = (
            None,
            f"CODE0000{number}",
            f"TRL-C-{number}",
            None,
        )
        other.idempotency_key, other.state = f"other:{number}", Certificate.State.PREPARING
        other.save()
        Amendment.objects.create(
            case=case,
            department=case.department,
            certificate=other,
            reason="x",
            asked_by=clerk,
            asked_at=now(),
        )
    with django_assert_max_num_queries(12):
        assert senior.get("/work/corrections/").text.count("/corrections/") == 4
    neighbour = person("Ola Stone", Role.SUPERVISOR, works)
    assert licence_issued.number not in sign_in(neighbour).get("/work/corrections/").text
    settle(reference=case.reference, amendment_id=amendment.pk, by=supervisor, reason="It is right")
    assert decide not in senior.get("/work/corrections/").text
