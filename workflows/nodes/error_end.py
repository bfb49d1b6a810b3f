"""The case cannot be completed."""

from typing import Annotated, Literal

from django.utils.timezone import now
from pydantic import StringConstraints

from engine.core.text import Text
from workflows.ending import fail_case
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.step import LastActivation, Step
from workflows.tokens import Move

ErrorCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$", max_length=60)]


class ErrorEndActivation(LastActivation):
    """Raises the error: a step that catches it goes on; if none does, the case has failed."""

    def perform(self) -> None:
        """Note the code, and look who catches it."""
        code = self.flow_task.options.code
        self.task.started = now()
        self.task.outcome = code
        self.task.save()
        if not any(step.catch(self, code) for step in self.flow_class.steps()):
            fail_case(self.process, code, but=self.task)


class ErrorEndStep(Step):
    """Where a way ends in an error."""

    activation_class = ErrorEndActivation
    task_type = "END"


@node_types.register
class ErrorEnd(NodeType):
    """The case cannot be completed."""

    key = "error_end"
    label = Text({"en": "Error", "fr": "Erreur", "ar": "خطأ"})
    family = "end"
    icon = "triangle-alert"
    bpmn_element = "endEvent"
    bpmn_definition = "errorEventDefinition"
    accepts = [{"key": "lost", "type": "error_end", "code": "register_unknown"}]
    rejects = [{"key": "lost", "type": "error_end"}, {"key": "lost", "type": "error_end", "code": "a b"}]

    class Options(NodeOptions):
        """What went wrong, as a code that other steps can catch."""

        type: Literal["error_end"]
        code: ErrorCode

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return []

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        return [Move(ends_case=True)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> ErrorEndStep:
        return ErrorEndStep(options, cls, WorkKind.SYSTEM)
