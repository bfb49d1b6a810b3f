"""Drafts: begun once, kept page by page, two windows, expiry."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from engine.departments.access import AccessRefused
from engine.departments.models import User
from forms_library.answers import FieldError, PageResult
from workflows.models import Case, Draft, Service
from workflows.services import (
    DraftMoved,
    DraftSent,
    ServiceClosed,
    discard_draft,
    save_page,
    start_draft,
    submit,
    unsent_drafts,
)

pytestmark = pytest.mark.django_db
NAME = {"business_name": "Green Basket"}


def good(**answers: Any) -> PageResult:
    return PageResult(answers, {}, [])


def bad(raw: dict[str, Any], **kept: Any) -> PageResult:
    return PageResult({}, raw, [FieldError("x", "", "Enter x")], kept)


def test_a_double_click_begins_one_draft(citizen: User, licence: Service) -> None:
    assert start_draft(citizen, licence, "en").pk == start_draft(citizen, licence, "en").pk
    draft = start_draft(citizen, licence, "en")
    save_page(draft, "your_business", good(**NAME), revision=0)
    assert start_draft(citizen, licence, "en").pk != draft.pk
    assert len(unsent_drafts(citizen, licence)) == 2


def test_nobody_fills_the_table_with_drafts(citizen: User, licence: Service) -> None:
    for _ in range(23):
        draft = start_draft(citizen, licence, "en")
        save_page(draft, "your_business", good(**NAME), revision=draft.revision)
    assert Draft.objects.filter(owner=citizen).count() == 20


def test_a_closed_service_begins_nothing(citizen: User, licence: Service) -> None:
    licence.archived_at = timezone.now()
    with pytest.raises(ServiceClosed):
        start_draft(citizen, licence, "en")


def test_a_staff_service_is_for_staff_of_the_department(
    citizen: User, foreign_clerk: User, clerk: User, purchase: Service
) -> None:
    for user in (citizen, foreign_clerk, clerk):
        with pytest.raises(AccessRefused):
            start_draft(user, purchase, "en")


def test_errors_keep_what_was_typed_and_the_files(citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "en")
    plan = {"document": "x", "name": "plan.pdf"}
    draft = save_page(draft, "documents", bad({"plan": ""}, plan=plan), revision=draft.revision)
    assert draft.answers == {"plan": plan}
    assert draft.raw["documents"] == {"plan": ""}
    draft = save_page(draft, "documents", good(plan=plan), revision=draft.revision)
    assert "documents" not in draft.raw


def test_two_windows_do_not_overwrite_each_other(citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "en")
    opened = draft.revision
    save_page(draft, "your_business", good(business_name="First"), revision=opened)
    with pytest.raises(DraftMoved) as moved:
        save_page(draft, "your_business", good(business_name="Second"), revision=opened)
    assert moved.value.revision == 1
    assert Draft.objects.get(pk=draft.pk).answers == {"business_name": "First"}
    save_page(draft, "your_business", good(business_name="First"), revision=opened)  # a double click
    save_page(draft, "premises", good(tenure="own"), revision=opened)  # another page stands in nobody's way
    assert Draft.objects.get(pk=draft.pk).answers == {"business_name": "First", "tenure": "own"}


def test_saving_keeps_the_draft_for_longer(citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "en")
    Draft.objects.filter(pk=draft.pk).update(expires_at=timezone.now() + timedelta(days=1))
    draft = save_page(draft, "your_business", good(**NAME), revision=0)
    assert draft.expires_at > timezone.now() + timedelta(days=29)


def test_a_draft_belongs_to_one_person(citizen: User, other_citizen: User, licence: Service) -> None:
    draft = start_draft(citizen, licence, "en")
    with pytest.raises(Draft.DoesNotExist):
        save_page(draft, "your_business", good(**NAME), revision=0, by=other_citizen)
    with pytest.raises(Draft.DoesNotExist):
        discard_draft(draft, by=other_citizen)
    discard_draft(draft, by=citizen)
    assert unsent_drafts(citizen) == []


def test_a_sent_draft_takes_nothing_more(licence_case: Case, citizen: User) -> None:
    draft = Draft.objects.get(submitted_case=licence_case)
    with pytest.raises(DraftSent) as sent:
        save_page(draft, "your_business", good(**NAME), revision=draft.revision)
    assert sent.value.reference == licence_case.reference
    with pytest.raises(DraftSent):
        discard_draft(draft, by=citizen)
    assert submit(draft, by=citizen).pk == licence_case.pk
