"""A workflow as eGov DIGIT writes it, small and with everything in it, and the open ones where they are."""

import copy
from pathlib import Path
from typing import Any

import pytest

OPEN_FILES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "digit"
open_files = pytest.mark.skipif(
    not OPEN_FILES.is_dir(), reason="the open DIGIT files are not beside this folder"
)
HOUR, DAY = 3_600_000, 86_400_000


def action(name: str, to: str, *roles: str, **more: Any) -> dict[str, Any]:
    """One transition."""
    return {"action": name, "nextState": to, "roles": list(roles), **more}


def state(name: str | None, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """One state."""
    return {"state": name, "applicationStatus": name, "actions": list(actions), **more}


COMPLAINT: dict[str, Any] = {
    "tenantId": "pb",
    "businessService": "Complaint",
    "business": "complaints",
    "businessServiceSla": 5 * DAY,
    "states": [
        state(None, action("APPLY", "FILED", "CITIZEN", "CSR"), isStartState=True),
        state(
            "FILED",
            action("ASSIGN", "AT_WORK", "GRO", "DGRO"),
            action("COMMENT", "FILED", "CITIZEN", "GRO"),
            action("REJECT", "REJECTED", "GRO"),
            sla=36 * HOUR,
        ),
        state("AT_WORK", action("RESOLVE", "RESOLVED", "LME"), action("PAY", "RESOLVED", "SYSTEM_PAYMENT")),
        state("RESOLVED", action("REOPEN", "FILED", "CITIZEN"), isTerminateState=True),
        state("REJECTED", isTerminateState=True),
    ],
}


def complaint() -> dict[str, Any]:
    """The small workflow, to be changed freely."""
    return copy.deepcopy(COMPLAINT)
