"""A member of staff opens a case."""

from typing import Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import FormKey, StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import StaffRole
from workflows.role_checks import check_role
from workflows.start_step import StartStep


@node_types.register
class ManualStart(NodeType):
    """A member of staff opens a case."""

    key = "manual_start"
    label = Text({"en": "Opened by staff", "fr": "Ouvert par le personnel", "ar": "يفتحه الموظفون"})
    family = "start"
    icon = "folder-plus"
    bpmn_element = "startEvent"
    begins = "staff"
    further_start = True
    accepts = [
        {"key": "opened", "type": "manual_start", "title": "Open an inspection", "next": "inspect"},
        {
            "key": "opened",
            "type": "manual_start",
            "title": "Open an inspection",
            "role": "supervisor",
            "form": "inspection",
            "next": "inspect",
        },
    ]
    rejects = [
        {"key": "opened", "type": "manual_start", "title": "Open an inspection"},
        {"key": "opened", "type": "manual_start", "title": "Open", "role": "Any clerk", "next": "inspect"},
    ]

    class Options(NodeOptions):
        """Who may open a case, and what is filled in for it."""

        type: Literal["manual_start"]
        role: StaffRole = "clerk"
        form: FormKey | None = Field(
            default=None, description="What is filled in; without a form the case is opened at once."
        )
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> StartStep:
        return StartStep(options, cls, WorkKind.PERSON)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if not options.title:
            problems.at("title").mend(
                "missing", "This start needs a title: staff choose by it what they open."
            )
        check_role(options.role, around, problems.at("role"))
        if options.form is not None and options.form not in around.forms:
            problems.at("form").mend("unknown_form", f'There is no form "{options.form}" in this package.')
