"""A step that failed for good is left, instead of waiting for somebody who looks."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.rules import Kind
from engine.core.text import Text
from workflows.catchers import CatcherStep
from workflows.handling import raised_inside
from workflows.hints import HostKey, StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import Code


class ErrorStep(CatcherStep):
    """Catches failures of its host by their codes."""

    task_type = "ERROR_CAUGHT"
    catches_kind = "error"

    def codes(self) -> list[str]:
        """The codes that are caught."""
        return list(self.options.codes)

    def catch(self, activation: Any, code: str) -> bool:
        """An error end inside the host."""
        found = raised_inside(activation, self.catches_kind, code)
        if found is None or found[1] is not self:
            return False
        self.failed(found[0], code)
        return True

    def failed(self, host: Any, code: str) -> None:
        """The host failed for good: the case goes another way, and rules can read why."""
        host.process.keep_work(self.node_key, {"code": code})
        host.process.save(update_fields=["data"])
        self.leave(host, str(host.task.pk), {"code": code})


@node_types.register
class Error(NodeType):
    """A step that failed for good is left, instead of waiting for somebody who looks."""

    key = "error"
    label = Text({"en": "If it fails", "fr": "En cas d’échec", "ar": "عند الفشل"})
    family = "event"
    icon = "triangle-alert"
    bpmn_element = "boundaryEvent"
    bpmn_definition = "errorEventDefinition"
    accepts = [
        {"key": "unreachable", "type": "error", "on": "register", "next": "by_hand"},
        {"key": "unknown", "type": "error", "on": "register", "codes": ["not_found"], "next": "ask"},
    ]
    rejects = [
        {"key": "unreachable", "type": "error", "next": "by_hand"},
        {"key": "unreachable", "type": "error", "on": "register", "codes": ["no such code"], "next": "x"},
    ]

    class Options(NodeOptions):
        """Which step, which failures, and where the case goes then."""

        type: Literal["error"]
        on: HostKey
        codes: list[Code] = Field(
            default_factory=list, max_length=50, description="The codes that are caught; without any, all."
        )
        next: StepKey

        @property
        def interrupting(self) -> bool:
            """What has failed is always left."""
            return True

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "error", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> ErrorStep:
        return ErrorStep(options, cls)

    @classmethod
    def watches(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def records(cls, options: Options) -> Mapping[str, Kind]:
        return {"code": "text"}

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.on not in around.nodes:
            problems.at("on").mend("unknown_step", f'There is no step "{options.on}".')
        elif not around.type_of(options.on).fails:
            problems.at("on").mend("cannot_fail", f'The step "{options.on}" does nothing that could fail.')
