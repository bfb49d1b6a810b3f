"""What is paid at the counter is recorded once, also while the payment service says something."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connection

from engine.audit.models import AuditEntry
from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.messages.models import Letter
from tests.workflows.nodes.payments import *  # noqa: F403
from tests.workflows.nodes.payments import says
from tests.workflows.steps import open_steps
from workflows.models import Case, Payment, PaymentState, WorkItem
from workflows.selectors.cases import case_view
from workflows.services import begin_payment, hold, take_at_desk
from workflows.services.refusals import NotOpen, OnHold, PaymentIncomplete, PaymentLookedAt, WorkRefused

pytestmark = pytest.mark.django_db(transaction=True)


def take(case: Case, by: User, **other: Any) -> Payment:
    """The clerk has the money."""
    item = WorkItem.objects.get(process=case, node_key="pay")
    given = {"method": "cash", "receipt": "R-17", "amount": "25.00", **other}
    return take_at_desk(item_id=item.pk, by=by, **given)


def test_the_case_goes_on_and_the_record_the_letter_and_the_page_say_how_it_was_paid(due, clerk, citizen):
    begin_payment(reference=due.reference, by=citizen, language="en")
    online = Payment.objects.select_related("case", "work_item").get()
    (shown,) = case_view(clerk, due.reference).payments
    assert shown.may_take
    payment = take(due, clerk, receipt=" R-17 ")
    case = Case.objects.get(pk=due.pk)
    assert (open_steps(case), payment.state) == (["check"], PaymentState.PAID)
    assert case.work["pay"] == {"paid": True, "amount": "25.00", "reference": "R-17"}
    entry = AuditEntry.objects.get(verb="payment.taken_at_desk")
    assert (entry.actor, json.loads(entry.details)["receipt"]) == (clerk, "R-17")
    letter = Letter.objects.get(kind="payment.taken")
    assert letter.recipient == citizen and "R-17" in letter.text and "25.00" in letter.text
    (shown,) = case_view(clerk, due.reference).payments
    assert [(line.state, line.method, line.taken_by) for line in shown.lines] == [
        ("paid", "cash", clerk.get_full_name()),
        ("cancelled", "", ""),
    ]
    assert (shown.state, shown.may_take) == ("paid", False)

    assert says(online) == "late"  # the money that comes of it is to be paid back
    assert Payment.objects.get(pk=online.pk).state == PaymentState.SURPLUS
    with pytest.raises(NotOpen):
        take(due, clerk, receipt="R-18")


def test_what_is_missing_is_named_and_nothing_changes(due, begin, clerk, citizen):
    wrong = {"method": "gold", "receipt": " ", "amount": "2.00"}
    with pytest.raises(PaymentIncomplete) as incomplete:
        take(due, clerk, **wrong)
    assert incomplete.value.missing == ["amount", "method", "receipt"]
    hold(reference=due.reference, by=clerk, reason="x")
    with pytest.raises(OnHold):
        take(due, clerk)
    other = begin(due.version)
    take(other, clerk)
    third = begin(due.version)
    with pytest.raises(PaymentIncomplete) as used:
        take(third, clerk)
    assert used.value.missing == ["receipt_used"]
    begin_payment(reference=third.reference, by=citizen, language="en")
    assert says(Payment.objects.select_related("case", "work_item").get(case=third), amount="3.00") == "wrong"
    with pytest.raises(PaymentLookedAt):
        take(third, clerk, receipt="R-19")
    assert open_steps(third) == ["pay"]


def test_who_may_not_work_on_the_case_and_its_applicant_are_refused(due, foreign_clerk, auditor, citizen):
    for user in (foreign_clerk, auditor, citizen):
        with pytest.raises(AccessRefused):
            take(due, user)
    assert not Payment.objects.exists()


def test_of_clerks_and_the_payment_service_in_the_same_moment_one_counts(due, clerk, supervisor, citizen):
    begin_payment(reference=due.reference, by=citizen, language="en")
    online = Payment.objects.select_related("case", "work_item").get()
    start, came = threading.Barrier(5), list[str]()

    def at_once(act: Any) -> None:
        try:
            start.wait()
            came.append(act())
        except WorkRefused as refused:
            came.append(type(refused).__name__)
        finally:
            connection.close()

    acts: list[Any] = [lambda: says(online)]
    for number in range(4):
        by = (clerk, supervisor)[number % 2]
        acts.append(lambda by=by, number=number: take(due, by, receipt=f"R-{number}").state)
    threads = [threading.Thread(target=at_once, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Payment.objects.filter(state=PaymentState.PAID).count() == 1
    assert sum(one in ("taken", "paid") for one in came) == 1
    assert came.count("NotOpen") == (4 if "taken" in came else 3)
    assert open_steps(Case.objects.get(pk=due.pk)) == ["check"]
    assert Letter.objects.filter(kind="payment.taken").count() == ("taken" not in came)
