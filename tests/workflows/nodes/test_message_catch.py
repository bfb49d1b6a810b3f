"""A case that waits for a message of another system."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from engine.messages.delivery import deliver_all
from tests.workflows.steps import task, visits
from workflows.ending import withdraw_case
from workflows.incoming import KEPT_FOR, forget_old_messages, take_in
from workflows.models import Awaited, Case, IncomingMessage, WorkItem
from workflows.sweeps import sweep_messages

pytestmark = pytest.mark.django_db(transaction=True)
NODE = {
    "key": "paid",
    "type": "message_catch",
    "message": "payment_received",
    "keep": {"amount": {"type": "decimal", "at": "/amount"}},
    "next": "check",
}


@pytest.fixture
def say(licensing):
    """A message of another system, kept and delivered."""

    def tell(key, data=None, message_id="m-1", department=licensing, name="payment_received", deliver=True):
        came = take_in(department=department, message_id=message_id, name=name, key=key, data=data)
        if deliver:
            deliver_all()
        return came

    return tell


def work_of(case):
    return Case.objects.get(pk=case.pk).work.get("paid")


def test_the_message_brings_the_case_on_and_its_data_with_it(running, say):
    case = running(NODE, task("check", "done"))
    assert visits(case, "paid") == ["NEW"]
    assert say(case.reference, {"amount": 12.5, "payer": "Leila Haddad"})
    assert (visits(case, "paid"), visits(case, "check")) == (["DONE"], ["NEW"])
    assert work_of(case) == {"amount": "12.5"}
    taken = IncomingMessage.objects.get()
    assert taken.taken_at is not None
    assert taken.said == {}


def test_the_same_message_twice_counts_once(running, say):
    case = running(NODE, task("check", "done"))
    assert say(case.reference, {"amount": 1})
    assert not say(case.reference, {"amount": 2})
    assert work_of(case) == {"amount": "1"}
    assert visits(case, "check") == ["NEW"]


@pytest.mark.parametrize("other", [{"key": "STL-2020-000009"}, {"name": "payment_refused"}])
def test_a_message_about_something_else_is_not_for_this_case(running, say, other):
    case = running(NODE, task("check", "done"))
    say(**{"key": case.reference, **other})
    assert visits(case, "paid") == ["NEW"]


def test_a_message_of_another_department_is_not_for_this_case(running, say, works):
    case = running(NODE, task("check", "done"))
    say(case.reference, department=works)
    assert visits(case, "paid") == ["NEW"]


def test_a_message_that_is_faster_than_the_case_is_kept_for_it(running, say, simple_package):
    reference = "STL-2026-000001"
    say(reference, {"amount": 3})
    assert IncomingMessage.objects.get().taken_at is None
    case = running(NODE, task("check", "done"), reference=reference)
    deliver_all()
    assert work_of(case) == {"amount": "3"}


def test_a_message_that_is_too_old_is_forgotten(running, say):
    say("STL-2026-000001", {"payer": "Leila Haddad"})
    IncomingMessage.objects.update(came_at=now() - KEPT_FOR - timedelta(minutes=1))
    forget_old_messages()
    assert IncomingMessage.objects.get().said == {}
    case = running(NODE, task("check", "done"), reference="STL-2026-000001")
    deliver_all()
    assert visits(case, "paid") == ["NEW"]


def test_a_message_whose_delivery_was_lost_is_found(running, say):
    case = running(NODE, task("check", "done"))
    say(case.reference, {"amount": 3}, deliver=False)
    assert sweep_messages() == 1
    assert work_of(case) == {"amount": "3"}
    deliver_all()
    assert visits(case, "check") == ["NEW"]


def test_a_message_that_does_not_fit_is_noted_and_the_case_waits_on(running, say):
    case = running(NODE, task("check", "done"))
    say(case.reference, {"amount": "much"})
    item = WorkItem.objects.get(process=case, node_key="paid")
    assert (item.status, item.data["error"]) == ("NEW", "unexpected_answer")
    say(case.reference, {"amount": 5}, message_id="m-2")
    assert work_of(case) == {"amount": "5"}


def test_a_rule_can_say_what_the_message_names(running, say):
    case = running({**NODE, "correlate": "answers.trade"}, task("check", "done"))
    say("Fruit", {"amount": 5})
    assert visits(case, "check") == ["NEW"]


def test_a_case_that_ended_waits_no_more(running, say):
    case = running(NODE, task("check", "done"))
    withdraw_case(case.pk)
    assert not Awaited.objects.exists()
    say(case.reference, {"amount": 5})
    assert visits(case, "paid") == ["CANCELED"]


def test_what_a_message_says_lies_sealed(say):
    say("STL-2026-000001", {"payer": "Leila Haddad"})
    with_key = IncomingMessage.objects.filter(said__icontains="Leila")
    assert not with_key.exists()
    assert IncomingMessage.objects.get().said == {"data": {"payer": "Leila Haddad"}}
