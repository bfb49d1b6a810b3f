"""An application arrives."""

from typing import Any, Literal

from django.utils.timezone import now
from viewflow.workflow.token import Token

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Key
from workflows.step import Step, StepActivation


class StartStep(Step):
    """The step that every case begins with."""

    task_type = "START"

    def begin(self, case: Any) -> None:
        """Bring a new case to its first step."""
        item = self.new_item(case, Token("start"), {})
        item.started = now()
        item.owner_id = case.applicant_id
        item.save()
        activation = StepActivation(item)
        activation.complete()
        activation.activate_next()


@node_types.register
class Start(NodeType):
    """An application arrives."""

    key = "start"
    label = Text({"en": "Application sent", "fr": "Demande envoyée", "ar": "تم إرسال الطلب"})
    family = "start"
    icon = "send"
    bpmn_element = "startEvent"
    accepts = [{"key": "applied", "type": "start", "form": "application", "next": "check"}]
    rejects = [{"key": "applied", "type": "start", "next": "check"}]

    class Options(NodeOptions):
        """The form to fill in, and the first step."""

        type: Literal["start"]
        form: Key
        next: Key

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
