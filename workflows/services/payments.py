"""Payments: begun by the applicant, settled by what the provider says; money never counts twice."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from viewflow.workflow import STATUS

from engine.calls.failures import CallFailed
from engine.calls.secrets import SecretMissing
from engine.calls.signatures import NotSigned
from engine.departments.models import User
from engine.payments.configured import NoProvider, provider
from engine.payments.provider import NotReadable, Order, Said
from workflows.models import Payment, PaymentState, WorkItem
from workflows.payment_step import PAYMENT
from workflows.selectors.case_finding import own_case
from workflows.selectors.versions import version_of
from workflows.services.recording import recorded
from workflows.services.refusals import NotOpen, OnHold, PaymentAway, PaymentLookedAt
from workflows.services.refused import refusals_noted
from workflows.unit import open_item

Result = Literal["taken", "twice", "late", "wrong", "unknown", "unsigned"]
SETTLED = (PaymentState.PAID, PaymentState.LATE, PaymentState.SURPLUS)
AWAY = (CallFailed, SecretMissing, NoProvider)


@refusals_noted
def begin_payment(*, reference: str, by: User, language: str) -> str:
    """The address where the applicant pays; pressed twice it is the same payment.

    The provider is asked without a lock. Raises NotOpen, OnHold, PaymentLookedAt and PaymentAway.
    """
    case = own_case(by, reference)
    item = WorkItem.objects.filter(process=case, flow_task_type=PAYMENT, status=STATUS.NEW).first()
    if item is None:
        raise NotOpen
    payment = _waiting(item.pk)
    if payment.address:
        return payment.address
    try:
        begun = provider().begin(_order(payment, case, language))
    except AWAY as error:
        raise PaymentAway from error
    Payment.objects.filter(pk=payment.pk, address="").update(
        address=begun.address, provider_reference=begun.provider_reference
    )
    return begun.address


def _waiting(item_id: int) -> Payment:
    """The payment that waits at a step, begun if there is none."""
    with open_item(item_id) as activation:
        item = activation.task
        if item.status != STATUS.NEW:
            raise NotOpen
        if activation.process.held_at is not None:
            raise OnHold
        known = {payment.state: payment for payment in Payment.objects.filter(work_item=item)}
        if PaymentState.WRONG_AMOUNT in known:
            raise PaymentLookedAt
        if PaymentState.WAITING in known:
            return known[PaymentState.WAITING]
        return _begun(activation)


def _begun(activation: Any) -> Payment:
    item = activation.task
    try:
        name = provider().key
    except NoProvider as error:
        raise PaymentAway from error
    payment = Payment.objects.create(
        case=activation.process,
        work_item=item,
        department_id=item.department_id,
        amount=activation.amount,
        currency=item.data["currency"],
        provider=name,
        begun_at=timezone.now(),
    )
    recorded("payment.begun", item, None, payment=payment.pk)
    return payment


def _order(payment: Payment, case: Any, language: str) -> Order:
    """What the provider is told: the amount and the reference, and nothing about the applicant."""
    base = settings.PUBLIC_ADDRESS
    return Order(
        key=str(payment.key),
        amount=exact(payment),
        currency=payment.currency,
        department=case.department.key,
        reference=case.reference,
        title=version_of(case.version_id).package.title.in_(language),
        language=language,
        return_address=f"{base}/applications/{case.reference}/paid/",
        message_address=f"{base}/api/payments/{case.department.key}/",
    )


def exact(payment: Payment) -> Decimal:
    """The amount with the decimals of its currency, whatever the column holds."""
    return Decimal(payment.work_item.data.get("amount", payment.amount))


def take_payment_message(*, department: str, headers: Mapping[str, str], body: bytes) -> Result:
    """Take what the provider says about a payment to a department.

    twice: it said so before, and nothing changes; late: nothing was to be paid any more, and the money is on
    record; wrong: another amount or another case; unknown: no payment to this department.
    """
    try:
        said = provider().read(department, headers, timezone.now().timestamp(), body)
        key = UUID(said.key)
    except (NotSigned, SecretMissing, NoProvider):
        return "unsigned"
    except (NotReadable, ValueError):
        return "wrong"
    found = (
        Payment.objects.filter(key=key, department__key=department).values_list("pk", "work_item_id").first()
    )
    if found is None:
        return "unknown"
    with open_item(found[1]) as activation:
        return _taken(activation, Payment.objects.select_related("work_item").get(pk=found[0]), said)


def _taken(activation: Any, payment: Payment, said: Said) -> Result:
    if payment.state in SETTLED:
        return "twice"
    if said.reference != activation.process.reference:
        _note(activation, payment, "payment.said_wrong")
        return "wrong"
    if said.outcome != "paid":
        return _not_paid(activation, payment, said)
    if (said.amount, said.currency) != (exact(payment), payment.currency):
        return _settle(activation, payment, said, PaymentState.WRONG_AMOUNT, "wrong")
    if activation.task.status != STATUS.NEW:
        paid = Payment.objects.filter(work_item=activation.task, state=PaymentState.PAID).exists()
        state = PaymentState.SURPLUS if paid else PaymentState.LATE
        return _settle(activation, payment, said, state, "late")
    _settle(activation, payment, said, PaymentState.PAID, "taken")
    activation.paid(payment)
    return "taken"


def _not_paid(activation: Any, payment: Payment, said: Said) -> Result:
    """The applicant can try again."""
    if payment.state != PaymentState.WAITING:
        return "twice"
    return _settle(activation, payment, said, PaymentState(said.outcome), "taken")


def _settle(activation: Any, payment: Payment, said: Said, state: PaymentState, result: Result) -> Result:
    """Write down what came; the record of the case is the receipt."""
    payment.state, payment.settled_at, payment.message_id = state, timezone.now(), said.message_id
    payment.provider_reference = said.provider_reference or payment.provider_reference
    payment.save(update_fields=["state", "settled_at", "message_id", "provider_reference"])
    _note(activation, payment, f"payment.{state.value}", said)
    return result


def _note(activation: Any, payment: Payment, verb: str, said: Said | None = None) -> None:
    receipt = {"payment": payment.pk, "amount": str(exact(payment)), "currency": payment.currency}
    if said is not None:
        receipt |= {"came": f"{said.amount} {said.currency}", "provider": payment.provider_reference}
    recorded(verb, activation.task, None, **receipt)
