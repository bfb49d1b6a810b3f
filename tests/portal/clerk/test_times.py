"""The page that shows how long cases stay at each step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import User
from engine.departments.roles import Role
from tests.chromium import (  # noqa: F401  fixtures
    DESKTOP,
    PHONE,
    browse,
    chromium,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
)
from workflows.models import Case, WorkItem

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PAGE = "/work/times/licensing/trade-licence/"


@pytest.fixture
def worked(case: Case) -> Case:
    """A case of which one step took three days, one of them of work."""
    now = timezone.now()
    WorkItem.objects.create(
        process=case,
        department_id=case.department_id,
        service_id=case.service_id,
        flow_task=WorkItem.objects.filter(process=case).latest("pk").flow_task,
        node_key="check",
        kind="person",
        status="DONE",
        created=now - timedelta(days=4),
        assigned=now - timedelta(days=2),
        finished=now - timedelta(days=1),
    )
    return case


def test_the_page_shows_the_times_in_the_picture_and_in_words(
    worked: Case, supervisor: User, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(supervisor)
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        page = client.get(PAGE).content.decode()
    assert "3 days / 3 days" in page, "half of all, nine in ten, on the card"
    assert page.count("2 days</td>") == 2
    assert page.count("1 day</td>") == 2
    assert 'style="' not in page
    assert PAGE in client.get("/work/times/").content.decode()
    assert "/work/times/" in client.get("/work/cases/").content.decode()
    assert PAGE in client.get(f"/work/cases/{worked.reference}/diagram/").content.decode()


def test_a_period_in_which_nothing_was_done_says_so(worked: Case, supervisor: User, sign_in: SignIn) -> None:
    WorkItem.objects.exclude(status="DONE").update(status="CANCELED")
    page = sign_in(supervisor).get(PAGE, {"from": "2020-01-01", "until": "2020-02-01"}).content.decode()
    assert "No step was done in this period" in page
    assert 'value="2020-01-01"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from": "yesterday"}, "Write both days like 2026-03-01."),
        ({"from": "2026-13-01"}, "Write both days like 2026-03-01."),
        ({"until": "<script>"}, "Write both days like 2026-03-01."),
        ({"from": "2026-03-02", "until": "2026-03-01"}, "The first day is after the last one."),
    ],
)
def test_a_period_that_is_none_is_refused_and_stays(
    worked: Case, supervisor: User, sign_in: SignIn, asked: dict[str, str], said: str
) -> None:
    answer = sign_in(supervisor).get(PAGE, asked)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "<script>" not in page.replace("<script ", "")


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01"])
def test_the_first_and_last_days_of_all_are_no_mistake(
    worked: Case, supervisor: User, sign_in: SignIn, until: str
) -> None:
    assert sign_in(supervisor).get(PAGE, {"from": "0001-01-01", "until": until}).status_code == 200


def test_who_does_not_supervise_is_refused(
    worked: Case, clerk: User, foreign_clerk: User, citizen: User, sign_in: SignIn, person: Any, registry: Any
) -> None:
    for user in (clerk, foreign_clerk, citizen):
        client = sign_in(user)
        assert client.get(PAGE).status_code == 403
        assert client.get("/work/times/").status_code == 403
        assert "/work/times/" not in client.get("/work/cases/").content.decode()
    elsewhere = sign_in(person("Uma Berg", Role.SUPERVISOR, registry))
    assert elsewhere.get(PAGE).status_code == 404
    assert PAGE not in elsewhere.get("/work/times/").content.decode()
    assert sign_in(person("Ada Admin", Role.ADMINISTRATOR, worked.department)).get(PAGE).status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_the_page_is_in_order_at_every_width(
    browse: Callable[..., Page],  # noqa: F811
    live_server: LiveServer,
    worked: Case,
    supervisor: User,
    sign_in: SignIn,
    size: tuple[int, int],
) -> None:
    page = browse(size)
    session = sign_in(supervisor).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    for address, name in ((PAGE, "heat"), ("/work/times/", "times")):
        page.goto(live_server.url + address)
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
        keep_picture(page, f"{name}-{size[0]}")
