"""The step at which an applicant pays; the provider says whether they have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from babel.numbers import get_currency_precision
from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.rules import Schema
from engine.core.text import Text
from workflows.clock import arm, begin_item, disarm, pause, resume
from workflows.facts import facts_of
from workflows.models import DeadlineKind, Payment, PaymentState, WorkKind
from workflows.node_type import Blueprint, NodeOptions, NodeType, Outcome
from workflows.recording import recorded
from workflows.states import being_checked, waiting_for_payment
from workflows.step import Step, StepActivation, moves

PAYMENT = "PAYMENT"
MOST = Decimal(10) ** 11
WAYS = {
    PaymentState.PAID: Text({"en": "It is paid", "fr": "C’est payé", "ar": "تم الدفع"}),
    PaymentState.FAILED: Text({"en": "The payment fails", "fr": "Le paiement échoue", "ar": "تعذر الدفع"}),
    PaymentState.CANCELLED: Text({
        "en": "The applicant stops it", "fr": "Le demandeur y renonce", "ar": "يلغيه مقدم الطلب"
    }),
}  # fmt: skip


class PaymentActivation(StepActivation):
    """The applicant's turn to pay; every other clock of the case stands still meanwhile."""

    repairable = True

    def prepare(self) -> None:
        """The item says what is to be paid; without an amount somebody has to look."""
        step = self.flow_task
        amount = step.amount_for(self.process, self.task)
        self.task.owner_id = self.process.applicant_id
        self.task.data = {**self.task.data, "currency": step.currency}
        if amount is None:
            self.task.data |= {"error": "no_amount", "failed_at": now().isoformat()}
            self.task.status = STATUS.ERROR
            return
        self.task.data |= {"amount": str(amount)}
        if amount and step.options.due is not None:
            begin_item(self.task, step.options.due)

    @property
    def amount(self) -> Decimal:
        """What is to be paid here."""
        return Decimal(self.task.data.get("amount", "0"))

    def arrived(self) -> None:
        """Stop the clocks, and start the applicant's own."""
        if self.task.status != STATUS.NEW or not self.amount:
            return
        options = self.flow_task.options
        waiting_for_payment(self.process)
        pause(self.process, self.task)
        if options.due is not None and options.on_timeout is not None:
            arm(self.task, self.flow_task.node_key, DeadlineKind.DEADLINE, options.due)

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until the provider says that it is paid; where nothing is due the case goes on."""
        if not self.amount:
            self._keep(paid=False)
            self.task.outcome = "nothing"
            self.begin()

    @moves([STATUS.NEW, STATUS.ERROR], STATUS.STARTED)
    def begin(self) -> None:
        """The item is being closed."""
        self.task.started = now()

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """Paid, or not paid in time."""
        self.end()

    def end(self) -> None:
        """Close the item; what was begun and not paid is not wanted any more, and the clocks run again."""
        super().end()
        disarm(self.task)
        waiting = Payment.objects.filter(work_item_id=self.task.pk, state=PaymentState.WAITING)
        waiting.update(state=PaymentState.CANCELLED, settled_at=now())
        resume(self.process, self.task)

    def way_out(self) -> str:
        """What followed: money, or silence."""
        return "timeout" if self.task.outcome == "timeout" else "next"

    def paid(self, payment: Any) -> None:
        """The money has come: rules read it, and the case goes on."""
        self._keep(paid=True, reference=payment.provider_reference)
        self._go_on("paid")

    def run_out(self) -> None:
        """Nobody paid in time."""
        self._keep(paid=False)
        recorded("work.timed_out", self.task, None)
        self._go_on("timeout")

    def retry(self) -> None:
        """Work the amount out anew, after somebody has looked; nothing changes where it is still unknown."""
        amount = self.flow_task.amount_for(self.process, self.task)
        if amount is None:
            return
        self.task.data = {**self.task.data, "amount": str(amount)}
        self._ask_again()
        self.task.save()
        self.arrived()
        if not amount:
            self._keep(paid=False)
            self._go_on("nothing")

    @moves(STATUS.ERROR, STATUS.NEW)
    def _ask_again(self) -> None:
        """It waits for the applicant now."""
        if self.flow_task.options.due is not None:
            begin_item(self.task, self.flow_task.options.due)

    def _keep(self, *, paid: bool, reference: str = "") -> None:
        kept: Mapping[str, Any] = {"paid": paid, "amount": str(self.amount), "reference": reference}
        self.process.keep_work(self.flow_task.node_key, kept)
        self.process.save(update_fields=["data"])

    def _go_on(self, outcome: str) -> None:
        self.task.outcome = outcome
        being_checked(self.process)
        self.begin()
        self.complete()
        self.activate_next()


class PaymentStep(Step):
    """The applicant pays."""

    activation_class = PaymentActivation
    task_type = PAYMENT

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.APPLICANT)
        self.schema: Schema = blueprint.schema
        rule = self.options.amount
        self.rule = blueprint.compile_rule(rule, "decimal") if rule else None
        self.currency = currency_of(self.options, blueprint)
        self.outside_choices = [
            Outcome(key=state.value, label=label, next=self.options.next) for state, label in WAYS.items()
        ]

    def amount_for(self, case: Any, item: Any) -> Decimal | None:
        """What is to be paid in this case, to the smallest coin; None where that cannot be told."""
        value: Any = case.answers.get(self.options.field) if self.rule is None else None
        if self.rule is not None:
            outcome = self.rule.run(facts_of(case, self.schema, item))
            value = outcome.value if outcome.known else None
        return money(value, self.currency)

    def answer_outside(self, host: Any, chosen: str, words: str) -> None:
        """While it is tried out: what the provider says."""
        if chosen == PaymentState.PAID:
            host.paid(Payment(provider_reference="trial"))

    def refuses(self, item: Any, before: Any) -> str:
        """The applicant was told an amount, which stays; it must be one of the same money."""
        return "" if item.data.get("currency") == self.currency else "other_money"

    def own_deadline(self) -> DeadlineKind | None:
        """The time to pay, where something follows when it is over."""
        return DeadlineKind.DEADLINE if self.options.due and self.options.on_timeout is not None else None

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over."""
        host.run_out()


def money(value: Any, currency: str) -> Decimal | None:
    """An amount that can be asked for; None for anything else, also for less than nothing."""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount < MOST:
        return None
    smallest = Decimal(1).scaleb(-int(get_currency_precision(currency)))
    return amount.quantize(smallest, rounding=ROUND_HALF_UP)


def currency_of(options: Any, blueprint: Blueprint) -> str:
    """The currency of the step, or of the question whose answer is the amount."""
    if options.field is None:
        return str(options.currency)
    question: Any = blueprint.compiled_form(blueprint.start_form).fields[options.field].question
    return str(question.options.currency)
