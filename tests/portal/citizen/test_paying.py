"""Paying in the browser: the amount, the pretended provider, and back before and after its message."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.messages.delivery import deliver_all
from engine.messages.models import OutboxMessage
from tests.chromium import DESKTOP, PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.chromium import browse as browse
from tests.chromium import chromium as chromium
from tests.portal.citizen.conftest import PACKAGE
from tests.portal.citizen.test_urls import open_as_citizen as open_as_citizen
from tests.workflows.nodes.payments import says
from workflows import services
from workflows.models import Case, Payment, Service, WorkItem

pytestmark = pytest.mark.django_db(transaction=True)
NODE: dict[str, Any] = {
    "key": "pay",
    "type": "payment",
    "title": {"en": "Pay the fee", "fr": "Payer les frais", "ar": "ادفع الرسوم"},
    "status_text": {"en": "You pay the fee", "fr": "Vous payez les frais", "ar": "تدفع الرسوم"},
    "amount": "25.0",
    "due": {"days": 14},
    "next": "look",
    "on_timeout": "expired",
}


@pytest.fixture(autouse=True)
def _pretend(settings: LazySettings) -> None:
    settings.PAYMENT_PROVIDER = "pretend"


@pytest.fixture
def stall(licensing: Department, administrator: User) -> Service:
    """The published service, with a fee."""
    package = copy.deepcopy(PACKAGE)
    package["workflow"]["nodes"][0]["next"] = "pay"
    package["workflow"]["nodes"].insert(1, NODE)
    report = services.import_package(source=package, department=licensing, by=administrator)
    services.publish(service=report.service, by=administrator)
    return Service.objects.get(pk=report.service.pk)


def path_of(address: str) -> str:
    """An address of ours without its machine."""
    return "/" + address.split("/", 3)[3]


def to_the_provider(browser: Client, case: Case) -> str:
    """Press the button; gives the page of the pretended provider."""
    return path_of(browser.post(f"/applications/{case.reference}/pay/")["Location"])


def press(browser: Client, page: str, outcome: str) -> Any:
    token = page.partition("for=")[2]
    return browser.post("/pretend-payment/", {"for": token, "outcome": outcome})


def open_steps(case: Case) -> list[str]:
    return list(WorkItem.objects.filter(process=case, finished=None).values_list("node_key", flat=True))


def test_the_application_says_what_to_pay_and_by_when(sent: Case, browser: Client) -> None:
    page = browser.get(f"/applications/{sent.reference}/").content.decode()
    assert "Pay the fee: €25.00 by" in page
    assert f'href="/applications/{sent.reference}/pay/"' in page
    assert "Waiting for payment" in browser.get("/applications/").content.decode()
    assert "€25.00" in browser.get(f"/applications/{sent.reference}/pay/").content.decode()


def test_back_before_the_confirmation_it_says_that_we_wait(sent: Case, browser: Client) -> None:
    provider = to_the_provider(browser, sent)
    assert "No money moves" in browser.get(provider).content.decode()
    back = path_of(press(browser, provider, "paid")["Location"])
    assert back == f"/applications/{sent.reference}/paid/"
    assert "We are waiting for confirmation" in browser.get(back).content.decode()
    assert open_steps(sent) == ["pay"]
    deliver_all()
    page = browser.get(back, follow=True).content.decode()
    assert "Your payment has arrived" in page
    assert open_steps(sent) == ["look"]


def test_pressed_twice_at_the_provider_one_message_comes(sent: Case, browser: Client) -> None:
    provider = to_the_provider(browser, sent)
    press(browser, provider, "paid")
    press(browser, provider, "paid")
    assert OutboxMessage.objects.filter(topic="payment.pretended").count() == 1
    deliver_all()
    assert browser.post(f"/applications/{sent.reference}/pay/")["Location"].endswith(f"{sent.reference}/")


@pytest.mark.parametrize("outcome", ["failed", "cancelled"])
def test_what_was_not_paid_is_said_and_can_be_tried_again(outcome: str, sent: Case, browser: Client) -> None:
    provider = to_the_provider(browser, sent)
    back = path_of(press(browser, provider, outcome)["Location"])
    deliver_all()
    page = browser.get(back, follow=True).content.decode()
    assert "Nothing was paid. You can try again." in page
    assert "Go on and pay" in page
    assert to_the_provider(browser, sent) != provider


def test_another_amount_stops_the_button(sent: Case, browser: Client) -> None:
    to_the_provider(browser, sent)
    says(Payment.objects.select_related("case", "work_item").get(), amount="1.00")
    page = browser.get(f"/applications/{sent.reference}/pay/").content.decode()
    assert "Please do not pay again" in page
    assert "Go on and pay" not in page


def test_without_a_provider_it_is_said_and_nothing_is_begun(
    sent: Case, browser: Client, settings: LazySettings
) -> None:
    settings.PAYMENT_PROVIDER = ""
    answer = browser.post(f"/applications/{sent.reference}/pay/")
    assert answer.status_code == 503
    assert "Nothing was paid" in answer.content.decode()
    assert browser.get("/pretend-payment/").status_code == 404


def test_a_form_of_ours_leads_to_the_pages_of_the_provider_only(
    sent: Case, browser: Client, settings: LazySettings
) -> None:
    settings.PAYMENT_PROVIDER = "https://pay.example/orders"
    policy = browser.get(f"/applications/{sent.reference}/pay/")["Content-Security-Policy"]
    assert "form-action 'self' https://pay.example;" in f"{policy};"


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ:forged"])
def test_an_address_of_the_provider_that_was_made_up_is_none(token: str, client: Client) -> None:
    assert client.get("/pretend-payment/", {"for": token}).status_code == 404
    assert client.post("/pretend-payment/", {"for": token, "outcome": "paid"}).status_code == 404
    assert not OutboxMessage.objects.filter(topic="payment.pretended").exists()


def test_nobody_else_sees_what_is_to_be_paid(sent: Case, other_citizen: User, foreign_clerk: User) -> None:
    for user in (other_citizen, foreign_clerk):
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        for address in ("pay", "paid"):
            assert client.get(f"/applications/{sent.reference}/{address}/").status_code == 404
        assert client.post(f"/applications/{sent.reference}/pay/").status_code == 404
    assert not Payment.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_the_pages_of_a_payment_have_no_problem_that_axe_knows(
    size: tuple[int, int],
    language: str,
    sent: Case,
    clerk: User,
    open_as_citizen: Callable[..., Page],
    live_server: LiveServer,
    settings: LazySettings,
) -> None:
    settings.PUBLIC_ADDRESS = live_server.url
    page = open_as_citizen(size, language=language)

    def look(name: str) -> None:
        keep_picture(page, f"payment-{name}-{language}-{size[0]}")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)

    page.goto(f"{live_server.url}/applications/{sent.reference}/")
    look("application")
    page.locator(".cw-act a.govuk-button").click()
    look("pay")
    page.locator("form button.govuk-button").last.click()
    page.wait_for_url("**/pretend-payment/**")
    look("pretended")
    page.locator("button[value=paid]").click()
    page.wait_for_url("**/paid/")
    look("waiting")
    deliver_all()
    page.locator("a.govuk-button").first.click()
    expect(page).to_have_url(f"{live_server.url}/applications/{sent.reference}/")
    look("arrived")
