"""People say when they are away and who stands in; administrators say it for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Absence, Department, User
from tests.chromium import (  # noqa: F401  fixtures
    DESKTOP,
    PHONE,
    browse,
    chromium,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE, ANNOUNCE = "/accounts/absence/", "/accounts/absence/licensing/announce/"
TODAY = timezone.now().date()


def signed_in(user: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def days(deputy: User, first: int = 0, last: int = 5, **more: str) -> dict[str, str]:
    """A filled in form."""
    dates = {"first": TODAY + timedelta(days=first), "last": TODAY + timedelta(days=last)}
    return {"deputy": str(deputy.public_id), **{key: day.isoformat() for key, day in dates.items()}, **more}


def test_a_clerk_announces_an_absence_and_ends_it(clerk: User, second_clerk: User) -> None:
    client = signed_in(clerk)
    said = client.post(ANNOUNCE, days(second_clerk, person=str(second_clerk.public_id)), follow=True).text
    assert "Karim Bello stands in for Noor Amari then." in said
    absence = Absence.objects.get()
    assert (absence.person, absence.deputy) == (clerk, second_clerk)
    assert absence.ends_at - absence.starts_at >= timedelta(days=5, hours=23)
    assert "Noor Amari" in signed_in(second_clerk).get(PAGE).text
    assert "The absence of Noor Amari is over." in client.post(f"{PAGE}{absence.pk}/end/", follow=True).text


def test_an_administrator_announces_and_ends_it_for_somebody(
    administrator: User, clerk: User, second_clerk: User
) -> None:
    client = signed_in(administrator)
    client.post(ANNOUNCE, days(second_clerk, person=str(clerk.public_id)))
    absence = Absence.objects.get()
    assert absence.person == clerk
    assert client.post(f"{PAGE}{absence.pk}/end/").status_code == 302


def test_everything_that_is_wrong_is_said_at_its_field(clerk: User, second_clerk: User) -> None:
    client = signed_in(clerk)
    empty = client.post(ANNOUNCE, {})
    assert empty.status_code == 422
    for words in ("Select who stands in", "Enter the first day", "Enter the last day"):
        assert words in empty.text
    assert "Nobody stands in for themselves" in client.post(ANNOUNCE, days(clerk)).text
    for first, last in ((3, 1), (-9, -2), (0, 900)):
        assert "The last day must be today" in client.post(ANNOUNCE, days(second_clerk, first, last)).text
    for nonsense in ("\x00", "9999-99-99", "1999-01-01", "x" * 5000):
        assert client.post(ANNOUNCE, {**days(second_clerk), "first": nonsense}).status_code == 422
    assert not Absence.objects.exists()


def test_a_circle_of_deputies_is_refused_in_words(clerk: User, second_clerk: User) -> None:
    signed_in(clerk).post(ANNOUNCE, days(second_clerk))
    said = signed_in(second_clerk).post(ANNOUNCE, days(clerk)).text
    assert "Noor Amari is away at this time too, and Karim Bello stands in for them." in said
    again = signed_in(clerk).post(ANNOUNCE, days(second_clerk)).text
    assert "Noor Amari is away at this time already." in again


def test_strangers_are_refused(
    clerk: User, second_clerk: User, foreign_clerk: User, citizen: User, licensing: Department
) -> None:
    signed_in(clerk).post(ANNOUNCE, days(second_clerk))
    end = f"{PAGE}{Absence.objects.get().pk}/end/"
    for stranger in (foreign_clerk, second_clerk):
        assert signed_in(stranger).post(end).status_code == 404
    stranger = signed_in(foreign_clerk)
    assert stranger.post(ANNOUNCE, days(second_clerk)).status_code == 404
    assert "Noor Amari" not in stranger.get(PAGE).text
    assert signed_in(citizen).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_can_be_used_on_a_phone_and_a_desktop(
    browse: Callable[..., Page],  # noqa: F811  the fixture that is imported above
    live_server: LiveServer,
    administrator: User,
    clerk: User,
    second_clerk: User,
) -> None:
    client = signed_in(administrator)
    client.post(ANNOUNCE, days(second_clerk, person=str(clerk.public_id)))
    cookie = client.cookies["sessionid"].value
    for name, size, language in (("1280", DESKTOP, "en"), ("390", PHONE, "en"), ("390-ar", PHONE, "ar")):
        page = browse(size, language=language)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}{PAGE}")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
        keep_picture(page, f"absence-{name}")
