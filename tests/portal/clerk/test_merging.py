"""Two cases side by side, and merging them."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from engine.departments.models import User
from tests.chromium import PHONE, is_wider_than_the_window, keep_picture, problems_on
from workflows.models import Case

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def twice(case: Case, apply: Callable[..., Case]) -> Case:
    """The same application, sent again."""
    return apply(business_name="Green Basket Limited")


def test_a_clerk_compares_and_a_supervisor_merges(
    case: Case, twice: Case, clerk: User, supervisor: User, citizen: User, sign_in: SignIn
) -> None:
    address = f"/work/cases/{case.reference}/compare/{twice.reference}/"
    browser = sign_in(clerk)
    page = browser.get(f"/work/cases/{case.reference}/").text
    assert address in page
    assert "Same applicant" not in page
    shown = browser.get(address).text
    for words in ("Green Basket Ltd", "Green Basket Limited", "Different", "1 answer is different"):
        assert words in shown
    assert "Go on with" not in shown
    assert browser.post(address, {"_kept": case.reference}).status_code == 403
    senior = sign_in(supervisor)
    assert f"Go on with {case.reference}, end {twice.reference}" in senior.get(address).text
    assert senior.post(address, {"_kept": "X"}, follow=True).redirect_chain[-1][0] == address
    said = senior.post(address, {"_kept": case.reference}, follow=True).text
    assert f"{twice.reference} has ended and points at this case." in said
    assert "was merged into this case" in said
    assert "Merged" in senior.get(f"/work/cases/{twice.reference}/").text
    again = senior.post(address, {"_kept": case.reference}, follow=True).text
    assert "The case has ended. Reopen it first." in again
    own = sign_in(citizen).get(f"/applications/{twice.reference}/").text
    assert "We go on with that one:" in own
    assert "goes on as" in sign_in(clerk).get(f"/work/cases/{twice.reference}/").text
    same = f"/work/cases/{case.reference}/compare/{case.reference}/"
    assert "Only two cases of the same service" in senior.get(same, follow=True).text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_can_be_read_on_a_phone_and_a_desktop(
    case: Case, twice: Case, supervisor: User, open_as: Callable[..., Page]
) -> None:
    for size, options in (("1280", {}), ("390-ar", {"size": PHONE, "language": "ar"})):
        page = open_as(supervisor, **options)
        page.goto(f"{page.url.split('/work/')[0]}/work/cases/{case.reference}/compare/{twice.reference}/")
        assert problems_on(page) == []
        assert not is_wider_than_the_window(page)
        keep_picture(page, f"compare-{size}")
    page.locator("button[name=_kept]").first.click()
    page.locator("#case-merges").wait_for()
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    keep_picture(page, "merged-390-ar")
