"""Beginning an application, and giving it up."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from engine.departments.models import User
from workflows.models import Draft, Service

pytestmark = pytest.mark.django_db
ADDRESS = "/apply/licensing/stall/"


def text_of(page: Any) -> str:
    return str(page.content.decode())


def test_one_press_begins_and_leads_to_the_first_page(browser: Client, stall: Service) -> None:
    found = browser.post(ADDRESS, follow=True)
    assert found.redirect_chain[-1][0].endswith("/about_you/")
    assert Draft.objects.count() == 1


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: Client, stall: Service) -> None:
    found = client.post(ADDRESS)
    assert found["Location"].startswith("/accounts/login/?next=/apply/licensing/stall/")
    assert not Draft.objects.exists()


def test_who_has_begun_is_offered_to_go_on(browser: Client, draft: Draft, answer: Any) -> None:
    answer("about_you", owner="Leila")
    page = text_of(browser.post(ADDRESS))
    assert "You have already started" in page
    assert f"/apply/d/{draft.pk}/" in page
    browser.post(ADDRESS, {"new": "yes"})
    assert Draft.objects.count() == 2


def test_a_closed_service_says_so(browser: Client, stall: Service) -> None:
    Service.objects.update(archived_at=timezone.now())
    found = browser.get(ADDRESS)
    assert found.status_code == 410
    assert "This service is closed" in text_of(found)


def test_a_service_for_staff_is_not_for_citizens(browser: Client, stall: Service, clerk: User) -> None:
    Service.objects.update(audience="staff")
    assert browser.get(ADDRESS).status_code == 404
    browser.force_login(clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.get(ADDRESS).status_code == 200


def test_a_draft_is_given_up_after_asking(browser: Client, draft: Draft, answer: Any) -> None:
    answer("about_you", owner="Leila")
    assert "Nothing was sent" in text_of(browser.get(f"/apply/d/{draft.pk}/give-up/"))
    browser.post(f"/apply/d/{draft.pk}/give-up/")
    assert not Draft.objects.exists()
