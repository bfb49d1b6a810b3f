"""A page about a definition is in any language of it; what we say around it in one of ours, and marked."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, override, pgettext

from engine.core.voice import TAG, voice
from engine.departments.models import Department, User
from engine.messages.models import Letter
from forms_library.answers import PageResult
from portal.shell import reading
from portal.shell.language import LanguageMiddleware
from tests.portal.citizen.conftest import PACKAGE
from workflows import services
from workflows.models import Case, Draft, Service

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Publish = Callable[..., Service]


def answered(show: Callable[[], str], **headers: Any) -> str:
    """What a page says that is about a service, to somebody whose browser sends these headers."""
    request = RequestFactory().get("/x/", headers={"Accept-Language": headers.pop("accept", "")})
    request.COOKIES.update(headers)
    with override("en"):
        return LanguageMiddleware(lambda _request: HttpResponse(show()))(request).content.decode()


@pytest.mark.parametrize(
    ("headers", "languages", "found"),
    [
        ({"reading_language": "cy"}, ["en", "cy"], "cy"),
        ({"reading_language": "cy"}, ["en", "fr"], "en"),
        ({"reading_language": "cy", "django_language": "fr"}, ["cy", "fr"], "cy"),
        ({"django_language": "en"}, ["cy", "en"], "en"),
        ({"accept": "cy-GB,en;q=0.5"}, ["en", "cy"], "cy"),
        ({"accept": "en,cy;q=0.5"}, ["cy", "en"], "en"),
        ({"accept": "nl"}, ["en-GB"], "en"),
        ({"accept": "fr"}, ["fr-CA", "en"], "fr-CA"),
        ({"reading_language": "a" * 4000}, ["en"], "en"),
        ({"reading_language": "zh-Hant-HK-x-long"}, ["zh-Hant-HK-x-long", "en"], "en"),
    ],
)
def test_a_page_is_in_the_language_wanted_that_its_service_has(
    headers: dict[str, str], languages: list[str], found: str
) -> None:
    assert answered(lambda: reading.settle(languages), **headers) == found


def test_whoever_chose_no_language_here_goes_on_in_that_of_their_answers() -> None:
    assert answered(lambda: reading.settle(["en", "cy"], (), "cy")) == "cy"
    assert answered(lambda: reading.settle(["en", "cy"], (), "cy"), django_language="en") == "en"


def test_our_sentences_are_in_the_first_language_of_the_service_that_we_have() -> None:
    def page() -> str:
        reading.settle(["nl", "fr", "en"], ["en"])
        assert get_language() == "nl"
        return f"<p>{gettext('Continue')}</p><p>{pgettext('between department and day', ', ')}</p>"

    shown = answered(page, reading_language="nl")
    assert '<p><bdi lang="fr" dir="ltr">Continuer</bdi></p>' in shown
    assert TAG not in shown


def test_a_sentence_about_a_number_is_one_of_ours_too() -> None:
    def page() -> str:
        reading.settle(["nl", "en"])
        return ngettext("%(n)s day", "%(n)s days", 2) % {"n": 2}

    assert answered(page, reading_language="nl") == '<bdi lang="en" dir="ltr">2 days</bdi>'


def test_a_sentence_for_a_script_comes_without_a_mark_and_with_its_language() -> None:
    def page() -> str:
        reading.settle(["ur", "en"])
        return str(reading.for_script(gettext("Continue")))

    assert answered(page, reading_language="ur") == str({"said": "Continue", "lang": "en", "dir": "ltr"})
    assert reading.for_script("Saved") == {"said": "Saved"}


def test_nothing_of_a_request_is_left_for_the_next() -> None:
    answered(lambda: reading.settle(["cy"]), reading_language="cy")
    assert not voice().language
    assert reading.offered() == ()
    assert reading.settle(["cy"]) == get_language()


@pytest.fixture
def publish(licensing: Department, administrator: User) -> Publish:
    """The stall licence with these languages; its first question is in Dutch too."""

    def make(*languages: str) -> Service:
        package = copy.deepcopy(PACKAGE) | {"languages": list(languages)}
        form = package["forms"]["application"]
        form["pages"][0]["fields"][0]["label"] = {"en": "Your name", "nl": "Uw naam"}
        report = services.import_package(source=package, department=licensing, by=administrator)
        services.publish(service=report.service, by=administrator)
        return Service.objects.get(pk=report.service.pk)

    return make


@pytest.fixture
def dutch(citizen: User) -> Client:
    """The citizen, who reads Dutch."""
    client = Client()
    client.force_login(citizen, backend=BACKEND)
    client.cookies[reading.COOKIE] = "nl"
    return client


@pytest.mark.django_db
def test_nothing_that_is_kept_holds_a_mark(publish: Publish, dutch: Client) -> None:
    service = publish("nl", "fr", "en")
    dutch.post(f"/apply/{service.address}/")
    draft = Draft.objects.get()
    assert draft.language == "nl"
    page = dutch.post(f"/apply/d/{draft.pk}/about_you/", {"page-revision": draft.revision, "owner": ""})
    said = page.content.decode()
    assert '<bdi lang="fr" dir="ltr">Saisissez « <bdi lang="nl" dir="ltr">Uw naam</bdi> »</bdi>' in said
    dutch.post(reverse("citizen:later", args=[draft.pk]))
    letter = Letter.objects.get()
    assert letter.language == "fr"
    assert '<html lang="fr"' in letter.html
    for row in (*Draft.objects.values(), *Letter.objects.values()):
        assert TAG not in "".join(str(value) for value in row.values())


@pytest.mark.django_db
def test_a_link_of_a_letter_opens_the_page_in_the_language_of_the_answers(
    publish: Publish, citizen: User
) -> None:
    draft = services.start_draft(citizen, publish("en", "nl"), "nl")
    elsewhere = Client()
    elsewhere.force_login(citizen, backend=BACKEND)
    page = elsewhere.get(f"/apply/d/{draft.pk}/about_you/").content.decode()
    assert '<html lang="nl" dir="ltr"' in page
    assert "Uw naam" in page
    elsewhere.get(f"/apply/d/{draft.pk}/about_you/?lang=en")
    assert "Your name" in elsewhere.get(f"/apply/d/{draft.pk}/about_you/").content.decode()


@pytest.mark.django_db
def test_another_language_asks_the_database_no_more(
    publish: Publish, citizen: User, dutch: Client, django_assert_max_num_queries: Any
) -> None:
    draft = services.start_draft(citizen, publish("en", "nl"), "en")
    address = f"/apply/d/{draft.pk}/about_you/"
    english = Client()
    english.force_login(citizen, backend=BACKEND)
    english.get(address)
    with django_assert_max_num_queries(100) as counted:
        english.get(address)
    with django_assert_max_num_queries(len(counted)):
        assert "Uw naam" in dutch.get(address).content.decode()


@pytest.mark.django_db
def test_a_clerk_of_another_department_and_another_citizen_are_refused_in_any_language(
    publish: Publish, citizen: User, foreign_clerk: User, other_citizen: User
) -> None:
    draft = services.start_draft(citizen, publish("en", "nl"), "nl")
    answers = {"owner": "Leila"}
    services.save_page(draft, "about_you", PageResult(answers, {}, []), revision=draft.revision)
    assert not Case.objects.exists()
    for somebody in (foreign_clerk, other_citizen):
        client = Client()
        client.force_login(somebody, backend=BACKEND)
        client.cookies[reading.COOKIE] = "nl"
        assert client.get(f"/apply/d/{draft.pk}/about_you/").status_code == 404
