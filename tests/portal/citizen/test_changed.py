"""A service that changed while somebody was applying."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from engine.departments.models import Department, User
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Draft

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]
Publish = Callable[..., None]


def text_of(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def publish(licensing: Department, administrator: User) -> Publish:
    """Publishes the service once more: in other words, or with one question less and one more."""

    def again(*, safe: bool) -> None:
        package = copy.deepcopy(PACKAGE)
        page = package["forms"]["application"]["pages"][0]
        page["title"] = "You"
        if not safe:
            page["fields"] = [page["fields"][0], {"key": "born_in", "type": "short_text", "label": "Born in"}]
        report = services.import_package(source=package, department=licensing, by=administrator)
        services.publish(service=report.service, by=administrator)

    return again


def test_a_safe_change_goes_on_without_a_question(
    browser: Client, answer: Answer, draft: Draft, publish: Publish
) -> None:
    answer("about_you", owner="Leila", phone="555")
    publish(safe=True)
    page = browser.get(f"/apply/d/{draft.pk}/", follow=True)
    assert page.redirect_chain[-1][0].endswith("/trade/")
    assert "Your answers were kept" in text_of(page)
    assert "You" in text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))


@pytest.mark.parametrize("address", ["", "trade/", "check/"])
def test_an_unsafe_change_is_shown_before_anything_is_dropped(
    address: str, browser: Client, answer: Answer, draft: Draft, publish: Publish
) -> None:
    answer("about_you", owner="Leila", phone="555 0100")
    publish(safe=False)
    found = browser.get(f"/apply/d/{draft.pk}/{address}")
    assert found["Location"] == f"/apply/d/{draft.pk}/new-version/"
    page = text_of(browser.get(found["Location"]))
    assert "This service has changed" in page
    assert "555 0100" in page
    assert "not asked any more" in page
    assert "Born in" in page
    draft.refresh_from_db()
    assert draft.answers["phone"] == "555 0100"


def test_going_on_asks_only_what_is_new_without_a_word_of_complaint(
    browser: Client, answer: Answer, draft: Draft, publish: Publish
) -> None:
    answer("about_you", owner="Leila", phone="555")
    publish(safe=False)
    draft.refresh_from_db()
    found = browser.post(f"/apply/d/{draft.pk}/new-version/", {"revision": draft.revision}, follow=True)
    assert found.redirect_chain[-1][0].endswith("/about_you/")
    assert 'value="Leila"' in text_of(found)
    assert "govuk-error" not in text_of(found)
    assert answer("about_you", owner="Leila", born_in="Porto")["Location"].endswith("/trade/")


def test_a_page_that_was_open_is_saved_before_the_change_is_shown(
    browser: Client, answer: Answer, draft: Draft, publish: Publish
) -> None:
    publish(safe=False)
    found = answer("about_you", owner="Leila", phone="555 0100")
    assert found.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["phone"] == "555 0100"
    page = browser.get(found["Location"], follow=True)
    assert page.redirect_chain[-1][0].endswith("/new-version/")


@pytest.mark.parametrize("revision", ["", "0", "99", "x" * 999, "\x00"])
def test_what_was_not_looked_at_is_not_confirmed(
    revision: str, browser: Client, answer: Answer, draft: Draft, publish: Publish
) -> None:
    answer("about_you", owner="Leila", phone="555")
    publish(safe=False)
    assert browser.post(f"/apply/d/{draft.pk}/new-version/", {"revision": revision}).status_code == 200
    draft.refresh_from_db()
    assert draft.answers["phone"] == "555"


def test_without_a_change_the_page_leads_on_and_to_nobody_else(
    browser: Client, draft: Draft, other_citizen: User
) -> None:
    assert browser.get(f"/apply/d/{draft.pk}/new-version/")["Location"].endswith("/about_you/")
    stranger = Client()
    stranger.force_login(other_citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.get(f"/apply/d/{draft.pk}/new-version/").status_code == 404


def test_an_application_that_was_begun_before_can_be_sent_by_whoever_is_about_to(
    browser: Client, filled: Draft, publish: Publish
) -> None:
    publish(safe=False)
    found = browser.post(f"/apply/d/{filled.pk}/check/", {"revision": filled.revision})
    assert found["Location"].endswith("/sent/")
