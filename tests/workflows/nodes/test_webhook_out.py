"""Telling another system in a signed message."""

import pytest
from django.utils.timezone import now

from engine.calls.signatures import NotSigned, check_signature
from tests.workflows.steps import task, visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(machine, running, work_off):
    node = {
        "key": "tell",
        "type": "webhook_out",
        "address": machine.address + "/events",
        "event": "stall.checked",
        "secret": "payments",
        "send": {"trade": {"type": "text", "value": "answers.trade"}},
        "next": "check",
    }
    return running(node, task("check", "done"))


def test_the_other_system_is_told_and_can_check_who_told_it(told, machine, work_off):
    item = work_off(told, "tell")
    asked = machine.asked[0]
    assert (item.status, asked.data["type"]) == ("DONE", "stall.checked")
    assert asked.data["data"] == {"reference": told.reference, "service": "stall-licence", "trade": "Fruit"}
    at = now().timestamp()
    assert check_signature("the secret of payments", asked.headers, at, asked.body) == f"work-item:{item.pk}"
    with pytest.raises(NotSigned):
        check_signature("another secret", asked.headers, at, asked.body)
    assert visits(told, "check") == ["NEW"]


def test_a_repetition_is_known_by_its_id(told, machine, work_off):
    machine.answers(500)
    assert work_off(told, "tell").status == "SCHEDULED"
    machine.answers(204)
    assert work_off(told, "tell").status == "DONE"
    first, second = machine.asked
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
