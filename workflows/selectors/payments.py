"""Payments as their applicant is told of them, and as the page of a case tells staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from viewflow.workflow import STATUS

from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.localising import money_text
from workflows.models import Case, Payment, PaymentState
from workflows.payment_step import PAYMENT
from workflows.selectors.case_finding import own_case
from workflows.selectors.versions import version_of

Standing = Literal["open", "begun", "not_paid", "looked_at"]


@dataclass(frozen=True)
class MyPayment:
    """What the applicant is to pay now, and how far that is."""

    title: str
    amount: str
    until: datetime | None
    ends_without: bool
    standing: Standing


@dataclass(frozen=True)
class PaymentLine:
    """One attempt, as staff read it."""

    state: str
    amount: str
    at: datetime
    reference: str
    method: str
    taken_by: str


@dataclass(frozen=True)
class PaymentOfCase:
    """One step at which the applicant pays."""

    item_id: int
    title: str
    amount: str
    state: Literal["waiting", "paid", "nothing", "not_paid", "failed", "cancelled"]
    lines: list[PaymentLine]
    may_take: bool


@dataclass(frozen=True)
class Payable:
    """What can be paid at the desk now; `exact` is the amount as the database has it."""

    title: str
    amount: str
    exact: str


def my_payment(case: Case, items: Sequence[Any], language: str) -> MyPayment | None:
    """What the applicant has to pay now; None where that is nothing."""
    open_ = (item for item in items if item.flow_task_type == PAYMENT and item.status == STATUS.NEW)
    item = next(open_, None)
    options = version_of(case.version_id).node(item.node_key) if item is not None else None
    if item is None or options is None:
        return None
    attempts = list(Payment.objects.filter(work_item_id=item.pk).order_by("pk"))
    return MyPayment(
        title=options.title.in_(language),
        amount=_money(item, language),
        until=item.due_at,
        ends_without=bool(getattr(options, "on_timeout", None)),
        standing=_standing(attempts),
    )


def last_payment(user: User, reference: str) -> Payment | None:
    """The last payment that the person began for their own application."""
    case = own_case(user, reference)
    return Payment.objects.filter(case=case).order_by("-pk").first()


def _standing(attempts: Sequence[Payment]) -> Standing:
    states = [payment.state for payment in attempts]
    if PaymentState.WRONG_AMOUNT in states:
        return "looked_at"
    if not states:
        return "open"
    return "begun" if PaymentState.WAITING in states else "not_paid"


def payable(item: Any, language: str) -> Payable | None:
    """What is to be paid at a step; None where it waits for no payment."""
    if item.flow_task_type != PAYMENT or item.status != STATUS.NEW or "amount" not in item.data:
        return None
    options = version_of(item.process.version_id).node(item.node_key)
    title = options.title.in_(language) if options else item.node_key
    return Payable(title, _money(item, language), item.data["amount"])


def payments_of(user: User, case: Case, items: Sequence[Any], language: str) -> list[PaymentOfCase]:
    """The payments of a case for staff who may see it, the last step first."""
    steps = [item for item in items if item.flow_task_type == PAYMENT]
    if not steps:
        return []
    rows = Payment.objects.filter(work_item__in=steps).select_related("taken_by").order_by("-pk")
    may_take = may(user, Permission.WORK_CASE, case.department_id) and user.pk != case.applicant_id
    by_item: dict[int, list[Payment]] = {}
    for row in rows:
        by_item.setdefault(row.work_item_id, []).append(row)
    version = version_of(case.version_id)
    found = []
    for item in reversed(steps):
        options = version.node(item.node_key)
        title = options.title.in_(language) if options else item.node_key
        lines = [_line(row, item, language) for row in by_item.get(item.pk, [])]
        state = _state(item)
        takes = may_take and state == "waiting"
        found.append(PaymentOfCase(item.pk, title, _money(item, language), state, lines, takes))
    return found


def _line(row: Payment, item: Any, language: str) -> PaymentLine:
    at = row.settled_at or row.begun_at
    clerk = row.taken_by.get_full_name() if row.taken_by is not None else ""
    return PaymentLine(row.state, _money(item, language), at, row.provider_reference, row.method, clerk)


def _state(item: Any) -> Any:
    if item.status == STATUS.ERROR:
        return "failed"
    if item.status == STATUS.CANCELED:
        return "cancelled"
    if item.finished is None:
        return "waiting"
    return {"paid": "paid", "nothing": "nothing"}.get(item.outcome, "not_paid")


def _money(item: Any, language: str) -> str:
    amount = item.data.get("amount")
    return money_text(Decimal(amount), item.data["currency"], language) if amount else ""
