"""What the script of a question page asks for: the questions that belong to a choice, and keeping."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from engine.departments.models import User
from portal.citizen.page_token import page_token
from workflows import services
from workflows.models import Draft

pytestmark = pytest.mark.django_db
Answer = Callable[..., Any]
SCRIPT = {"HTTP_HX_REQUEST": "true"}


def text_of(page: Any) -> str:
    return str(page.content.decode())


@pytest.fixture
def react(browser: Client, draft: Draft, answer: Answer) -> Answer:
    """Asks as the script does, on the page with a condition."""
    answer("about_you", owner="Leila")

    def ask(on: Client = browser, page: str = "trade", **data: Any) -> Any:
        posted = {key.replace("__", "-"): value for key, value in data.items()}
        return on.post(f"/apply/d/{draft.pk}/{page}/", posted, **SCRIPT)

    return ask


def keep(on: Client, draft: Draft, page: str = "about_you", window: str = "one", **data: Any) -> Any:
    """Keeps what is typed, as the script does."""
    posted = {"page-typed": "yes", "page-window": window, "page-revision": draft.revision, **data}
    return on.post(f"/apply/d/{draft.pk}/{page}/", posted)


def test_only_pages_with_conditions_of_their_own_load_what_reacts(
    browser: Client, draft: Draft, answer: Answer
) -> None:
    plain = text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))
    assert "htmx" not in plain
    assert "hx-post" not in plain
    answer("about_you", owner="Leila")
    assert 'data-reacts-to="trade"' in text_of(browser.get(f"/apply/d/{draft.pk}/trade/"))


def test_a_choice_brings_its_question_without_a_word_of_complaint(react: Answer, draft: Draft) -> None:
    before = Draft.objects.values().get(pk=draft.pk)
    page = text_of(react(trade="food", page__asked="trade"))
    assert 'name="fuel"' in page
    assert 'value="trade,fuel"' in page
    assert "A question was added: What do you cook with?" in page
    assert "govuk-error" not in page
    assert "<html" not in page
    assert Draft.objects.values().get(pk=draft.pk) == before


def test_another_choice_takes_the_question_away(react: Answer) -> None:
    page = text_of(react(trade="goods", fuel="gas", page__asked="trade,fuel"))
    assert 'name="fuel"' not in page
    assert "A question was removed: What do you cook with?" in page


def test_a_complaint_that_stands_there_stays_until_it_is_mended(react: Answer) -> None:
    wrong = {"page__asked": "trade,fuel", "page__wrong": "fuel"}
    assert 'href="#fuel"' in text_of(react(trade="food", fuel="", **wrong))
    assert 'href="#fuel"' not in text_of(react(trade="food", fuel="gas", **wrong))


def test_what_was_put_right_and_what_is_left_is_said(react: Answer) -> None:
    wrong = {"page__asked": "trade,fuel", "page__wrong": "trade,fuel", "page__changed": "fuel"}
    mended = text_of(react(trade="food", fuel="gas", **wrong))
    assert "Put right: What will you sell?, What do you cook with? No problem is left on this page." in mended
    assert "<title>What you sell - Stall licence</title>" in mended
    still = text_of(react(trade="food", fuel="", **wrong))
    assert "Put right: What will you sell? 1 problem is left. Enter an answer to" in still
    assert "<title>Error: What you sell - Stall licence</title>" in still


def test_the_script_and_the_button_show_the_same_questions(react: Answer, answer: Answer) -> None:
    by_script = text_of(react(trade="food", page__asked="trade"))
    by_button = text_of(answer("trade", trade="food", page__asked="trade"))
    start = by_script.index('<div class="cw-fields"')
    fields = by_script[start : by_script.index('<div hx-swap-oob="innerHTML:#page-said"')].strip()
    assert fields in by_button


def test_whoever_is_signed_out_or_somebody_else_gets_nothing_into_the_page(
    react: Answer, draft: Draft, other_citizen: User
) -> None:
    out = Client()
    found = react(on=out, trade="food", page__token=page_token(draft))
    assert (found.status_code, found.content) == (401, b"")
    assert keep(out, draft, owner="x").status_code == 401
    assert "kept_page" not in out.session
    stranger = Client()
    stranger.force_login(other_citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert react(on=stranger, trade="food").status_code == 404
    assert keep(stranger, draft, owner="x").status_code == 404


def test_an_outdated_secret_answers_a_script_with_a_bare_refusal(draft: Draft, citizen: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(citizen, backend="allauth.account.auth_backends.AuthenticationBackend")
    found = strict.post(f"/apply/d/{draft.pk}/about_you/", {"owner": "x"}, **SCRIPT)
    assert (found.status_code, found.content) == (403, b"")


def test_a_page_that_is_not_on_the_way_or_was_sent_is_a_conflict(
    browser: Client, filled: Draft, citizen: User
) -> None:
    assert keep(browser, filled, "kitchen", hood="yes").status_code == 409
    services.submit(filled, by=citizen, revision=filled.revision)
    assert keep(browser, filled, owner="x").status_code == 409


def test_what_is_typed_is_kept_and_not_judged(browser: Client, draft: Draft) -> None:
    found = keep(browser, draft, owner="", phone="555").json()
    assert found["revision"] == 1
    assert found["said"].startswith("Saved at ")
    draft.refresh_from_db()
    assert (draft.answers, draft.raw["about_you"]["phone"]) == ({}, "555")
    page = text_of(browser.get(f"/apply/d/{draft.pk}/about_you/"))
    assert 'value="555"' in page
    assert "govuk-error" not in page


def test_typing_into_a_finished_page_keeps_its_answers_until_continue(
    answer: Answer, browser: Client, draft: Draft
) -> None:
    answer("about_you", owner="Leila")
    draft.refresh_from_db()
    keep(browser, draft, owner="Leila Had", phone="")
    draft.refresh_from_db()
    assert draft.answers["owner"] == "Leila"
    assert browser.get(f"/apply/d/{draft.pk}/")["Location"].endswith("/about_you/")
    keep(browser, draft, owner="Leila", phone="")  # typed back to what is saved: nothing is left to do here
    assert browser.get(f"/apply/d/{draft.pk}/")["Location"].endswith("/trade/")


def test_the_same_words_again_write_nothing(browser: Client, draft: Draft) -> None:
    first = keep(browser, draft, owner="Leila").json()["revision"]
    assert keep(browser, draft, owner="Leila").json()["revision"] == first


def test_two_windows_that_type_do_not_overwrite_each_other(
    browser: Client, answer: Answer, draft: Draft
) -> None:
    assert keep(browser, draft, window="one", owner="First").status_code == 200
    refused = keep(browser, draft, window="two", owner="Second")
    assert refused.status_code == 409
    assert "changed in another window" in refused.json()["said"]
    page = text_of(answer("about_you", revision=0, owner="Second", page__window="two"))
    assert "These answers were changed in another window" in page
    assert "First" in page
    assert 'value="Second"' in page
    draft.refresh_from_db()
    assert draft.raw["about_you"]["owner"] == "First"
    assert answer("about_you", owner="Second", page__window="two").status_code == 302


def test_a_window_is_never_in_its_own_way(browser: Client, answer: Answer, draft: Draft) -> None:
    keep(browser, draft, window="one", owner="Leil")
    keep(browser, draft, window="one", owner="Leila")  # sent before the first was answered
    found = answer("about_you", revision=0, owner="Leila Haddad", page__window="one")
    assert found.status_code == 302


@pytest.mark.parametrize("value", ["\x00", "a" * 50_000, "<script>alert(1)</script>", "١٢٣", ",,,"])
def test_hostile_requests_of_a_script_never_break(
    value: str, react: Answer, browser: Client, draft: Draft
) -> None:
    for name in ("trade", "fuel", "page__asked", "page__wrong", "page__changed", "page__revision"):
        found = react(**{"trade": "food", name: value})
        assert found.status_code == 200
        assert "<script>alert" not in text_of(found)
    draft.refresh_from_db()
    for name in ("owner", "page-window", "page-revision"):
        assert keep(browser, draft, **{name: value}).status_code in (200, 409)


def test_reacting_and_keeping_cost_few_queries(
    react: Answer, browser: Client, draft: Draft, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    react(trade="food")
    with django_assert_max_num_queries(3):
        react(trade="food")
    draft.refresh_from_db()
    with django_assert_max_num_queries(4):
        keep(browser, draft, owner="Leila Haddad")
