"""Administrators give and take the roles of their own departments."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.audit.models import AuditEntry
from engine.departments.access import forget, grant_role, holds, roles_of
from engine.departments.models import Department, User
from engine.departments.roles import Role
from engine.departments.work_roles import define_work_roles
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
GIVE, TAKE = "/accounts/people/licensing/give/", "/accounts/people/licensing/take/"


@pytest.fixture
def reader(client: Client, administrator: User) -> Client:
    """The administrator of the licensing department, signed in."""
    client.force_login(administrator, backend=BACKEND)
    return client


def test_a_role_is_given_by_address_and_recorded(
    reader: Client, administrator: User, licensing: Department, outsider: User
) -> None:
    sent = reader.post(GIVE, {"email": " Eva.Stone@Example.org ", "role": "clerk"}, follow=True)
    assert "Eva Stone has the role “Clerk” now." in sent.content.decode()
    assert roles_of(outsider, licensing) == {Role.CLERK}
    entry = AuditEntry.objects.get(verb="role.given")
    assert (entry.actor_id, entry.subject) == (administrator.pk, f"user:{outsider.pk}")
    assert "already" in reader.post(GIVE, {"email": outsider.email, "role": "clerk"}, follow=True).text
    assert AuditEntry.objects.filter(verb="role.given").count() == 1


def test_a_role_is_taken_and_ends_at_once(reader: Client, licensing: Department, clerk: User) -> None:
    page = reader.post(TAKE, {"person": str(clerk.public_id), "role": "clerk"}, follow=True)
    assert "Noor Amari does not have the role “Clerk” any more." in page.text
    assert roles_of(clerk, licensing) == frozenset()
    assert AuditEntry.objects.filter(verb="role.taken").count() == 1
    theirs = Client()
    theirs.force_login(clerk, backend=BACKEND)
    assert theirs.get("/work/").status_code == 403


def test_a_role_of_the_department_is_given_and_taken(
    reader: Client, licensing: Department, registry: Department, outsider: User
) -> None:
    define_work_roles(licensing, {"inspector": {"en": "Field inspector"}})
    define_work_roles(registry, {"archivist": {"en": "Archivist"}})
    page = reader.get("/accounts/people/").text
    assert "Field inspector: does the steps of services that name this role" in page
    assert "Archivist" not in page
    sent = reader.post(GIVE, {"email": outsider.email, "role": "inspector"}, follow=True)
    assert "Eva Stone has the role “Field inspector” now." in sent.text
    assert holds(outsider, "inspector", licensing.pk)
    assert reader.post(GIVE, {"email": outsider.email, "role": "archivist"}).status_code == 422
    person = str(outsider.public_id)
    assert reader.post(TAKE, {"person": person, "role": "archivist"}).status_code == 404
    reader.post(TAKE, {"person": person, "role": "inspector"})
    forget(outsider)
    assert not holds(outsider, "inspector", licensing.pk)
    assert json.loads(AuditEntry.objects.get(verb="role.taken").details) == {"work_role": "inspector"}


def test_the_last_administrator_stays(reader: Client, administrator: User, licensing: Department) -> None:
    sent = {"person": str(administrator.public_id), "role": "administrator"}
    assert "last administrator" in reader.post(TAKE, sent, follow=True).text
    assert roles_of(administrator, licensing) == {Role.ADMINISTRATOR}


def test_of_two_administrators_one_may_step_back(
    reader: Client, administrator: User, clerk: User, licensing: Department
) -> None:
    grant_role(clerk, Role.ADMINISTRATOR, licensing)
    sent = {"person": str(administrator.public_id), "role": "administrator"}
    assert reader.post(TAKE, sent)["Location"] == "/"
    assert reader.get("/accounts/people/").status_code == 403


@pytest.mark.parametrize(
    ("email", "role", "sentence"),
    [
        ("", "clerk", "Enter an e-mail address"),
        ("nobody@example.org", "clerk", "There is no account with this address"),
        ("a\x00b@example.org", "clerk", "There is no account with this address"),
        ("eva.stone@example.org", "", "Select a role"),
        ("eva.stone@example.org", "citizen", "Select a role"),
        ("eva.stone@example.org", "king", "Select a role"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    reader: Client, outsider: User, licensing: Department, email: str, role: str, sentence: str
) -> None:
    answer = reader.post(GIVE, {"email": email, "role": role})
    assert answer.status_code == 422
    assert answer.text.count(sentence) >= 2  # in the summary and beside the input
    assert roles_of(outsider, licensing) == frozenset()


def test_who_left_gets_no_role(reader: Client, outsider: User, licensing: Department) -> None:
    User.objects.filter(pk=outsider.pk).update(is_active=False)
    assert reader.post(GIVE, {"email": outsider.email, "role": "clerk"}).status_code == 422


@pytest.mark.parametrize(
    "who", ["clerk", "supervisor", "designer", "publisher", "auditor", "foreign_clerk", "citizen", "outsider"]
)
def test_who_administers_nothing_is_refused_and_changes_nothing(
    client: Client, request: pytest.FixtureRequest, licensing: Department, second_clerk: User, who: str
) -> None:
    user = request.getfixturevalue(who)
    client.force_login(user, backend=BACKEND)
    answers = [
        client.get("/accounts/people/"),
        client.post(GIVE, {"email": user.email, "role": "administrator"}),
        client.post(TAKE, {"person": str(second_clerk.public_id), "role": "clerk"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert all("Karim" not in answer.text for answer in answers)
    assert roles_of(second_clerk, licensing) == {Role.CLERK}


def test_the_administrator_of_another_department_sees_and_changes_nothing_here(
    reader: Client, foreign_clerk: User, registry: Department, outsider: User
) -> None:
    assert "Olga Petrov" not in reader.get("/accounts/people/").text
    given = reader.post("/accounts/people/registry/give/", {"email": outsider.email, "role": "clerk"})
    sent = {"person": str(foreign_clerk.public_id), "role": "clerk"}
    taken = reader.post("/accounts/people/registry/take/", sent)
    here = reader.post(TAKE, sent)  # not a person of this department
    assert [given.status_code, taken.status_code, here.status_code] == [404, 404, 404]
    assert roles_of(foreign_clerk, registry) == {Role.CLERK}
    assert roles_of(outsider, registry) == frozenset()


def test_a_stranger_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/accounts/people/")["Location"].startswith("/accounts/login/")


def test_only_who_gives_roles_is_led_there(client: Client, reader: Client, clerk: User) -> None:
    assert "/accounts/people/" in reader.get("/manage/").text
    client.force_login(clerk, backend=BACKEND)
    assert "/accounts/people/" not in client.get("/work/").text


@pytest.mark.parametrize(("language", "title"), [("fr", "Personnes"), ("ar", "الأشخاص")])
def test_the_page_speaks_the_languages_of_the_interface(reader: Client, language: str, title: str) -> None:
    page = reader.get(f"/accounts/people/?lang={language}", follow=True).text
    assert f"<h1>{title}</h1>" in page
    assert "Take away" not in page


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_role_is_given_in_a_browser(
    browse: Callable[..., Page],  # noqa: F811
    live_server: LiveServer,
    reader: Client,
    clerk: User,
    supervisor: User,
    outsider: User,
    licensing: Department,
    size: tuple[int, int],
) -> None:
    page = browse(size)
    cookie = reader.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"{live_server.url}/accounts/people/")
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("Enter an e-mail address")).to_have_count(2)
    keep_picture(page, f"people-errors-{size[0]}")
    page.get_by_label("E-mail address of the account").fill(outsider.email)
    page.get_by_label("Role", exact=True).select_option("supervisor")
    assert not problems_on(page)
    page.get_by_role("button", name="Give the role").click()
    expect(page.get_by_text("Eva Stone has the role “Supervisor” now.")).to_have_count(1)
    page.get_by_role("button", name="Take away Clerk from Noor Amari").click()
    expect(page.get_by_text("Noor Amari does not have")).to_have_count(1)
    keep_picture(page, f"people-{size[0]}")
    assert not problems_on(page)
    assert not is_wider_than_the_window(page)
    assert roles_of(outsider, licensing) == {Role.SUPERVISOR}
