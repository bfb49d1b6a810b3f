"""Somebody does something outside of the system, and says that it is done."""

from typing import Literal, Self

from pydantic import model_validator

from engine.core.text import Text
from workflows.hints import StepKey
from workflows.node_type import node_types
from workflows.person_node import OneWayNode, PersonOptions


@node_types.register
class ManualTask(OneWayNode):
    """Somebody does something outside of the system, and says that it is done."""

    key = "manual_task"
    label = Text({"en": "Work by hand", "fr": "Travail manuel", "ar": "عمل يدوي"})
    icon = "hammer"
    bpmn_element = "manualTask"
    accepts = [
        {"key": "file", "type": "manual_task", "title": "File it", "role": "clerk", "next": "done"},
        {
            "key": "post",
            "type": "manual_task",
            "title": "Post it",
            "role": "clerk",
            "instructions": {"en": "Post the plate by registered mail."},
            "due": {"working_days": 2},
            "next": "done",
        },
    ]
    rejects = [
        {"key": "file", "type": "manual_task", "role": "clerk"},
        {"key": "file", "type": "manual_task", "role": "clerk", "next": "done", "form": "sheet"},
    ]

    class Options(PersonOptions):
        """What is done, by whom and by when; nothing is filled in."""

        type: Literal["manual_task"]
        instructions: Text | None = None
        next: StepKey

        @model_validator(mode="after")
        def _without_form(self) -> Self:
            if self.form is not None:
                raise ValueError("Nothing is filled in here. A task for staff can have a form.")
            return self
