"""The state of a case in the words of the citizen."""

from __future__ import annotations

from typing import Any

from workflows.models import CaseState


def being_checked(case: Any) -> None:
    """Somebody looks at the case now."""
    if case.state != CaseState.BEING_CHECKED:
        case.state = CaseState.BEING_CHECKED
        case.save(update_fields=["state"])


def waiting_for_applicant(case: Any) -> None:
    """The applicant is to act."""
    case.state, case.stands_at = CaseState.WAITING_FOR_YOU, ""
    case.save(update_fields=["state", "stands_at"])


def waiting_for_payment(case: Any) -> None:
    """The applicant is to pay."""
    case.state, case.stands_at = CaseState.WAITING_FOR_PAYMENT, ""
    case.save(update_fields=["state", "stands_at"])


def stands_in(case: Any, node_key: str, shown_as: str | None) -> None:
    """The case stands in a state of its service; without words of its own the citizen's stay."""
    waiting = (CaseState.WAITING_FOR_YOU, CaseState.WAITING_FOR_PAYMENT)
    if shown_as == CaseState.BEING_CHECKED and case.state == CaseState.SENT:
        shown_as = None  # sent, and nobody has looked at it yet
    elif shown_as is None and case.state in waiting:
        shown_as = CaseState.BEING_CHECKED
    case.state, case.stands_at = CaseState(shown_as or case.state), node_key
    case.save(update_fields=["state", "stands_at"])
