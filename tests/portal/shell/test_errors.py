"""Error pages say what to do and what was kept, and ask no server behind us."""

import pytest
from django.test import Client, RequestFactory

from portal.shell import errors


@pytest.mark.parametrize("status", sorted(errors.FAULTS))
def test_every_error_page_stands_alone(status: int) -> None:
    """No database mark on this test: a query would fail it."""
    page = errors.error_page(RequestFactory().get("/x/"), status)
    assert page.status_code == status
    assert page["Cache-Control"] == "no-store"
    assert "<h1" in page.content.decode()
    assert "Caseway" not in page.content.decode()


def test_a_failure_of_ours_carries_a_reference() -> None:
    page = errors.error_page(RequestFactory().get("/x/"), 500).content.decode()
    assert "Reference" in page
    assert errors.new_reference() != errors.new_reference()


def test_being_away_says_that_nothing_is_lost_and_when_to_come_back() -> None:
    page = errors.unavailable(RequestFactory().get("/x/"))
    assert page["Retry-After"] == "30"
    assert "Nothing is lost" in page.content.decode()


@pytest.mark.django_db
def test_a_page_that_does_not_exist_is_said_in_the_same_frame() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/no-such-department/no-such-service/")
    assert answer.status_code == 404
    assert "cw-header" in answer.content.decode()
