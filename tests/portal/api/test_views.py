"""What other systems may say to us, and what they are told when they may not."""

import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from engine.calls.signatures import signed_headers
from engine.departments.models import Department
from engine.payments.pretended import PretendedProvider
from portal.api.bodies import MOST_BYTES
from workflows.calling import callback_address
from workflows.models import IncomingMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _secret(settings, tmp_path):
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    (tmp_path / "licensing.messages").write_text("agreed")


@pytest.fixture
def say(licensing: Department):
    """Post a signed message to a department."""

    def post(said, *, key="agreed", message_id="m-1", department="licensing", body=None):
        body = json.dumps(said).encode() if body is None else body
        headers = signed_headers(key, message_id, int(timezone.now().timestamp()), body)
        return Client(headers=headers).post(
            f"/api/messages/{department}/payment-received/", body, content_type="application/json"
        )

    return post


def test_a_signed_message_is_taken_in_once(say, licensing):
    assert say({"key": "STL-2026-000001", "data": {"amount": 5}}).status_code == 202
    assert say({"key": "STL-2026-000001", "data": {"amount": 5}}).status_code == 200
    message = IncomingMessage.objects.get()
    assert (message.department, message.name, message.key) == (
        licensing,
        "payment_received",
        "STL-2026-000001",
    )


@pytest.mark.parametrize("wrong", [{"key": "guessed"}, {"department": "works"}, {"department": "nowhere"}])
def test_a_message_that_is_not_signed_for_this_department_is_refused(say, works, wrong):
    answer = say({"key": "STL-2026-000001"}, **wrong)
    assert answer.status_code == 401
    assert not IncomingMessage.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"key": 5}', b"\xff", b"[" * 60_000, b'{"key":"a","data":"\\u0000"}'],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(say, body):
    answer = say(None, body=body)
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert not IncomingMessage.objects.exists()


def test_a_message_that_is_too_long_is_refused(say):
    assert say(None, body=b"x" * (MOST_BYTES + 1)).status_code == 413


def test_a_call_back_to_an_address_that_was_never_given_out_is_unknown():
    for token in ("", "1:x", "\x00"):
        answer = Client().post(
            "/api/callbacks/?" + urlencode({"for": token}), "{}", content_type="application/json"
        )
        assert answer.status_code == 404


def test_a_call_back_for_a_work_item_that_is_gone_is_unknown():
    address = callback_address(987654321)
    path = address[address.index("/api/") :]
    assert Client().post(path, "{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize("path", ["/api/callbacks/", "/api/messages/licensing/payment-received/"])
def test_only_sending_is_possible(path):
    assert Client().get(path).status_code == 405


class TestPayments:
    """The provider says how a payment came out; what it may say is tried in test_payment.py."""

    def test_a_message_is_answered_by_what_it_brought(self, licensing, settings):
        settings.PAYMENT_PROVIDER = "pretend"
        said = {
            "payment": str(uuid4()),
            "status": "paid",
            "amount": "1.00",
            "currency": "EUR",
            "reference": "X",
        }
        assert _pay(said).status_code == 404
        assert _pay({**said, "status": "perhaps"}).status_code == 422
        assert _pay(said, department="works").status_code == 401
        assert _pay(None, body=b"x" * (MOST_BYTES + 1)).status_code == 413
        assert Client().get("/api/payments/licensing/").status_code == 405

    def test_without_a_provider_nothing_is_believed(self, licensing, settings):
        settings.PAYMENT_PROVIDER = ""
        assert _pay({}).status_code == 401


def _pay(said, *, department="licensing", body=None):
    body = json.dumps(said).encode() if body is None else body
    secret = PretendedProvider().secret("licensing")
    headers = signed_headers(secret, "m-1", int(timezone.now().timestamp()), body)
    return Client(headers=headers).post(f"/api/payments/{department}/", body, content_type="application/json")
