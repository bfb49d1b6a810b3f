"""A department's own people ask for a purchase: two decide, above 5,000 three, and never who asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.departments.models import User
from engine.messages.models import Letter
from tests.chromium import DESKTOP, PHONE
from tests.journeys.conftest import Visitor
from tests.journeys.test_trade_licence import decide, open_case
from workflows.models import Case, WorkItem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Arrive = Callable[..., Visitor]
JONAS, LUCIE = "jonas.weber@works.example", "lucie.garnier@works.example"
HELENA, DANIEL = "helena.brandt@works.example", "daniel.costa@works.example"


@pytest.fixture
def arrive(visit: Callable[..., Visitor]) -> Arrive:
    """Somebody of the department, signed in and reading English."""

    def come(email: str, size: tuple[int, int]) -> Visitor:
        visitor = visit(size)
        visitor.sign_in(email)
        visitor.go("/applications/?lang=en")
        return visitor

    return come


def ask(asker: Visitor, item: str, amount: str, offer: Path) -> str:
    """Fill in the request from the list of what staff can ask for; the reference of the case."""
    asker.go("/work/requests/")
    asker.look("requests")
    asker.press("Ask for a purchase")
    asker.page.locator("#item").fill(item)
    asker.page.locator("#amount").fill(amount)
    asker.page.locator("#supplier").fill("Alto Roofing")
    asker.page.locator("#cost_centre").select_option("buildings")
    asker.look("purchase")
    asker.press("Continue")
    asker.page.locator("#reason").fill("Water comes in above the salt.")
    if asker.page.locator("input[type=file]").count():
        asker.choose(offer, asker.page.locator("input[type=file]"))
    asker.look("purchase-reasons")
    asker.press("Continue")
    asker.look("purchase-check")
    asker.press("Send")
    asker.page.wait_for_url("**/sent/")
    return asker.page.locator(".cw-panel .cw-ref").inner_text().strip()


def step_of(reference: str) -> str:
    """Where the case waits for a person."""
    item = WorkItem.objects.filter(process__reference=reference, finished=None, kind="person").first()
    return item.node_key if item else ""


def approve(approver: Visitor, reference: str) -> None:
    """Take the case and approve it."""
    open_case(approver, reference)
    decide(approver, "Approve")


@pytest.mark.slow  # the large one walks the same pages and one more
def test_a_small_purchase_is_approved_without_the_head_of_department(
    arrive: Arrive, town: dict[str, User], settle: Callable[[], None], plan: Path
) -> None:
    asker = arrive(JONAS, DESKTOP)
    reference = ask(asker, "Two office chairs", "640", plan)
    refuse_who_asked(asker, reference)
    approve(arrive(LUCIE, DESKTOP), reference)
    assert step_of(reference) == "confirm"
    approve(arrive(HELENA, DESKTOP), reference)
    settle()
    asker.go(f"/applications/{reference}/")
    asker.look("purchase-approved")
    assert asker.page.get_by_text("You may buy it").count()
    assert Case.objects.get(reference=reference).state == "approved"
    assert Letter.objects.get(case_reference=reference).recipient.email == JONAS


def test_a_large_purchase_needs_the_head_of_department_too(
    arrive: Arrive, town: dict[str, User], settle: Callable[[], None], plan: Path
) -> None:
    reference = ask(arrive(JONAS, PHONE), "Roof repair of the depot", "5000.01", plan)
    approve(arrive(LUCIE, PHONE), reference)
    helena = arrive(HELENA, PHONE)
    approve(helena, reference)
    assert step_of(reference) == "confirm_head"
    helena.go(f"/work/cases/{reference}/")
    assert not helena.page.get_by_role("button", name="Approve").count()
    daniel = arrive(DANIEL, PHONE)
    approve(daniel, reference)
    settle()
    daniel.go(f"/work/cases/{reference}/")
    daniel.look("case-purchase-approved")
    assert Case.objects.get(reference=reference).state == "approved"


def refuse_who_asked(asker: Visitor, reference: str) -> None:
    """The asker sees the case in the queue, and that somebody else must decide."""
    asker.go(f"/work/cases/{reference}/")
    asker.look("case-own-request")
    assert asker.page.get_by_role("button", name="Take").is_disabled()
    assert asker.page.get_by_text("somebody else must do").count()
    refuse_without_a_button(asker, reference)


def refuse_without_a_button(asker: Visitor, reference: str) -> None:
    """What the page does not offer is refused by the server as well."""
    item = WorkItem.objects.get(process__reference=reference, node_key="review")
    asker.go("/work/")
    token = asker.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for verb, sent in [("claim", {}), ("decide", {"_outcome": "approve", "_confirmed": "yes"})]:
        answer = asker.page.context.request.post(
            f"{asker.base}/work/items/{item.pk}/{verb}/",
            form={**sent, "csrfmiddlewaretoken": token},
            headers={"Referer": asker.base},
        )
        assert answer.status < 500
    item.refresh_from_db()
    assert (item.owner_id, item.finished) == (None, None)


@pytest.mark.parametrize("who", ["noor.aziz@licensing.example", "leila.haddad@example.org"])
def test_who_does_not_work_there_finds_no_such_service(
    who: str, visit: Callable[..., Visitor], town: dict[str, User]
) -> None:
    stranger = visit(DESKTOP)
    stranger.sign_in(who)
    for path in ("/apply/works/purchase-approval/", "/works/purchase-approval/"):
        assert stranger.page.context.request.get(stranger.base + path).status == 404
    listed = stranger.page.context.request.get(stranger.base + "/work/requests/")
    assert listed.status in (200, 403)
    assert "Ask for a purchase" not in listed.text()
    found = stranger.page.context.request.get(stranger.base + "/services/?q=purchase")
    assert "Ask for a purchase" not in found.text()
