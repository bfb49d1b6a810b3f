"""Administrators read and change the working calendars of their own departments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.audit.models import AuditEntry
from engine.departments.models import Department, User
from tests.chromium import (  # noqa: F401  fixtures
    DESKTOP,
    PHONE,
    browse,
    chromium,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
)
from workflows.models import CalendarChange

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SHOW, CHANGE = "/accounts/calendar/", "/accounts/calendar/licensing/"
WEEK = {f"week_{day}": "08:00-12:00, 13:00-16:00" for day in range(4)}


@pytest.fixture
def reader(client: Client, administrator: User) -> Client:
    """The administrator of the licensing department, signed in."""
    client.force_login(administrator, backend=BACKEND)
    return client


@pytest.fixture
def typed(reader: Client) -> dict[str, str]:
    """A form that was filled in: four days with a pause, one own day."""
    page = reader.get(CHANGE).text
    revision = page.split('name="_revision" value="')[1].split('"')[0]
    week = {**WEEK, "week_4": "", "week_5": "", "week_6": ""}
    own = {"own_0_day": "2026-12-24", "own_0_name": "Eve", "own_0_hours": "8:00-12:00"}
    place = {"time_zone": "Africa/Tunis", "country": "TN", "region": ""}
    return {**week, **own, **place, "_revision": revision}


def test_the_calendar_is_changed_after_it_was_read_what_depends_on_it(
    reader: Client, licensing: Department, typed: dict[str, str]
) -> None:
    asked = reader.post(CHANGE, {**typed, "_step": "check"}).text
    assert "Save this calendar?" in asked
    assert "24 December 2026 Eve (08:00-12:00)" in asked
    licensing.refresh_from_db()
    assert licensing.time_zone != "Africa/Tunis"
    page = reader.post(CHANGE, {**typed, "_step": "save"}, follow=True).text
    assert "The calendar is saved." in page
    assert "Eve" in page
    licensing.refresh_from_db()
    assert (licensing.time_zone, licensing.holiday_country) == ("Africa/Tunis", "TN")
    assert licensing.week == {str(day): [["08:00", "12:00"], ["13:00", "16:00"]] for day in range(4)}
    assert licensing.own_days == [{"day": "2026-12-24", "name": "Eve", "open": [["08:00", "12:00"]]}]
    assert CalendarChange.objects.filter(department=licensing).count() == 1
    assert AuditEntry.objects.filter(verb="calendar.changed").count() == 1


def test_what_was_not_changed_is_not_saved_again(reader: Client, typed: dict[str, str]) -> None:
    reader.post(CHANGE, {**typed, "_step": "save"})
    fresh = reader.get(CHANGE).text.split('name="_revision" value="')[1].split('"')[0]
    said = reader.post(CHANGE, {**typed, "_revision": fresh, "_step": "check"}, follow=True).text
    assert "The calendar is as it was." in said
    assert CalendarChange.objects.count() == 1


def test_who_read_an_older_calendar_sees_the_new_one_first(
    reader: Client, licensing: Department, typed: dict[str, str]
) -> None:
    Department.objects.filter(pk=licensing.pk).update(time_zone="Asia/Tokyo")
    said = reader.post(CHANGE, {**typed, "_step": "save"}, follow=True).text
    assert "Somebody else changed this calendar meanwhile." in said
    assert "<option selected>Asia/Tokyo</option>" in said
    assert CalendarChange.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time_zone": "Mars/Olympus"}, "Select a time zone"),
        ({"time_zone": "../../etc/passwd"}, "Select a time zone"),
        ({"country": "XX"}, "Select a country, or none"),
        ({"country": "DE", "region": "ZZ"}, "Select a region of this country, or none"),
        ({f"week_{day}": "" for day in range(7)}, "Enter the hours of at least one day"),
        ({"week_1": "16:00-08:00"}, "Enter hours in order"),
        ({"week_1": "08:00-12:00, 11:00-16:00"}, "Enter hours in order"),
        ({"week_1": "08:00-25:00"}, "Enter hours in order"),
        ({"week_1": "٠٨:٠٠-١٢:٠٠"}, "Enter hours in order"),
        ({"own_0_day": "2026-02-30"}, "Enter a date, like 2026-12-24"),
        ({"own_0_day": "\x00"}, "Enter a date, like 2026-12-24"),
        ({"own_0_name": ""}, "Enter what this day is called"),
        ({"own_0_hours": "noon"}, "Enter hours in order"),
        ({"own_1_day": "2026-12-24", "own_1_name": "Again", "own_1_hours": ""}, "This date is there twice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_input_and_nothing_is_stored(
    reader: Client, typed: dict[str, str], licensing: Department, wrong: dict[str, str], sentence: str
) -> None:
    before = (licensing.time_zone, licensing.week, licensing.own_days)
    for step in ("check", "save"):
        answer = reader.post(CHANGE, {**typed, **wrong, "_step": step})
        assert answer.status_code == 422
        assert answer.text.count(sentence) >= 2  # in the summary and beside the input
    licensing.refresh_from_db()
    assert (licensing.time_zone, licensing.week, licensing.own_days) == before


def test_rows_are_added_and_removed_without_losing_what_was_typed(
    reader: Client, typed: dict[str, str]
) -> None:
    page = reader.post(CHANGE, {**typed, "_step": "more"}).text
    assert 'value="Eve"' in page
    assert 'name="own_3_day"' in page
    page = reader.post(CHANGE, {**typed, "own_0_gone": "on", "_step": "check"}).text
    assert "24 December 2026 Eve" not in page


def test_the_regions_of_a_country_are_offered(reader: Client, typed: dict[str, str]) -> None:
    page = reader.post(CHANGE, {**typed, "country": "DE", "_step": "regions"}).text
    assert '<option value="BY"' in page


@pytest.mark.parametrize(
    "who", ["clerk", "supervisor", "designer", "publisher", "auditor", "foreign_clerk", "citizen", "outsider"]
)
def test_who_administers_nothing_is_refused_and_changes_nothing(
    client: Client, request: pytest.FixtureRequest, licensing: Department, who: str
) -> None:
    before = licensing.week
    client.force_login(request.getfixturevalue(who), backend=BACKEND)
    sent = {**WEEK, "time_zone": "UTC", "_step": "save"}
    answers = [client.get(SHOW), client.get(CHANGE), client.post(CHANGE, sent)]
    assert {answer.status_code for answer in answers} == {403}
    licensing.refresh_from_db()
    assert licensing.week == before


def test_the_administrator_of_another_department_sees_and_changes_nothing_here(
    reader: Client, registry: Department, typed: dict[str, str]
) -> None:
    assert "Registry" not in reader.get(SHOW).text
    theirs = "/accounts/calendar/registry/"
    assert reader.get(theirs).status_code == 404
    assert reader.post(theirs, {**typed, "_step": "save"}).status_code == 404
    assert CalendarChange.objects.count() == 0


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    for address in (SHOW, CHANGE):
        assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("language", "title"), [("fr", "Calendrier"), ("ar", "التقويم")])
def test_the_page_speaks_the_languages_of_the_interface(reader: Client, language: str, title: str) -> None:
    page = reader.get(f"{SHOW}?lang={language}", follow=True).text
    assert f"<h1>{title}</h1>" in page
    assert "Public holidays" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("size", "language"), [(DESKTOP, "en"), (PHONE, "ar")])
def test_a_calendar_is_changed_in_a_browser(
    browse: Callable[..., Page],  # noqa: F811
    live_server: LiveServer,
    reader: Client,
    licensing: Department,
    size: tuple[int, int],
    language: str,
) -> None:
    page, name = browse(size, language=language), f"{size[0]}-{language}"
    cookie = reader.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}{SHOW}")
    keep_picture(page, f"calendar-{name}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    page.locator(f'a[href="{CHANGE}"]').click()
    page.locator("#calendar-week_4").fill("16:00-8:00")
    page.locator("#calendar-own_0_day").fill("2026-12-24")
    page.locator("button[value=check].btn--primary").click()
    expect(page.locator("#calendar-week_4-error")).to_be_visible()
    expect(page.locator("#calendar-own_0_name-error")).to_be_visible()
    keep_picture(page, f"calendar-errors-{name}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    page.locator("#calendar-week_4").fill("8:00-12:00")
    page.locator("#calendar-own_0_name").fill("Eve")
    page.locator("button[value=check].btn--primary").click()
    expect(page.locator("button[value=save]")).to_be_visible()
    keep_picture(page, f"calendar-check-{name}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    page.locator("button[value=save]").click()
    expect(page.get_by_text("Eve")).to_be_visible()
    licensing.refresh_from_db()
    assert licensing.week["4"] == [["08:00", "12:00"]]
