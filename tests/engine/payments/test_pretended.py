"""The provider of the demonstration keeps nothing, moves nothing, and signs what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from engine.calls.signatures import NotSigned
from engine.payments.configured import NoProvider, provider
from engine.payments.pretended import PretendedProvider, order_on_page, signed_message
from tests.engine.payments.test_hosted import ORDER


def now_s() -> int:
    return int(timezone.now().timestamp())


def test_its_page_knows_what_is_to_be_paid_and_its_message_is_believed():
    page = PretendedProvider().begin(ORDER).address.partition("for=")[2]
    told = order_on_page(page)
    assert told is not None
    assert (told["amount"], told["reference"]) == ("25.00", "STL-2026-000001")
    headers, body = signed_message(told, "paid", now_s())
    said = PretendedProvider().read("licensing", headers, now_s(), body)
    assert (said.key, said.outcome, said.amount) == (ORDER.key, "paid", ORDER.amount)


def test_the_same_order_is_the_same_page():
    assert PretendedProvider().begin(ORDER) == PretendedProvider().begin(ORDER)
    assert PretendedProvider().begin(replace(ORDER, key="a2")) != PretendedProvider().begin(ORDER)


@pytest.mark.parametrize("page", ["", "x", "a:b", "x" * 5000])
def test_a_page_that_was_made_up_is_none(page):
    assert order_on_page(page) is None


def test_a_message_for_one_department_is_none_for_another():
    told = order_on_page(PretendedProvider().begin(ORDER).address.partition("for=")[2])
    assert told is not None
    headers, body = signed_message(told, "paid", now_s())
    with pytest.raises(NotSigned):
        PretendedProvider().read("works", headers, now_s(), body)
    with pytest.raises(NotSigned):
        PretendedProvider().read("licensing", headers, now_s(), body.replace(b"25.00", b"0.01"))


def test_an_installation_says_which_provider_it_has(settings):
    settings.PAYMENT_PROVIDER = "pretend"
    assert provider().key == "pretend"
    settings.PAYMENT_PROVIDER = "https://pay.example/orders"
    assert (provider().key, provider().origin) == ("hosted", "https://pay.example")
    settings.PAYMENT_PROVIDER = ""
    with pytest.raises(NoProvider):
        provider()
