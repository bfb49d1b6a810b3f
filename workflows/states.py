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
    case.state = CaseState.WAITING_FOR_YOU
    case.save(update_fields=["state"])
