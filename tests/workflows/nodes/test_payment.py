"""The applicant pays: once, the right amount, for the right case; what else comes is on record."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.timezone import now

from engine.audit.models import AuditEntry
from engine.core.problems import Problems
from engine.departments.access import AccessRefused
from engine.payments.provider import Order
from tests.workflows.conftest import with_nodes
from tests.workflows.nodes.payments import NODE, says
from tests.workflows.steps import let_pass, open_steps, task, visits
from workflows.definition import parse_package
from workflows.dry_run import Script, play
from workflows.ending import withdraw_case
from workflows.models import Case, CaseState, Payment, PaymentState, WorkItem
from workflows.payment_step import money
from workflows.selectors.cases import case_view
from workflows.services import begin_payment, hold, retry_step, skip_step, start_correction
from workflows.services.refusals import NotOpen, OnHold, PaymentAway, PaymentLookedAt
from workflows.validator import check_package

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _pretend(settings) -> None:
    settings.PAYMENT_PROVIDER = "pretend"


@pytest.fixture
def due(running) -> Case:
    """A case that waits for its fee of 25 euros."""
    return running(NODE, task("check", "done"))


@pytest.fixture
def begun(due, citizen) -> Payment:
    """The applicant went to the provider."""
    begin_payment(reference=due.reference, by=citizen, language="en")
    return Payment.objects.select_related("case", "work_item").get()


def verbs(case: Case) -> list[str]:
    return list(AuditEntry.objects.filter(chain=case.chain).order_by("pk").values_list("verb", flat=True))


def state_of(payment: Payment) -> str:
    return Payment.objects.get(pk=payment.pk).state


class TestAsking:
    def test_the_case_waits_for_the_exact_amount_and_its_clocks_stand_still(self, due):
        stored = Case.objects.get(pk=due.pk)
        item = WorkItem.objects.get(process=due, node_key="pay")
        assert stored.state == CaseState.WAITING_FOR_PAYMENT
        assert stored.paused_at is not None
        assert (item.data["amount"], item.data["currency"], item.owner_id) == (
            "25.00",
            "EUR",
            due.applicant_id,
        )

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

    def test_it_is_no_correction(self, due, citizen):
        with pytest.raises(NotOpen):
            start_correction(due.reference, by=citizen)

    def test_where_nothing_is_due_the_case_goes_on(self, running):
        case = running({**NODE, "amount": "0.0"}, task("check", "done"))
        assert open_steps(case) == ["check"]
        assert Case.objects.get(pk=case.pk).work["pay"]["paid"] is False

    @pytest.mark.parametrize("rule", ["answers.amount - 100.0", "answers.amount / 0.0"])
    def test_without_an_amount_an_administrator_has_to_look(self, running, administrator, rule):
        case = running({**NODE, "amount": rule}, task("check", "done"))
        item = WorkItem.objects.get(process=case, node_key="pay")
        assert (item.status, item.data["error"]) == ("ERROR", "no_amount")
        retry_step(item_id=item.pk, by=administrator)
        assert WorkItem.objects.get(pk=item.pk).status == "ERROR"
        skip_step(item_id=item.pk, reason="Paid at the desk.", by=administrator)
        assert open_steps(case) == ["check"]

    def test_tried_again_it_asks_for_the_amount_that_is_known_now(self, running, administrator):
        case = running({**NODE, "amount": "answers.amount - 12.0"}, task("check", "done"), amount="1.00")
        stored = Case.objects.get(pk=case.pk)
        stored.keep_answers({**stored.answers, "amount": "20.00"})
        stored.save(update_fields=["data"])
        retry_step(item_id=WorkItem.objects.get(process=case, node_key="pay").pk, by=administrator)
        item = WorkItem.objects.get(process=case, node_key="pay")
        assert (item.status, item.data["amount"]) == ("NEW", "8.00")
        assert Case.objects.get(pk=case.pk).state == CaseState.WAITING_FOR_PAYMENT


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


class TestTime:
    def test_what_is_not_paid_in_time_ends_the_wait_and_what_comes_then_is_late(self, running, citizen):
        case = running({**NODE, "on_timeout": "refused"}, task("check", "done"))
        begin_payment(reference=case.reference, by=citizen, language="en")
        payment = Payment.objects.select_related("case", "work_item").get()
        assert let_pass(case, "pay")
        assert Case.objects.get(pk=case.pk).state == CaseState.REFUSED
        assert says(payment) == "late"
        with pytest.raises(NotOpen):
            begin_payment(reference=case.reference, by=citizen, language="en")

    def test_on_hold_nobody_begins_to_pay(self, due, citizen, clerk):
        hold(reference=due.reference, by=clerk, reason="The court has to rule.")
        with pytest.raises(OnHold):
            begin_payment(reference=due.reference, by=citizen, language="en")


class TestTheProviderIsAway:
    def test_nothing_is_lost_and_the_next_press_goes_on(self, due, citizen, monkeypatch):
        from engine.calls.failures import CallFailed

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


def test_an_amount_can_be_the_answer_to_a_question(simple_package, publish, begin, citizen):
    fields = simple_package["forms"]["application"]["pages"][0]["fields"]
    fields.append(
        {
            "key": "fee",
            "type": "payment_amount",
            "label": "Fee",
            "options": {"amount": 500, "currency": "JPY"},
        }
    )
    node = {key: value for key, value in NODE.items() if key != "amount"}
    package = with_nodes(simple_package, {**node, "field": "fee"}, task("check", "done"))
    assert check_package(package).must_mend == []
    case = begin(publish(package), fee="500")
    assert WorkItem.objects.get(process=case, node_key="pay").data == {"currency": "JPY", "amount": "500"}
    wrong = with_nodes(simple_package, {**node, "field": "trade"}, task("check", "done"))
    assert "no_amount" in {problem.code for problem in check_package(wrong).must_mend}


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [
        ("12.345", "EUR", "12.35"),
        ("500.4", "JPY", "500"),
        ("1.2345", "KWD", "1.235"),
        ("0", "EUR", "0.00"),
        (Decimal("-0.01"), "EUR", None),
        ("NaN", "EUR", None),
        ("1e99", "EUR", None),
        (None, "EUR", None),
    ],
)
def test_amounts_are_exact_to_the_smallest_coin(value, currency, amount):
    assert money(value, currency) == (None if amount is None else Decimal(amount))


def test_a_trial_says_what_the_provider_would(simple_package, licensing, designer):
    package = parse_package(with_nodes(simple_package, NODE, task("check", "done")), Problems())
    acts = [
        {"do": "apply", "answers": {"trade": "Fruit", "amount": "3.00", "owner": "Leila"}},
        {"do": "outside", "step": "pay", "outcome": "failed"},
    ]
    script = Script.model_validate({"acts": acts})
    waits = play(package, script, department=licensing, by=designer)
    assert [(work.step, work.kind) for work in waits.open] == [("pay", "outside")]
    acts.append({"do": "outside", "step": "pay", "outcome": "paid"})
    report = play(package, Script.model_validate({"acts": acts}), department=licensing, by=designer)
    assert (report.stopped, [work.step for work in report.open]) == (None, ["check"])
    assert not Payment.objects.exists()
