"""A clerk does something and says how it came out."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Outcome, Surroundings, node_types
from workflows.parts import Key, StaffRole
from workflows.person import PersonStep
from workflows.person_checks import check_person_step

DONE = Text({"en": "Done", "fr": "Terminé", "ar": "تم"})


@node_types.register
class UserTask(NodeType):
    """A clerk does something and says how it came out."""

    key = "user_task"
    label = Text({"en": "Task for staff", "fr": "Tâche du personnel", "ar": "مهمة للموظفين"})
    family = "person"
    icon = "file-search"
    bpmn_element = "userTask"
    waits = True
    has_deadlines = True
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
    ]
    rejects = [
        {"key": "check", "type": "user_task", "role": "clerk"},
        {"key": "check", "type": "user_task", "role": "citizen", "next": "done"},
        {
            "key": "check",
            "type": "user_task",
            "role": "clerk",
            "next": "done",
            "outcomes": [{"key": "accept", "label": "Accept", "next": "done"}],
        },
    ]

    class Options(NodeOptions):
        """Who does it, by when, with which form, and what can come out."""

        type: Literal["user_task"]
        role: StaffRole
        form: Key | None = None
        due: Span | None = None
        next: Key | None = Field(default=None, description="Where it goes on, if there is one outcome only.")
        outcomes: list[Outcome] = Field(default_factory=list, max_length=8)
        not_by: list[Key] = Field(
            default_factory=list, description="Who did these steps may not do this one."
        )

        @model_validator(mode="after")
        def _next_or_outcomes(self) -> Self:
            if (self.next is None) == (not self.outcomes):
                raise ValueError("Say either where this step goes on (next) or its outcomes, not both.")
            return self

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        if options.next is not None:
            return [Outcome(key="done", label=DONE, next=options.next)]
        return options.outcomes

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        if options.next is not None:
            return [Edge("done", options.next, "next", ("next",))]
        return [
            Edge(outcome.key, outcome.next, "outcome", ("outcomes", number, "next"), outcome.label)
            for number, outcome in enumerate(options.outcomes)
        ]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> PersonStep:
        return PersonStep(options, cls)

    @classmethod
    def form(cls, options: Options) -> str | None:
        return options.form

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.due

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_person_step(options, around, problems)
        seen: dict[str, Any] = {}
        for number, outcome in enumerate(options.outcomes):
            if outcome.key in seen:
                problems.at("outcomes", number, "key").mend(
                    "doubled", f'The outcome "{outcome.key}" is there twice.'
                )
            seen[outcome.key] = outcome
