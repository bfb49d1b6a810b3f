"""What the kinds of steps that a clerk does have in common."""

from typing import Any

from pydantic import Field

from engine.core.problems import Problems
from engine.core.worktime import Span
from workflows.hints import EarlierStep, FormKey
from workflows.node_type import Blueprint, NodeOptions, NodeType, Surroundings
from workflows.parts import StaffRole
from workflows.person import PersonStep
from workflows.person_checks import check_person_step


class PersonOptions(NodeOptions):
    """Who does the step, by when, and with which form."""

    role: StaffRole
    form: FormKey | None = None
    due: Span | None = None
    not_by: list[EarlierStep] = Field(
        default_factory=list, description="Who did these steps may not do this one."
    )


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
