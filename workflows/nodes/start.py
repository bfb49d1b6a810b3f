"""An application arrives."""

from typing import Literal

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.hints import FormKey, StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.start_step import StartStep


@node_types.register
class Start(NodeType):
    """An application arrives."""

    key = "start"
    label = Text({"en": "Application sent", "fr": "Demande envoyée", "ar": "تم إرسال الطلب"})
    family = "start"
    icon = "send"
    bpmn_element = "startEvent"
    begins = "application"
    accepts = [{"key": "applied", "type": "start", "form": "application", "next": "check"}]
    rejects = [{"key": "applied", "type": "start", "next": "check"}]

    class Options(NodeOptions):
        """The form to fill in, and the first step."""

        type: Literal["start"]
        form: FormKey
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> StartStep:
        return StartStep(options, cls, WorkKind.APPLICANT)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.form not in around.forms:
            problems.at("form").mend("unknown_form", f'There is no form "{options.form}" in this package.')
