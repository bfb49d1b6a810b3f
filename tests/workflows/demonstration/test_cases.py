"""The cases of the demonstration: the real engine, on the days of the last weeks."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from engine.audit.models import AuditEntry
from engine.departments.models import Department
from workflows.demonstration import cases as told
from workflows.demonstration.scenarios import (
    BAD_VISIT,
    CORRECT,
    EVENT,
    GRANT,
    LARGE,
    LICENCE,
    PAID,
    RETURN,
    ROAD_FREE,
    STORIES,
    Act,
    Story,
)
from workflows.models import Case, CaseState, Opinion, Payment, ServiceVersion, WorkItem

pytestmark = pytest.mark.django_db
FEW = (
    Story(LICENCE, 2, (1, 3)),
    Story(LICENCE, 1, (1, 3), (Act("claim", "check"),)),
    Story(LICENCE, 1, (1, 3), (RETURN, CORRECT)),
    Story(LICENCE, 1, (2, 9), (Act("decide", "check", "accept", 6), BAD_VISIT)),
    Story(LICENCE, 1, (3, 9), (Act("withdraw", hours=9),)),
    Story(LICENCE, 1, (100, 110), (RETURN,)),
    Story(LICENCE, 1, (1, 2)),
)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few stories, told twice."""
    monkeypatch.setattr(told, "STORIES", FEW)
    call_command("load_demonstration")
    call_command("load_demonstration")


def test_each_story_is_told_once_and_ends_where_it_should(loaded: None) -> None:
    assert Case.objects.count() == 8
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states.count(CaseState.EXPIRED) == 1
    assert states.count(CaseState.WITHDRAWN) == 1
    assert states.count(CaseState.SENT) == 3
    assert ServiceVersion.objects.count() == 5
    assert WorkItem.objects.filter(status="ASSIGNED").count() == 1


def test_cases_were_begun_on_other_days_in_the_order_of_their_numbers(loaded: None) -> None:
    begun = list(Case.objects.order_by("reference").values_list("submitted_at", flat=True))
    assert begun == sorted(begun)
    assert begun[0] < timezone.now() - timedelta(days=10)
    assert begun[-1] < timezone.now()


def test_the_clock_is_right_again_and_the_record_is_whole(loaded: None) -> None:
    call_command("verify_audit")
    assert abs((timezone.now() - Case.objects.latest("submitted_at").submitted_at).days) < 10


def test_about_two_hundred_cases_are_told_in_all_states() -> None:
    assert 180 <= sum(story.times for story in STORIES) <= 220
    services = {LICENCE, "residence-extract", "purchase-approval", "street-event", GRANT}
    assert {story.service for story in STORIES} == services


def test_street_events_of_every_kind_are_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "STORIES", (Story(EVENT, 12, (1, 3), (ROAD_FREE, LARGE)),))
    call_command("load_demonstration", "--without-cases")
    Department.objects.filter(key="works").update(document_store="nas")  # no object store runs here
    call_command("load_demonstration")
    # No key for signing is here, so the permits wait to be issued.
    assert WorkItem.objects.filter(node_key="permit", finished=None).count() == 12
    kinds = [case.submissions.get().answers["kind"] for case in Case.objects.all()]
    assert set(kinds) == {"market", "concert", "party"}


def test_grants_go_through_experts_votes_silence_and_payments(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, mailoutbox: list[EmailMessage]
) -> None:
    settings.PAYMENT_PROVIDER = "pretend"
    grants = tuple(replace(story, times=1) for story in STORIES if story.service == GRANT)
    monkeypatch.setattr(told, "STORIES", grants)
    call_command("load_demonstration", "--without-cases")
    Department.objects.filter(key="works").update(document_store="nas")  # no object store runs here
    call_command("load_demonstration")
    assert Case.objects.count() == len(grants)
    assert {mail.to[0] for mail in mailoutbox} >= {"ruth.feld@university.example"}
    assert Opinion.objects.exclude(given_at=None).count() == 3
    assert Payment.objects.filter(state="paid").count() == 2
    assert AuditEntry.objects.filter(verb="work.decided_by_silence").count() == 1
    assert WorkItem.objects.filter(node_key="award", status="SCHEDULED").count() == 2  # nothing signs here
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states.count(CaseState.WAITING_FOR_PAYMENT) == 1
    assert states.count(CaseState.REFUSED) == 1


def test_without_the_pretended_provider_nobody_pays(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    settings.PAYMENT_PROVIDER = ""
    paying = next(story for story in STORIES if story.service == GRANT and PAID in story.acts)
    monkeypatch.setattr(told, "STORIES", (replace(paying, times=1),))
    call_command("load_demonstration", "--without-cases")
    Department.objects.filter(key="works").update(document_store="nas")
    call_command("load_demonstration")
    assert Case.objects.get().state == CaseState.WAITING_FOR_PAYMENT


def test_the_fixtures_lie_beside_the_product() -> None:
    assert (Path(told.__file__).parents[2] / "fixtures" / "people.yaml").exists()
    assert Department.objects.count() == 0
