"""A case of another service is opened, and this one waits until it has ended."""

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.timezone import now
from pydantic import Field
from viewflow import this
from viewflow.workflow import STATUS

from engine.core.problems import Problems
from engine.core.rules import Kind
from engine.core.text import Text
from workflows.calling_services import (
    CannotCall,
    Input,
    begin_called,
    cancel_called,
    check_inputs,
    inputs_of,
    outputs_of,
    rules_in,
)
from workflows.handling import caught_by
from workflows.hints import StepKey
from workflows.models import CaseState, WorkKind
from workflows.node_reach import Calls
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import ServiceKey
from workflows.step import OPEN, Step, StepActivation, moves
from workflows.worked_out import Name, WorkedOut, kinds_of


class SubProcessActivation(StepActivation):
    """Waits for the case that it opened."""

    has_result = False
    repairable = True

    @moves(STATUS.NEW, STATUS.STARTED)
    def activate(self) -> None:
        """Open the case, in the same transaction."""
        self._call()

    @moves(STATUS.ERROR, STATUS.STARTED)
    def retry(self) -> None:
        """Open another, after somebody has looked."""
        self._call()

    def _call(self) -> None:
        self.task.started, self.task.attempts = now(), self.task.attempts + 1
        self.task.save()
        try:
            begin_called(self, self.flow_task.inputs(self))
        except CannotCall as refused:
            self.give_up(refused.code)

    def give_up(self, code: str) -> None:
        """It cannot be done: the case goes on where the workflow says so, else somebody has to look."""
        self.task.data = {**self.task.data, "error": code, "failed_at": now().isoformat()}
        catcher = caught_by(self, "error", code)
        if catcher is None:
            self.fail()
        else:
            catcher.failed(self, code)

    @moves(STATUS.STARTED, STATUS.ERROR)
    def fail(self) -> None:
        """Somebody has to look."""
        self.task.save()

    def finish(self, ended: Any) -> None:
        """Take the result of the case that has ended, and go on."""
        if ended.state == CaseState.FAILED:
            self.give_up(str(ended.data.get("error", "failed")))
            return
        case, step, task = self.process, self.flow_task, self.task
        values, faults = outputs_of(step.options.outputs, ended)
        stored = case.keep_work(
            step.node_key, {**values, "outcome": ended.outcome, "reference": ended.reference}
        )
        case.save(update_fields=["data"])
        task.outcome = ended.outcome
        task.data = {**task.data, "answers": {name: stored[name] for name in values}, "faults": faults}
        self.has_result = True
        self.complete()
        self.activate_next()

    @moves(STATUS.STARTED, STATUS.DONE, only_if=this.can_go_on)
    def complete(self) -> None:
        """The other case has ended."""
        self.end()

    def can_go_on(self) -> bool:
        """Whether the other case has ended."""
        return self.has_result

    @moves(OPEN, STATUS.CANCELED)
    def cancel(self) -> None:
        """The step is not needed any more, nor is the case that it waits for."""
        self.end()
        cancel_called(self.task)


class SubProcessStep(Step):
    """Where a case of another service is opened."""

    activation_class = SubProcessActivation
    task_type = "CALL"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.schema = blueprint.schema
        self.rules = rules_in(self.options.inputs, blueprint)

    def refuses(self, item: Any, before: Any) -> str:
        """Not while a case of another service is waited for."""
        return "called" if self.options.service != before.options.service else ""

    def inputs(self, activation: Any) -> dict[str, Any]:
        """The answers of the case that is opened; raises CannotCall where a rule fails."""
        return inputs_of(self.options.inputs, self.rules, activation, self.schema)


@node_types.register
class SubProcess(NodeType):
    """A case of another service is opened, and this one waits until it has ended."""

    key = "sub_process"
    label = Text({"en": "Sub-process", "fr": "Sous-processus", "ar": "عملية فرعية"})
    family = "structure"
    icon = "boxes"
    bpmn_element = "callActivity"
    waits = True
    fails = True
    has_deadlines = True
    accepts = [
        {"key": "police", "type": "sub_process", "service": "background-check", "next": "decide"},
        {
            "key": "police",
            "type": "sub_process",
            "service": "background-check",
            "inputs": {
                "name": {"copy": "answers.applicant_name"},
                "fee": {"type": "decimal", "value": "answers.amount * 0.1"},
            },
            "outputs": {"clean": {"type": "yes_no", "value": 'work.check.outcome == "clean"'}},
            "next": "decide",
        },
    ]
    rejects = [
        {"key": "police", "type": "sub_process", "next": "decide"},
        {"key": "police", "type": "sub_process", "service": "No such service!", "next": "decide"},
        {
            "key": "police",
            "type": "sub_process",
            "service": "background-check",
            "inputs": {"name": {"copy": "answers.a", "value": "answers.b"}},
            "next": "decide",
        },
    ]

    class Options(NodeOptions):
        """Which service of the department, what it is told, and what is kept of how it came out."""

        type: Literal["sub_process"]
        service: ServiceKey = Field(description="A service of the same department.")
        inputs: dict[Name, Input] = Field(
            default_factory=dict, max_length=100, description="Answers of its application."
        )
        outputs: dict[Name, WorkedOut] = Field(
            default_factory=dict, max_length=50, description="Values from the case when it has ended."
        )
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def records(cls, options: Options) -> Mapping[str, Kind]:
        return {**kinds_of(options.outputs), "outcome": "text", "reference": "text"}

    @classmethod
    def calls(cls, options: Options) -> Calls:
        return Calls(options.service, options.inputs, options.outputs)

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SubProcessStep:
        return SubProcessStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_inputs(options.inputs, around, problems.at("inputs"))
        for name in {"outcome", "reference"} & set(options.outputs):
            problems.at("outputs", name).mend("reserved", f'A result cannot be called "{name}".')
