"""Works out values that later steps, letters and rules use."""

from typing import Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.rules import Kind, Rule, Schema
from engine.core.text import Text
from workflows.facts import facts_of
from workflows.hints import StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.step import Step, StepActivation
from workflows.worked_out import Name, WorkedOut, check_values, kinds_of, rules_of, worked_out


class SetDataActivation(StepActivation):
    """Works out the values once, when the case comes here."""

    def perform(self) -> None:
        """Keep what is known; what is missing has no value, and is named in the work item."""
        step = self.flow_task
        values, notes = worked_out(step.rules, facts_of(self.process, step.schema, self.task), step.node_key)
        self.process.keep_work(step.node_key, values)
        self.process.save(update_fields=["data"])
        self.task.data = {**self.task.data, **notes}


class SetDataStep(Step):
    """Works out values."""

    activation_class = SetDataActivation
    task_type = "SET_DATA"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.schema: Schema = blueprint.schema
        self.rules: dict[str, Rule] = rules_of(self.options.values, blueprint)


@node_types.register
class SetData(NodeType):
    """Works out values that later steps, letters and rules use."""

    key = "set_data"
    label = Text({"en": "Work out values", "fr": "Calculer des valeurs", "ar": "حساب القيم"})
    family = "system"
    icon = "calculator"
    bpmn_element = "scriptTask"
    accepts = [
        {
            "key": "reckon",
            "type": "set_data",
            "values": {"fee": {"type": "decimal", "value": "answers.amount * 0.2"}},
            "next": "done",
        }
    ]
    rejects = [
        {"key": "reckon", "type": "set_data", "values": {}, "next": "done"},
        {"key": "reckon", "type": "set_data", "values": {"fee": {"value": "1"}}, "next": "done"},
        {
            "key": "reckon",
            "type": "set_data",
            "values": {"Fee!": {"type": "integer", "value": "1"}},
            "next": "done",
        },
    ]

    class Options(NodeOptions):
        """The values by name."""

        type: Literal["set_data"]
        values: dict[Name, WorkedOut] = Field(min_length=1, max_length=50)
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        return kinds_of(options.values)

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SetDataStep:
        return SetDataStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_values(options.values, around, problems.at("values"))
