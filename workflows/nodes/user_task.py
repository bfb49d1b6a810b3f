"""A clerk does something and says how it came out."""

from typing import Literal, Self

from pydantic import Field, model_validator

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import StepKey
from workflows.node_type import Edge, Outcome, Surroundings, node_types
from workflows.person_node import PersonNode, PersonOptions, check_outcomes, done, outcome_edges


@node_types.register
class UserTask(PersonNode):
    """A clerk does something and says how it came out."""

    key = "user_task"
    label = Text({"en": "Task for staff", "fr": "Tâche du personnel", "ar": "مهمة للموظفين"})
    icon = "file-search"
    common = 1
    accepts = [
        {"key": "check", "type": "user_task", "title": "Check", "role": "clerk", "next": "done"},
        {
            "key": "check",
            "type": "user_task",
            "title": "Check",
            "role": "clerk",
            "due": {"working_days": 3},
            "outcomes": [{"key": "accept", "label": "Accept", "next": "done"}],
        },
        {
            "key": "check",
            "type": "user_task",
            "title": "Check",
            "role": "clerk",
            "hand_to": "named",
            "hand_to_people": ["noor@example.org", "ines@example.org"],
            "next": "done",
        },
    ]
    rejects = [
        {"key": "check", "type": "user_task", "role": "clerk", "next": "done", "hand_to": "named"},
        {"key": "check", "type": "user_task", "role": "clerk"},
        {"key": "check", "type": "user_task", "role": "Any clerk", "next": "done"},
        {
            "key": "check",
            "type": "user_task",
            "role": "clerk",
            "next": "done",
            "outcomes": [{"key": "accept", "label": "Accept", "next": "done"}],
        },
    ]

    class Options(PersonOptions):
        """Who does it, by when, with which form, and what can come out."""

        type: Literal["user_task"]
        next: StepKey | None = Field(
            default=None, description="Where it goes on, if there is one outcome only."
        )
        outcomes: list[Outcome] = Field(default_factory=list, max_length=8)

        @model_validator(mode="after")
        def _next_or_outcomes(self) -> Self:
            if (self.next is None) == (not self.outcomes):
                raise ValueError("Say either where this step goes on (next) or its outcomes, not both.")
            return self

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        return options.outcomes if options.next is None else [done(options.next)]

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        if options.next is not None:
            return [Edge("done", options.next, "next", ("next",))]
        return outcome_edges(options.outcomes)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        super().check(options, around, problems)
        check_outcomes(options.outcomes, problems)
