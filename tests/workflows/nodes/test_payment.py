"""The step at which the applicant pays: what it asks for, how long it waits, and what rules read then."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.core.problems import Problems
from tests.workflows.conftest import with_nodes
from tests.workflows.nodes.payments import *  # noqa: F403
from tests.workflows.nodes.payments import NODE, says
from tests.workflows.steps import let_pass, open_steps, task
from workflows.definition import parse_package
from workflows.dry_run import Script, play
from workflows.models import Case, CaseState, Payment, WorkItem
from workflows.payment_step import money
from workflows.services import begin_payment, retry_step, skip_step, start_correction
from workflows.services.refusals import NotOpen
from workflows.validator import check_package

pytestmark = pytest.mark.django_db(transaction=True)


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
