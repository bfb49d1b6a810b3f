"""A grant: an expert answers by a link, two of three vote for it, silence is consent, the deposit is paid."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone
from playwright.sync_api import expect

from engine.departments.models import User
from engine.documents.models import Certificate
from engine.messages.models import Letter
from tests.chromium import DESKTOP, PHONE
from tests.journeys.conftest import Visitor
from tests.journeys.test_trade_licence import decide, open_case
from workflows.models import Case, Deadline, Payment, WorkItem
from workflows.sweeps import sweep_deadlines

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEILA = "leila.haddad@example.org"
JONAS, LUCIE = "jonas.weber@works.example", "lucie.garnier@works.example"
HELENA = "helena.brandt@works.example"
EXPERT = "ruth.feld@university.example"
Arrive = Callable[[str, tuple[int, int]], Visitor]


@pytest.fixture
def arrive(
    visit: Callable[..., Visitor], town: dict[str, User], settings: LazySettings
) -> Callable[[str, tuple[int, int]], Visitor]:
    """Somebody who has signed in and reads English."""
    settings.PAYMENT_PROVIDER = "pretend"

    def come(email: str, size: tuple[int, int]) -> Visitor:
        visitor = visit(size)
        settings.PUBLIC_ADDRESS = visitor.base
        visitor.sign_in(email)
        visitor.go("/applications/?lang=en")
        return visitor

    return come


def apply(citizen: Visitor, plan: Path) -> str:
    """Fill in the application; the reference of the case."""
    citizen.go("/apply/works/neighbourhood-grant/")
    if citizen.page.get_by_role("button", name="Start now").count():
        citizen.press("Start now")
    page = citizen.page
    page.locator("#project").fill("Fruit trees for the square")
    page.get_by_label("Trees and gardens").check()
    page.locator("#place").fill("Fountain Square")
    page.locator("#idea").fill("We plant twelve apple trees, and the school waters them.")
    citizen.look("grant-idea")
    citizen.press("Continue")
    page.locator("#amount").fill("2400")
    citizen.choose(plan, page.locator("input[type=file]"))
    citizen.press("Continue")
    expect(page.locator("main")).to_contain_text("120.00")
    citizen.look("grant-deposit")
    citizen.press("Continue")
    page.locator("#group_name").fill("Mill Lane neighbours")
    page.locator("#contact-given").fill("Leila")
    page.locator("#contact-family").fill("Haddad")
    page.locator("#phone").fill("555 0100")
    page.locator("#declared").check()
    citizen.press("Continue")
    citizen.look("grant-check")
    citizen.press("Send")
    page.wait_for_url("**/sent/")
    return page.locator(".cw-panel .cw-ref").inner_text().strip()


def give_opinion(visit: Callable[..., Visitor]) -> None:
    """The expert opens the link of the letter, without an account and without JavaScript."""
    letter = Letter.objects.get(address=EXPERT)
    found = re.search(r"/opinion/\?key=[A-Za-z0-9_-]+", letter.text)
    assert found
    expert = visit(PHONE, javascript=False)
    expert.go(f"{found[0]}&lang=en")
    main = expert.page.locator("main")
    expect(main).to_contain_text("Fruit trees for the square")
    expect(main).not_to_contain_text("Haddad")
    expert.page.get_by_label("Fund it with conditions").check()
    expert.page.locator("#text").fill("Somebody has to be named who looks after the trees.")
    expert.look("grant-opinion")
    expert.press("Send your opinion")
    expect(main).to_contain_text("Thank you for your opinion")
    again = expert.page.context.request.get(expert.base + found[0])
    assert again.status == 410


def open_steps(reference: str) -> set[str]:
    found = WorkItem.objects.filter(process__reference=reference, finished=None)
    return set(found.values_list("node_key", flat=True))


def nobody_answers(reference: str, node: str) -> None:
    """The time of a deadline passes."""
    found = Deadline.objects.filter(case__reference=reference, node_key=node, fired_at=None)
    assert found.update(due_at=timezone.now() - timedelta(seconds=1)) == 1
    sweep_deadlines()


def pay(citizen: Visitor, reference: str, settle: Callable[[], None]) -> None:
    """Pay at the pretended provider, and come back before its message has come."""
    citizen.go(f"/applications/{reference}/")
    citizen.look("grant-to-pay")
    citizen.page.locator(".cw-act a.govuk-button").click()
    citizen.press("Go on and pay")
    citizen.page.wait_for_url("**/pretend-payment/**")
    citizen.look("grant-provider")
    citizen.press("Pretend to pay")
    citizen.page.wait_for_url("**/paid/")
    expect(citizen.page.locator("h1")).to_have_text("We are waiting for confirmation")
    settle()
    citizen.go(f"/applications/{reference}/paid/")
    expect(citizen.page.locator("main")).to_contain_text("Your payment has arrived.")


def test_a_grant_is_advised_voted_consented_to_by_silence_and_paid_for(
    arrive: Arrive, visit: Callable[..., Visitor], settle: Callable[[], None], plan: Path
) -> None:
    citizen = arrive(LEILA, PHONE)
    reference = apply(citizen, plan)
    jonas = arrive(JONAS, DESKTOP)
    open_case(jonas, reference)
    jonas.page.locator("input[type=email]").first.fill(EXPERT)
    decide(jonas, "Complete")
    assert open_steps(reference) == {"expert"}
    give_opinion(visit)
    lucie = arrive(LUCIE, DESKTOP)
    open_case(lucie, reference)
    expect(lucie.page.locator("main")).to_contain_text("looks after the trees")
    lucie.look("grant-case")
    decide(lucie, "Approve")
    assert "committee" in open_steps(reference)
    helena = arrive(HELENA, DESKTOP)
    open_case(helena, reference)
    decide(helena, "Approve")
    assert open_steps(reference) == {"budget"}
    nobody_answers(reference, "consent")
    assert open_steps(reference) == {"deposit"}
    pay(citizen, reference, settle)
    settle()
    assert Payment.objects.get().state == "paid"
    assert Case.objects.get(reference=reference).state == "approved"
    assert Certificate.objects.get(case_reference=reference).state == "valid"
    helena.go(f"/work/cases/{reference}/")
    helena.look("grant-case-approved")
    expect(helena.page.locator("main")).to_contain_text("The payment has arrived: Pay the deposit")


@pytest.mark.parametrize("who", ["noor.aziz@licensing.example", "omar.said@example.org"])
def test_nobody_else_reads_a_grant_or_pays_for_it(
    who: str, arrive: Arrive, plan: Path, visit: Callable[..., Visitor]
) -> None:
    reference = apply(arrive(LEILA, DESKTOP), plan)
    stranger = arrive(who, DESKTOP)
    asked = stranger.page.context.request
    for path in (f"/work/cases/{reference}/", f"/applications/{reference}/pay/"):
        answer = asked.get(stranger.base + path)
        assert answer.status in (403, 404)
        assert "Fruit trees" not in answer.text()
