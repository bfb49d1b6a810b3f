"""A clerk records what was paid at the counter."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import Department, User
from engine.departments.roles import Role
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from tests.portal.citizen.conftest import PACKAGE
from tests.portal.citizen.test_paying import NODE
from workflows import services
from workflows.models import Payment, Service, WorkItem
from workflows.starting import start_case

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[User], Client]


@pytest.fixture
def due(settings: LazySettings, licensing: Department, founder: User, citizen: User) -> WorkItem:
    """The step of a case that waits for its fee of 25 euros."""
    settings.PAYMENT_PROVIDER = "pretend"
    package = copy.deepcopy(PACKAGE)
    package["workflow"]["nodes"][0]["next"] = "pay"
    package["workflow"]["nodes"].insert(1, NODE)
    report = services.import_package(source=package, department=licensing, by=founder)
    services.publish(service=report.service, by=founder)
    service = Service.objects.select_related("current").get(pk=report.service.pk)
    assert service.current is not None
    answers = {"owner": "Leila Haddad", "trade": "goods"}
    start_case(
        service.current, applicant=citizen, reference="STL-2026-000001", language="en", answers=answers
    )
    return WorkItem.objects.select_related("process").get(node_key="pay")


def test_the_payment_is_recorded_once_and_everybody_reads_how_it_was_made(
    due: WorkItem,
    clerk: User,
    auditor: User,
    citizen: User,
    person: Callable[..., User],
    works: Department,
    sign_in: SignIn,
) -> None:
    client, address = sign_in(clerk), f"/work/items/{due.pk}/paid/"
    case = f"/work/cases/{due.process.reference}/"
    assert address in client.get(case).text
    assert "€25.00" in client.get(address).text
    wrong = client.post(address, {"_amount": "24.00", "_receipt": " "})
    assert wrong.status_code == 422
    for words in ("has changed meanwhile", "Select how it was paid", "Enter the number of the receipt"):
        assert words in wrong.text
    given = {"_amount": "25.00", "_method": "card", "_receipt": "R-2026/17"}
    for other in (auditor, person("Ola Stone", Role.CLERK, works), citizen):
        assert sign_in(other).post(address, given).status_code == 403
        assert sign_in(other).get(address).status_code == 403
    assert not Payment.objects.exists()
    said = client.post(address, given, follow=True).text
    for words in (
        "The payment is recorded.",
        "by card, taken by",
        "R-2026/17",
        "took the payment at the desk",
    ):
        assert words in said
    assert address not in said
    for again in (client.post(address, given, follow=True), client.get(address, follow=True)):
        assert "This is not open any more." in again.text
    assert Payment.objects.count() == 1
    own = sign_in(citizen).get(f"/applications/{due.process.reference}/").text
    assert "You pay the fee" in own and "/pay/" not in own


@pytest.mark.browser
def test_the_page_can_be_used_everywhere(due: WorkItem, clerk: User, open_as: Callable[..., Page]) -> None:
    for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
        page = open_as(clerk, **options)
        page.goto(f"{page.url.split('/work/')[0]}/work/items/{due.pk}/paid/")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
        page.locator("main form button[type=submit]").click()
        assert problems_on(page) == []
        keep_picture(page, f"paid-at-the-desk-{size}")
