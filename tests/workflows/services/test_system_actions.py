"""What other systems may do in the state of a case, and what they are told when they may not."""

import json
import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from engine.audit.models import AuditEntry
from engine.calls.signatures import signed_headers
from tests.workflows.complaints import *  # noqa: F403
from tests.workflows.complaints import stay
from workflows.models import Case, IncomingMessage
from workflows.services import act

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _secrets(settings, tmp_path):
    settings.CALL_SECRETS_FOLDER = str(tmp_path)
    for name in ("licensing.actions-payments", "licensing.actions-officer", "registry.actions-payments"):
        (tmp_path / name).write_text(f"agreed for {name}")
    (tmp_path / "licensing.messages").write_text("agreed")


@pytest.fixture
def unpaid(complaint, officer) -> Case:
    """A complaint that waits for its fee."""
    act(item_id=stay(complaint).pk, action="charge", by=officer)
    return Case.objects.get(pk=complaint.pk)


def ask(case, action="pay", *, department="licensing", role="payments", key="", message_id="m-1", **more):
    """Send a signed wish; gives the status, the code and the body."""
    body = json.dumps({"reference": case.reference, "action": action, **more}).encode()
    secret = key or f"agreed for {department}.actions-{role}"
    headers = signed_headers(secret, message_id, int(timezone.now().timestamp()), body)
    address = f"/api/actions/{department}/{role}/"
    answer = Client(headers=headers).post(address, body, content_type="application/json")
    return answer.status_code, answer.json().get("code", "")


def test_an_action_is_taken_once_however_often_it_is_sent(unpaid):
    assert ask(unpaid, state="unpaid") == (200, "")
    assert Case.objects.get(pk=unpaid.pk).stands_at == "assigned"
    assert ask(unpaid, state="unpaid") == (200, "")
    row = AuditEntry.objects.get(chain=unpaid.chain, verb="work.decided", actor=None)
    assert json.loads(row.details)["system"] == "payments"
    assert IncomingMessage.objects.get().said == {}

    assert ask(unpaid, state="unpaid", message_id="m-2") == (409, "already_done")
    assert ask(unpaid, message_id="m-3") == (409, "wrong_state")
    assert IncomingMessage.objects.count() == 1  # what was refused is looked at again
    refused = AuditEntry.objects.filter(chain=unpaid.chain, verb="work.refused")
    assert [json.loads(row.details)["why"] for row in refused.order_by("position")] == [
        "AlreadyDecided",
        "UnknownOutcome",
    ]


def test_another_role_another_department_and_who_is_not_known_are_refused(unpaid, complaint, registry):
    assert ask(unpaid, "waive") == (403, "wrong_role")
    assert ask(unpaid, role="officer") == (404, "unknown_case")  # the role of people
    assert ask(unpaid, department="registry") == (404, "unknown_case")
    assert ask(unpaid, key="guessed") == (401, "unsigned")
    assert ask(unpaid, key="agreed") == (401, "unsigned")  # the secret of messages opens nothing here
    assert ask(unpaid, role="weather") == (401, "unsigned")
    assert ask(unpaid, department="nowhere") == (401, "unsigned")
    unpaid.reference = "CMP-2020-000001"
    assert ask(unpaid) == (404, "unknown_case")
    assert Case.objects.get(pk=unpaid.pk).stands_at == "unpaid"
    assert AuditEntry.objects.filter(verb="action.refused").count() == 2
    assert not IncomingMessage.objects.exists()


@pytest.mark.parametrize("more", [{"action": ""}, {"reason": 5}, {"state": "x" * 3_000}])
def test_what_cannot_be_read_is_refused_with_a_sentence(unpaid, more):
    assert ask(unpaid, **more)[0] == 400
    assert Client().get("/api/actions/licensing/payments/").status_code == 405


def test_of_many_at_once_one_is_taken(unpaid):
    start, came = threading.Barrier(6), list[tuple[int, str]]()

    def send(number: int) -> None:
        try:
            start.wait()
            came.append(ask(unpaid, state="unpaid", message_id=f"m-{number % 3}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [(200, "")] * 2 + [(409, "already_done")] * 4
    assert AuditEntry.objects.filter(chain=unpaid.chain, verb="work.decided", actor=None).count() == 1
