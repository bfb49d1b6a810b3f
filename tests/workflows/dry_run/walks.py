"""Walks, written briefly."""

from typing import Any

from workflows.dry_run import Script


def walk(*acts: dict[str, Any]) -> Script:
    """A walk of these acts."""
    return Script.model_validate({"acts": acts})


def apply_with(**answers: Any) -> dict[str, Any]:
    """Somebody applies with these answers."""
    return {"do": "apply", "answers": answers}


def decide(step: str, outcome: str, **more: Any) -> dict[str, Any]:
    """A member of staff decides."""
    return {"do": "decide", "step": step, "outcome": outcome, **more}
