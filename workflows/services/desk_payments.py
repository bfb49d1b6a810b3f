"""Payments made at the counter: recorded once by a clerk, whatever the payment service says meanwhile."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError
from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.text import Text
from engine.departments.access import AccessRefused, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.messages.letters import send_letter
from forms_library.localising import money_text
from workflows.models import Payment, PaymentMethod, PaymentState
from workflows.payment_step import PAYMENT
from workflows.recording import recorded
from workflows.services.refusals import NotOpen, OnHold, PaymentIncomplete, PaymentLookedAt
from workflows.services.refused import refusals_noted
from workflows.spoken import letter_language
from workflows.unit import open_item

DESK = "desk"  # stands where otherwise the payment service is named
LONGEST_RECEIPT = 60
SUBJECT = Text({
    "en": "We have received your payment",
    "fr": "Nous avons reçu votre paiement",
    "ar": "استلمنا دفعتك",
})  # fmt: skip
BODY = Text({
    "en": "You paid {amount} at the desk for {reference}. The number of the receipt is {receipt}.",
    "fr": "Vous avez payé {amount} au guichet pour {reference}. Le numéro du reçu est {receipt}.",
    "ar": "دفعت {amount} في المكتب للطلب {reference}. رقم الإيصال {receipt}.",
})  # fmt: skip
ACTION = Text({"en": "See your application", "fr": "Voir votre demande", "ar": "عرض طلبك"})


@refusals_noted
def take_at_desk(*, item_id: int, method: str, receipt: str, amount: str, by: User) -> Payment:
    """Record what was paid at the counter; the case goes on in the same transaction.

    `amount` is what the clerk took, as the page named it. A payment begun elsewhere is not wanted any more:
    money that comes of it is on record, to be paid back. Raises NotOpen, OnHold, PaymentLookedAt and
    PaymentIncomplete.
    """
    given = receipt.strip()
    try:
        with open_item(item_id) as activation:
            require(by, Permission.WORK_CASE, activation.task.department_id)
            if by.pk == activation.process.applicant_id:
                raise AccessRefused(Permission.WORK_CASE, activation.task.department_id)
            _refuse_settled(activation)
            missing = _missing(activation, method, given, amount)
            if missing:
                raise PaymentIncomplete(missing)
            return _paid(activation, method, given, by)
    except IntegrityError as error:  # a colleague has used the number of the receipt in this moment
        raise PaymentIncomplete(["receipt_used"]) from error


def _paid(activation: Any, method: str, receipt: str, by: User) -> Payment:
    item, case = activation.task, activation.process
    payment = Payment.objects.create(
        case=case,
        work_item=item,
        department_id=item.department_id,
        amount=activation.amount,
        currency=item.data["currency"],
        state=PaymentState.PAID,
        provider=DESK,
        provider_reference=receipt,
        method=method,
        taken_by=by,
        begun_at=now(),
        settled_at=now(),
    )
    paid = {"amount": item.data["amount"], "currency": payment.currency, "method": method}
    recorded("payment.taken_at_desk", item, by, payment=payment.pk, receipt=receipt, **paid)
    activation.paid(payment)
    _write(case, payment)
    return payment


def _refuse_settled(activation: Any) -> None:
    item = activation.task
    if item.flow_task_type != PAYMENT or item.status != STATUS.NEW or not activation.amount:
        raise NotOpen
    if activation.process.held_at is not None:
        raise OnHold
    if Payment.objects.filter(work_item=item, state=PaymentState.WRONG_AMOUNT).exists():
        raise PaymentLookedAt


def _missing(activation: Any, method: str, receipt: str, amount: str) -> list[str]:
    """What keeps the payment from being recorded, in the order of the page."""
    used = Payment.objects.filter(
        department_id=activation.task.department_id, provider=DESK, provider_reference=receipt
    )
    found = [] if amount == activation.task.data["amount"] else ["amount"]
    found += [] if method in PaymentMethod.values else ["method"]
    if not receipt or len(receipt) > LONGEST_RECEIPT or not receipt.isprintable():
        return [*found, "receipt"]
    return [*found, "receipt_used"] if used.exists() else found


def _write(case: Any, payment: Payment) -> None:
    """The applicant has it in writing."""
    language = letter_language(case.language, case.department, case.version_id)
    words = {
        "amount": money_text(payment.amount, payment.currency, language),
        "reference": case.reference,
        "receipt": payment.provider_reference,
    }
    send_letter(
        recipient=case.applicant,
        department=case.department,
        kind="payment.taken",
        subject=SUBJECT.in_(language),
        body_paragraphs=[BODY.in_(language).format(**words)],
        action_label=ACTION.in_(language),
        action_path=f"/applications/{case.reference}/",
        case_reference=case.reference,
        language=language,
        key=f"payment:{payment.pk}:taken",
    )
