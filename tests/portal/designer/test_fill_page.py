"""Whoever tries a service out can enter answers of their own: as applicant, as staff, in a correction."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.documents.models import Document
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, let_in, problems_on
from tests.portal.designer.stall_permit import PERMIT
from workflows.models import Case, Draft
from workflows.services import import_package

pytestmark = pytest.mark.django_db
PAGE = "/manage/licensing/stall-permit/try/"
SMALL = {"script": "Bread", "amount": "9"}


@pytest.fixture
def trying(client: Client, licensing: Department, designer: User) -> Client:
    """A designer before a stall permit that is not published."""
    import_package(source=PERMIT, department=licensing, by=designer)
    client.force_login(designer)
    return client


def is_form(answer: Any) -> bool:
    return "designer/try_fill.html" in [template.name for template in answer.templates]


def opened(client: Client, **sent: str) -> Any:
    """The page with a form, opened from the trial."""
    answer = client.post(PAGE, sent)
    assert is_form(answer)
    return answer


def sent(client: Client, page: Any, answers: dict[str, str], **pressed: str) -> Any:
    """What comes of the form when it is sent as it stands in the page."""
    names = ("script", "fill", "step", "sample", "asked", "kept")
    own = {f"try.{name}": str(page.context[name]) for name in names}
    own |= {
        "try.language": page.context["spoken"],
        "try.do": page.context["fill"],
        "try.sent": str(page.context["sample"]),
    }
    return client.post(PAGE, {**own, **{f"try.{name}": value for name, value in pressed.items()}, **answers})


def applied(client: Client, **answers: str) -> Any:
    """The trial after an application with these answers."""
    answer = sent(client, opened(client, fill="apply"), {**SMALL, **answers})
    assert answer.context["report"].stopped is None
    return answer


def steps(answer: Any) -> list[str]:
    return [moment.step for moment in answer.context["report"].moments]


def test_the_form_stands_there_filled_with_made_up_answers(trying: Client) -> None:
    page = opened(trying, fill="apply").content.decode()
    assert "Square metres" in page and 'name="amount" type="text" inputmode="numeric" value="' in page
    assert "You have added" in page  # the made-up file


def test_an_amount_of_ones_own_decides_the_way(trying: Client) -> None:
    assert "visit" not in steps(applied(trying, amount="20"))
    large = applied(trying, amount="21", reason="A family")
    assert "visit" in steps(large) and "branch_0" not in large.content.decode()


def test_what_is_wrong_is_told_as_citizens_read_it_and_stays_typed(trying: Client) -> None:
    page = opened(trying, fill="apply")
    answer = sent(trying, page, {"script": "Bread and honey", "amount": "many"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "There is a problem" in text and 'href="#amount"' in text
    assert 'value="many"' in text and "Bread and honey" in text
    assert "Square metres must be a whole number" in answer.context["summary_html"]


def test_questions_that_the_answers_bring_up_are_asked_before_anything_is_sent(trying: Client) -> None:
    page = opened(trying, fill="apply", sample=_small_sample(trying))
    more = sent(trying, page, {"script": "Bread", "amount": "51"})
    text = more.content.decode()
    assert "bring up more questions" in text and "There is a problem" not in text
    assert "Why so large" in text and "Exits" in text
    empty = sent(trying, more, {"script": "Bread", "amount": "51", "reason": "", "exits": ""})
    assert empty.status_code == 422
    answer = sent(trying, empty, {"script": "Bread", "amount": "51", "reason": "A feast", "exits": "2"})
    assert steps(answer)[-1] == "visit"


def _small_sample(client: Client) -> str:
    """A number whose made-up answers ask neither why nor for exits."""
    for number in "123456789":
        if opened(client, fill="apply", sample=number).context["asked"] == "script,amount,plan":
            return number
    raise AssertionError("every made-up stall is large")


def test_what_staff_record_is_typed_and_an_outcome_that_is_refused_keeps_it(trying: Client) -> None:
    trial = applied(trying, amount="21", reason="A family")
    page = opened(trying, script=trial.context["script"], do="decide", fill="decide", step="visit")
    assert "Is it safe?" in page.content.decode() and "Return" not in page.context["buttons"]
    seen = {"step": "no", "look": "Loose wires"}
    for pressed in ({}, {"outcome": "refuse"}):
        again = sent(trying, page, seen, **pressed)
        assert is_form(again)
        assert again.context["refused"] and "Loose wires" in again.content.decode()
    answer = sent(trying, page, seen, outcome="refuse", reason="The wires are loose.")
    assert answer.context["report"].outcome == "refused"
    assert '"look":"Loose wires"' in answer.context["script"]


def test_a_correction_changes_only_what_was_asked(trying: Client) -> None:
    trial = applied(trying, amount="21", reason="A family")
    returned = {"do": "decide", "step": "visit", "outcome": "return", "reason": "Why?", "fields": "amount"}
    trial = trying.post(PAGE, {"script": trial.context["script"], **returned})
    page = opened(trying, script=trial.context["script"], do="correct", fill="correct", step="correct")
    text = page.content.decode()
    assert "Square metres" in text and "What you sell" not in text and 'value="21"' in text
    answer = sent(trying, page, {"amount": "5", "script": "Fireworks"})
    assert answer.context["report"].outcome == "approved"
    assert "Fireworks" not in answer.context["script"]


def test_answers_are_sent_again_as_they_are(trying: Client) -> None:
    trial = applied(trying, amount="21", reason="A family")
    returned = {"do": "decide", "step": "visit", "outcome": "return", "reason": "Look.", "fields": "amount"}
    trial = trying.post(PAGE, {"script": trial.context["script"], **returned})
    answer = trying.post(PAGE, {"script": trial.context["script"], "do": "correct", "step": "correct"})
    assert steps(answer)[-2:] == ["size", "visit"]


def test_of_a_file_only_the_name_is_taken_and_nothing_is_kept(trying: Client) -> None:
    page = opened(trying, fill="apply")
    wrong = sent(trying, page, {"script": "", "amount": "9", "plan": "C:\\fakepath\\drawing.pdf"})
    assert "drawing.pdf" in wrong.content.decode()
    answer = sent(trying, wrong, SMALL)
    assert '"name":"drawing.pdf"' in answer.context["script"]
    assert answer.context["report"].ended
    assert not (Document.objects.exists() or Draft.objects.exists() or Case.objects.exists())


@pytest.mark.parametrize("plan", ["..", "a/..", ".", "\0", "x" * 999, 7, {"size": "x"}, [[1]], {"size": 1}])
def test_a_file_of_any_shape_never_breaks_the_page(trying: Client, plan: Any) -> None:
    page = opened(trying, fill="apply")
    assert sent(trying, page, {**SMALL, "plan": str(plan)}).status_code in (200, 422)
    acts = [{"do": "apply", "answers": {"script": "a", "amount": 9, "plan": plan}}]
    assert trying.post(PAGE, {"script": json.dumps({"acts": acts})}).status_code == 200


@pytest.mark.parametrize("fill", ["fly", "decide", "correct", "open", "apply"])
@pytest.mark.parametrize("sample", ["", "x", "9" * 30])
def test_what_cannot_be_filled_in_here_leads_back_to_the_trial(
    trying: Client, fill: str, sample: str
) -> None:
    answer = trying.post(PAGE, {"fill": fill, "step": "nowhere", "sample": sample, "kept": "x"})
    assert answer.status_code == 200


def test_staff_open_a_case_with_made_up_answers_or_with_their_own(trying: Client) -> None:
    begun = trying.get(PAGE)
    assert "Taken down at the desk" in begun.content.decode()
    assert steps(trying.post(PAGE, {"do": "open", "step": "by_staff"}))[0] == "by_staff"
    page = opened(trying, do="open", fill="open", step="by_staff")
    answer = sent(trying, page, {"script": "Bread", "amount": "20"})
    assert answer.context["report"].stopped is None
    assert steps(answer)[:2] == ["by_staff", "size"] and answer.context["report"].ended


def test_a_letter_and_in_whose_name_it_is_signed_are_shown_and_opened_as_a_sample(trying: Client) -> None:
    trial = applied(trying)
    assert "Your stall STP-" in trial.content.decode() and "would be signed" in trial.content.decode()
    posted = {"script": trial.context["script"]}
    letter = trying.post(f"{PAGE}documents/0.pdf", posted)
    assert letter["Content-Type"] == "application/pdf" and letter.content.startswith(b"%PDF")
    assert trying.post(f"{PAGE}documents/1.pdf", posted).status_code == 404
    assert not Document.objects.exists()


@pytest.mark.parametrize("name", ["foreign_clerk", "clerk", "citizen"])
def test_who_has_nothing_to_do_with_the_service_is_refused(
    trying: Client, request: pytest.FixtureRequest, name: str
) -> None:
    trying.force_login(request.getfixturevalue(name))
    for page in (PAGE, f"{PAGE}documents/0.pdf"):
        answer: HttpResponse = trying.post(page, {"fill": "apply", "script": "{}"})
        assert answer.status_code in (403, 404)
        assert "Square metres" not in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_form_is_in_order_at_every_width_and_filled_in_without_a_mouse(
    browse: Callable[..., Page],
    live_server: LiveServer,
    trying: Client,
    size: tuple[int, int],
    language: str,
) -> None:
    page = browse(size)
    let_in(page, trying, live_server.url, language=language)
    page.goto(f"{live_server.url}{PAGE}")
    page.locator("#sample").select_option(_small_sample(trying))
    page.locator("button[name=fill][value=apply]").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Square metres").fill("60")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Exits")).to_be_visible()
    page.get_by_label("Exits").fill("none")
    page.get_by_label("Why so large").fill("A feast")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label("Square metres")).to_have_value("60")
    assert not is_wider_than_the_window(page)
    assert problems_on(page) == []
    keep_picture(page, f"try-fill-{language}-{size[0]}")
    page.get_by_label("Exits").fill("2")
    page.keyboard.press("Enter")
    page.locator("button[name=fill][value=decide]").press("Enter")
    page.get_by_label("What you saw").fill("All is well.")
    page.get_by_label("Yes").check()
    assert not is_wider_than_the_window(page)
    assert problems_on(page) == []
    keep_picture(page, f"try-record-{language}-{size[0]}")
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.locator("#the-documents")).to_be_visible()
    assert not is_wider_than_the_window(page)
    keep_picture(page, f"try-letter-{language}-{size[0]}")
