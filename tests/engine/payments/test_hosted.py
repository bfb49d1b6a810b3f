"""A provider over HTTPS: one order for one key, and nobody is sent anywhere but to its own pages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.cache import cache

from engine.calls.failures import CallFailed
from engine.calls.secrets import SecretMissing
from engine.payments.configured import provider
from engine.payments.hosted import HostedProvider
from engine.payments.provider import Order
from tests.engine.calls.machine import running_machine

ORDER = Order(
    key="a1",
    amount=Decimal("25.00"),
    currency="EUR",
    department="licensing",
    reference="STL-2026-000001",
    title="Stall licence",
    language="fr",
    return_address="https://city.example/applications/STL-2026-000001/paid/",
    message_address="https://city.example/api/payments/licensing/",
)


@pytest.fixture
def machine(settings, tmp_path):
    settings.CALL_HOSTS, settings.CALL_PRIVATE_ADDRESSES = ["127.0.0.1"], True
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    (tmp_path / "licensing.payments").write_text("token of the department")
    (tmp_path / "licensing.payment-messages").write_text("signs messages")
    cache.clear()
    with running_machine() as running:
        settings.PAYMENT_PROVIDER = f"{running.address}/orders"
        yield running


def test_an_order_goes_out_once_for_its_key_and_the_page_comes_back(machine):
    machine.answers(201, {"address": f"{machine.address}/pay/7", "provider_reference": "P-7"})
    begun = provider().begin(ORDER)
    assert (begun.address, begun.provider_reference) == (f"{machine.address}/pay/7", "P-7")
    asked = machine.asked[0]
    assert asked.headers["idempotency-key"] == "a1"
    assert asked.headers["authorization"] == "Bearer token of the department"
    assert asked.data["amount"] == "25.00"
    assert asked.data["message_address"].endswith("/api/payments/licensing/")


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"address": "https://elsewhere.example/pay/7"},
        {"address": "javascript:alert(1)"},
        {"address": 7},
        b"<html>",
    ],
    ids=str,
)
def test_an_answer_that_leads_elsewhere_is_refused(machine, answer):
    machine.answers(200, answer)
    with pytest.raises(CallFailed):
        provider().begin(ORDER)


def test_an_address_that_only_begins_like_the_provider_is_refused(machine):
    machine.answers(200, {"address": f"{machine.address}.evil.example/pay"})
    with pytest.raises(CallFailed):
        provider().begin(ORDER)


def test_a_provider_that_is_down_fails_in_words(machine):
    machine.answers(503)
    with pytest.raises(CallFailed) as failed:
        provider().begin(ORDER)
    assert failed.value.again


def test_another_department_has_no_secret_of_this_one(machine):
    assert HostedProvider().secret("licensing") == "signs messages"
    with pytest.raises(SecretMissing):
        HostedProvider().secret("works")
