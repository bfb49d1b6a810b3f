"""The calendar opens a case."""

from typing import Literal

from engine.core.text import Text
from workflows.hints import StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.recurring import Recurrence
from workflows.start_step import StartStep


@node_types.register
class ScheduleStart(NodeType):
    """The calendar opens a case."""

    key = "schedule_start"
    label = Text({"en": "Opened by the calendar", "fr": "Ouvert par le calendrier", "ar": "يفتحه التقويم"})
    family = "start"
    icon = "calendar-plus"
    bpmn_element = "startEvent"
    bpmn_definition = "timerEventDefinition"
    begins = "schedule"
    further_start = True
    accepts = [
        {
            "key": "monthly",
            "type": "schedule_start",
            "calendar": {"every": "month", "day": 1, "when_closed": "next_working_day"},
            "next": "inspect",
        },
        {"key": "daily", "type": "schedule_start", "calendar": {"every": "working_day"}, "next": "inspect"},
    ]
    rejects = [
        {"key": "monthly", "type": "schedule_start", "next": "inspect"},
        {"key": "monthly", "type": "schedule_start", "calendar": {"every": "month"}, "next": "inspect"},
    ]

    class Options(NodeOptions):
        """When cases are opened."""

        type: Literal["schedule_start"]
        calendar: Recurrence
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> StartStep:
        return StartStep(options, cls, WorkKind.SYSTEM)

    @classmethod
    def recurrence(cls, options: Options) -> Recurrence:
        return options.calendar
