"""The step that a case begins with, whoever or whatever begins it."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from viewflow.workflow.token import Token

from workflows.step import Step, StepActivation


class StartStep(Step):
    """Begins a case."""

    task_type = "START"

    def begin(self, case: Any, by: Any = None) -> None:
        """Bring a new case to its first step; `by` is the person who began it, if any."""
        item = self.new_item(case, Token("start"), {})
        item.started = now()
        item.owner = by
        item.save()
        activation = StepActivation(item)
        activation.complete()
        activation.activate_next()
