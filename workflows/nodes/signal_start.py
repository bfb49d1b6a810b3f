"""A signal from another case opens one."""

from typing import Literal

from pydantic import Field

from engine.core.text import Text
from workflows.hints import EventName, StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.start_step import StartStep


@node_types.register
class SignalStart(NodeType):
    """A signal from another case opens one."""

    key = "signal_start"
    label = Text({"en": "Opened by a signal", "fr": "Ouvert par un signal", "ar": "تفتحه إشارة"})
    family = "start"
    icon = "radio"
    bpmn_element = "startEvent"
    bpmn_definition = "signalEventDefinition"
    begins = "signal"
    further_start = True
    accepts = [
        {"key": "closed", "type": "signal_start", "signal": "market_closed", "next": "inspect"},
        {
            "key": "closed",
            "type": "signal_start",
            "signal": "market_closed",
            "same_applicant": True,
            "next": "inspect",
        },
    ]
    rejects = [{"key": "closed", "type": "signal_start", "next": "inspect"}]

    class Options(NodeOptions):
        """Which signal, and for whom the case is."""

        type: Literal["signal_start"]
        signal: EventName
        same_applicant: bool = Field(
            default=False,
            description="The case is for the applicant of the case that throws the signal; "
            "otherwise it is for the department itself.",
        )
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> StartStep:
        return StartStep(options, cls, WorkKind.SYSTEM)

    @classmethod
    def listens_for(cls, options: Options) -> str:
        return options.signal
