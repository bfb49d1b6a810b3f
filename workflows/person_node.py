"""What the kinds of steps that a clerk does have in common."""

from collections.abc import Sequence
from typing import Any, Self

from pydantic import Field, model_validator

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.handing_out import QUEUE, HandTo
from workflows.hints import EarlierStep, FormKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Outcome, Surroundings
from workflows.parts import Address, StaffRole
from workflows.person import PersonStep
from workflows.person_checks import check_person_step

DONE = Text({"en": "Done", "fr": "Terminé", "ar": "تم"})


class PersonOptions(NodeOptions):
    """Who does the step, by when, and with which form."""

    role: StaffRole
    form: FormKey | None = None
    due: Span | None = None
    not_by: list[EarlierStep] = Field(
        default_factory=list, description="Who did these steps may not do this one."
    )
    hand_to: HandTo = Field(default=QUEUE, description="Who gets it as soon as the case comes here.")
    hand_to_people: list[Address] = Field(
        default_factory=list, max_length=30, description="The e-mail addresses of the people who can get it."
    )

    @model_validator(mode="after")
    def _people_where_named(self) -> Self:
        if (self.hand_to == "named") is not bool(self.hand_to_people):
            raise ValueError("Name people (hand_to_people) where named people get it, and only there.")
        return self


class PersonNode(NodeType):
    """A step that a clerk does; no kind of its own."""

    family = "person"
    bpmn_element = "userTask"
    waits = True
    has_deadlines = True

    @classmethod
    def build(cls, options: Any, blueprint: Blueprint) -> PersonStep:
        return PersonStep(options, cls)

    @classmethod
    def form(cls, options: Any) -> str | None:
        form: str | None = options.form
        return form

    @classmethod
    def span(cls, options: Any) -> Span | None:
        span: Span | None = options.due
        return span

    @classmethod
    def check(cls, options: Any, around: Surroundings, problems: Problems) -> None:
        check_person_step(options, around, problems)


class OneWayNode(PersonNode):
    """A step that a clerk does, with one way on; no kind of its own."""

    @classmethod
    def outcomes(cls, options: Any) -> list[Outcome]:
        return [done(options.next)]

    @classmethod
    def targets(cls, options: Any) -> list[Edge]:
        return [Edge("done", options.next, "next", ("next",))]


def done(to: str) -> Outcome:
    """The only way in which a step can end."""
    return Outcome(key="done", label=DONE, next=to)


def outcome_edges(outcomes: Sequence[Outcome]) -> list[Edge]:
    """The ways out of a step that lists its outcomes."""
    return [
        Edge(outcome.key, outcome.next, "outcome", ("outcomes", number, "next"), outcome.label)
        for number, outcome in enumerate(outcomes)
    ]


def check_outcomes(outcomes: Sequence[Outcome], problems: Problems) -> None:
    """Note outcomes with a key that another has."""
    seen: set[str] = set()
    for number, outcome in enumerate(outcomes):
        if outcome.key in seen:
            problems.at("outcomes", number, "key").mend(
                "doubled", f'The outcome "{outcome.key}" is there twice.'
            )
        seen.add(outcome.key)
