"""The case rests until a rule over its data holds."""

from typing import Any, Literal

from engine.core.problems import Problems
from engine.core.rules import Rule, Schema
from engine.core.text import Text
from workflows.catching import CatchActivation, CatchStep
from workflows.clock import arm_at, disarm, next_day
from workflows.facts import facts_of
from workflows.hints import StepKey
from workflows.models import DeadlineKind, WorkItem
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import RuleText
from workflows.step import OPEN


class ConditionActivation(CatchActivation):
    """Waits until the rule holds; what is not answered yet is noted in the work item."""

    def arrived(self) -> None:
        """Look when all else is done, and again whenever data or the day change."""
        self.process.data_changed()
        if self.flow_task.reads_today:
            arm_at(self.task, self.flow_task.node_key, DeadlineKind.WAIT, next_day(self.process))

    def end(self) -> None:
        """Close the item, and wait for no day any more."""
        super().end()
        if self.flow_task.reads_today:
            disarm(self.task)

    def look(self) -> bool:
        """Go on if the rule holds; gives whether it does."""
        step, case = self.flow_task, self.process
        outcome = step.rule.run(facts_of(case, step.schema, self.task))
        if outcome.holds:
            self.come()
        elif list(outcome.missing) != self.task.data.get("unanswered", []):
            self.task.data = {**self.task.data, "unanswered": list(outcome.missing)}
            self.task.save(update_fields=["data"])
        return bool(outcome.holds)


class ConditionStep(CatchStep):
    """Looks again when data of the case change, and at midnight if the rule reads the day."""

    activation_class = ConditionActivation
    task_type = "CONDITION"
    rechecks = True

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema: Schema = blueprint.schema
        self.rule: Rule = blueprint.compile_rule(self.options.when)
        self.reads_today = "today" in self.rule.reads

    def recheck(self, case: Any) -> None:
        """Look at every rest of this case; each is read anew, because going on with one can end another."""
        waiting = WorkItem.objects.filter(process=case, node_key=self.node_key, status__in=OPEN)
        for key in waiting.values_list("pk", flat=True):
            item = waiting.filter(pk=key).first()
            if item is not None:
                item.process = case
                self.activation_class(item).look()

    def take_over(self, activation: Any, before: Any) -> None:
        """Look by the rule of this version, and wait for days if that reads them."""
        disarm(activation.task)
        activation.arrived()

    def fire(self, host: Any, deadline: Any) -> None:
        """A new day has begun."""
        if not host.look():
            deadline.due_at, deadline.fired_at = next_day(host.process), None
            deadline.save(update_fields=["due_at", "fired_at"])


@node_types.register
class Condition(NodeType):
    """The case rests until a rule over its data holds."""

    key = "condition"
    label = Text({"en": "Wait for a condition", "fr": "Attendre une condition", "ar": "انتظار شرط"})
    family = "event"
    icon = "hourglass"
    bpmn_element = "intermediateCatchEvent"
    bpmn_definition = "conditionalEventDefinition"
    waits = True
    catches = True
    accepts = [
        {"key": "ready", "type": "condition", "when": "answers.first_day <= today", "next": "inspect"},
    ]
    rejects = [
        {"key": "ready", "type": "condition", "next": "inspect"},
        {"key": "ready", "type": "condition", "when": "", "next": "inspect"},
    ]

    class Options(NodeOptions):
        """The rule, and where the case goes when it holds."""

        type: Literal["condition"]
        when: RuleText
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> ConditionStep:
        return ConditionStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        around.check_rule(options.when, problems.at("when"))
