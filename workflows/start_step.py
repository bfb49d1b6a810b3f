"""The step that a case begins with, whoever or whatever begins it."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import now
from viewflow.workflow.token import Token

from workflows.step import Step, StepActivation


class StartActivation(StepActivation):
    """The beginning of a case."""

    def way_out(self) -> str:
        """Where several actions begin a case, the one that was taken."""
        return self.task.outcome or super().way_out()


class StartStep(Step):
    """Begins a case."""

    activation_class = StartActivation
    task_type = "START"

    def begin(self, case: Any, by: Any = None, action: str = "") -> None:
        """Bring a new case to its first step; `by` is the person who began it, if any."""
        actions = self.node_type.actions(self.options)
        item = self.new_item(case, Token("start"), {})
        item.started = now()
        item.owner = by
        item.outcome = (action or actions[0].key) if actions else ""
        item.save()
        if actions:
            case.keep_work(self.node_key, {"outcome": item.outcome})
            case.save(update_fields=["data"])
        activation = self.activation_class(item)
        activation.complete()
        activation.activate_next()
