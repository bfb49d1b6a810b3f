"""Why a question was asked or not, as staff read it."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import User
from forms_library.why import Line
from portal.clerk.explaining import tree
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_reasons_stand_below_what_rests_on_them() -> None:
    lines = [Line(0, "a"), Line(1, "b"), Line(2, "c"), Line(1, "d"), Line(0, "e")]
    top = tree(lines)
    assert [reason.line.text for reason in top] == ["a", "e"]
    assert [reason.line.text for reason in top[0].below] == ["b", "d"]
    assert [reason.line.text for reason in top[0].below[0].below] == ["c"]


def test_an_answer_that_a_rule_asked_for_leads_to_its_reasons(
    case: Case, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    page = client.get(f"/work/cases/{case.reference}/?view=team").content.decode()
    assert f'href="/work/cases/{case.reference}/why/cooking_with/?view=team"' in page
    assert f"/work/cases/{case.reference}/why/business_name/" not in page
    why = client.get(f"/work/cases/{case.reference}/why/cooking_with/?view=team").content.decode()
    assert "“What will you mainly sell?” (Hot food or drinks) is “Hot food or drinks”: yes" in why
    assert f'href="/work/cases/{case.reference}/?view=team"' in why


def test_questions_that_were_not_asked_are_listed_with_their_reasons(
    case: Case, clerk: User, sign_in: SignIn
) -> None:
    client = sign_in(clerk)
    page = client.get(f"/work/cases/{case.reference}/why/").content.decode()
    assert "Not asked" in page
    assert f"/work/cases/{case.reference}/why/goods_sold/" in page
    for secret in ("Leila", "Green Basket", "4471"):
        assert secret not in page
    why = client.get(f"/work/cases/{case.reference}/why/goods_sold/").content.decode()
    assert "is hidden" in why


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_pages_speak_other_languages(language: str, case: Case, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    for address in ("why/", "why/cooking_with/"):
        path = f"/work/cases/{case.reference}/{address}"
        page = client.get(path, headers={"accept-language": language}).content.decode()
        for english in ("All questions", "Not asked", "Why?", "Reading personal"):
            assert english not in page


def test_a_question_that_there_is_not_is_not_found(case: Case, clerk: User, sign_in: SignIn) -> None:
    client = sign_in(clerk)
    for name in ("nothing", "a-0-b", "x" * 400, "%00"):
        assert client.get(f"/work/cases/{case.reference}/why/{name}/").status_code == 404


def test_the_pages_cost_few_queries(
    case: Case, clerk: User, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(clerk)
    for address in ("why/", "why/cooking_with/"):
        client.get(f"/work/cases/{case.reference}/{address}")
        with django_assert_max_num_queries(14):
            client.get(f"/work/cases/{case.reference}/{address}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_read_well(
    size: tuple[int, int],
    language: str,
    case: Case,
    clerk: User,
    open_as: Callable[..., Page],
    live_server: object,
) -> None:
    page = open_as(clerk, size, language=language)
    for name, address in (("questions", "why/"), ("reasons", "why/hygiene_certificate/"), ("case", "")):
        page.goto(f"{live_server.url}/work/cases/{case.reference}/{address}")  # type: ignore[attr-defined]
        keep_picture(page, f"why-{name}-{language}-{size[0]}")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
