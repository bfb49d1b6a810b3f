"""What an applicant begins to pay and what the provider says of it: money counts once, whatever comes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.calls.failures import CallFailed
from engine.departments.access import AccessRefused
from engine.payments.provider import Order
from tests.workflows.conftest import with_nodes
from tests.workflows.nodes.payments import *  # noqa: F403
from tests.workflows.nodes.payments import NODE, says, state_of, verbs
from tests.workflows.steps import open_steps, task, visits
from workflows.ending import withdraw_case
from workflows.models import Case, CaseState, Payment, PaymentState
from workflows.selectors.cases import case_view
from workflows.services import begin_payment, hold
from workflows.services.refusals import OnHold, PaymentAway, PaymentLookedAt
from workflows.validator import check_package

pytestmark = pytest.mark.django_db(transaction=True)


class TestBeginning:
    def test_pressed_twice_it_is_one_payment_at_one_address(self, due, citizen):
        first = begin_payment(reference=due.reference, by=citizen, language="en")
        assert begin_payment(reference=due.reference, by=citizen, language="fr") == first
        assert Payment.objects.count() == 1
        assert verbs(due).count("payment.begun") == 1

    def test_the_provider_learns_nothing_about_the_applicant(self, due, citizen, monkeypatch):
        told: list[Order] = []

        def begin(self, order):
            told.append(order)
            raise AssertionError("seen")

        monkeypatch.setattr("engine.payments.pretended.PretendedProvider.begin", begin)
        with pytest.raises(AssertionError):
            begin_payment(reference=due.reference, by=citizen, language="en")
        assert told[0].amount == Decimal("25.00")
        assert "Leila" not in str(told[0])
        assert citizen.email not in str(told[0])

    def test_nobody_else_pays_or_begins_to(self, due, other_citizen, clerk, foreign_clerk):
        for user in (other_citizen, clerk, foreign_clerk):
            with pytest.raises(Case.DoesNotExist):
                begin_payment(reference=due.reference, by=user, language="en")
        assert not Payment.objects.exists()

    def test_on_hold_nobody_begins_to_pay(self, due, citizen, clerk):
        hold(reference=due.reference, by=clerk, reason="The court has to rule.")
        with pytest.raises(OnHold):
            begin_payment(reference=due.reference, by=citizen, language="en")


class TestWhatTheProviderSays:
    def test_paid_brings_the_case_on_with_a_receipt_in_the_record(self, begun):
        assert says(begun) == "taken"
        case = Case.objects.get(pk=begun.case_id)
        assert (open_steps(case), state_of(begun)) == (["check"], PaymentState.PAID)
        assert (case.state, case.paused_at) == (CaseState.BEING_CHECKED, None)
        assert case.work["pay"] == {"paid": True, "amount": "25.00", "reference": "P-1"}
        receipt = AuditEntry.objects.get(chain=case.chain, verb="payment.paid").details
        assert '"amount":"25.00"' in receipt
        assert '"came":"25.00 EUR"' in receipt

    def test_said_twice_it_counts_once(self, begun):
        assert [says(begun), says(begun), says(begun, "failed")] == ["taken", "twice", "twice"]
        assert (state_of(begun), visits(begun.case, "check")) == (PaymentState.PAID, ["NEW"])
        assert verbs(begun.case).count("payment.paid") == 1

    @pytest.mark.parametrize("status", ["failed", "cancelled"])
    def test_what_was_not_paid_can_be_tried_again(self, begun, citizen, status):
        assert says(begun, status) == "taken"
        assert (state_of(begun), open_steps(begun.case)) == (status, ["pay"])
        begin_payment(reference=begun.case.reference, by=citizen, language="en")
        again = Payment.objects.select_related("case", "work_item").latest("pk")
        assert again.key != begun.key
        assert says(again) == "taken"
        assert open_steps(begun.case) == ["check"]

    def test_money_that_comes_a_second_time_is_on_record_and_moves_nothing(self, begun, citizen, clerk):
        says(begun, "failed")
        begin_payment(reference=begun.case.reference, by=citizen, language="en")
        again = Payment.objects.select_related("case", "work_item").latest("pk")
        assert (says(again), says(begun)) == ("taken", "late")
        assert state_of(begun) == PaymentState.SURPLUS
        assert visits(begun.case, "check") == ["NEW"]
        (step,) = case_view(clerk, begun.case.reference).payments
        assert {line.state for line in step.lines} == {"paid", "surplus"}

    def test_money_for_an_attempt_that_was_stopped_still_counts_once(self, begun, citizen):
        says(begun, "cancelled")
        begin_payment(reference=begun.case.reference, by=citizen, language="en")
        assert says(begun) == "taken"
        assert sorted(Payment.objects.values_list("state", flat=True)) == ["cancelled", "paid"]

    def test_money_after_the_end_is_on_record(self, begun):
        withdraw_case(begun.case_id)
        assert state_of(begun) == PaymentState.CANCELLED
        assert says(begun) == "late"
        assert state_of(begun) == PaymentState.LATE
        assert "payment.late" in verbs(begun.case)

    @pytest.mark.parametrize(
        "other", [{"amount": "24.99"}, {"amount": "2500.00"}, {"currency": "USD"}], ids=str
    )
    def test_another_amount_moves_nothing_until_somebody_looked(self, begun, citizen, other):
        assert says(begun, **other) == "wrong"
        assert (state_of(begun), open_steps(begun.case)) == (PaymentState.WRONG_AMOUNT, ["pay"])
        with pytest.raises(PaymentLookedAt):
            begin_payment(reference=begun.case.reference, by=citizen, language="en")
        assert says(begun) == "taken"

    def test_what_is_about_another_case_changes_nothing(self, begun):
        assert says(begun, reference="STL-2026-999999") == "wrong"
        assert (state_of(begun), open_steps(begun.case)) == (PaymentState.WAITING, ["pay"])
        assert says(begun, payment="00000000-0000-4000-8000-000000000000") == "unknown"

    @pytest.mark.parametrize(
        "other",
        [
            {"status": "maybe"},
            {"amount": 25},
            {"amount": "NaN"},
            {"amount": "lots"},
            {"payment": "x"},
            {"payment": None},
            {"reference": ["x"]},
            {"provider_reference": "x" * 500},
        ],
        ids=str,
    )
    def test_what_cannot_be_read_is_refused(self, begun, other):
        assert says(begun, **other) == "wrong"
        assert state_of(begun) == PaymentState.WAITING

    def test_only_the_secret_of_the_department_counts_and_only_for_its_cases(self, begun, works):
        assert says(begun, signed_for="works") == "unsigned"
        assert says(begun, at_s=int(now().timestamp()) - 3600) == "unsigned"
        assert says(begun, department="works") == "unknown"
        assert state_of(begun) == PaymentState.WAITING

    def test_a_crash_in_the_middle_changes_nothing_and_the_message_comes_again(self, begun, monkeypatch):
        def crash(*args, **kwargs):
            raise RuntimeError("the machine is gone")

        with monkeypatch.context() as patch:
            patch.setattr("workflows.payment_step.PaymentActivation.activate_next", crash)
            with pytest.raises(RuntimeError):
                says(begun)
        assert (state_of(begun), open_steps(begun.case)) == (PaymentState.WAITING, ["pay"])
        assert says(begun) == "taken"
        assert open_steps(begun.case) == ["check"]


class TestTheProviderIsAway:
    def test_nothing_is_lost_and_the_next_press_goes_on(self, due, citizen, monkeypatch):
        def away(self, order):
            raise CallFailed("http_503", again=True)

        with monkeypatch.context() as patch:
            patch.setattr("engine.payments.pretended.PretendedProvider.begin", away)
            with pytest.raises(PaymentAway):
                begin_payment(reference=due.reference, by=citizen, language="en")
        assert begin_payment(reference=due.reference, by=citizen, language="en")
        assert Payment.objects.count() == 1

    def test_an_installation_without_a_provider_says_so(self, due, citizen, settings, simple_package):
        settings.PAYMENT_PROVIDER = ""
        with pytest.raises(PaymentAway):
            begin_payment(reference=due.reference, by=citizen, language="en")
        problems = check_package(with_nodes(simple_package, NODE, task("check", "done")))
        assert "no_provider" in {problem.code for problem in problems}


def test_another_departments_clerk_reads_nothing_of_it(begun, foreign_clerk):
    with pytest.raises(AccessRefused):
        case_view(foreign_clerk, begun.case.reference)
