"""Part of the way is gone again, at most so often."""

from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.facts import facts_of
from workflows.hints import StepKey
from workflows.models import WorkItem, WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.parts import RuleText
from workflows.step import Step, StepActivation

AGAIN = Text({"en": "Once more", "fr": "Encore une fois", "ar": "مرة أخرى"})
ENOUGH = Text({"en": "Enough", "fr": "Suffit", "ar": "يكفي"})


class LoopActivation(StepActivation):
    """Counts the rounds."""

    def perform(self) -> None:
        """Choose between once more and on, and note the round."""
        done, step = self._rounds_before(), self.flow_task
        again = done < step.options.at_most
        if again and step.rule is not None:
            again = step.rule.run(facts_of(self.process, step.schema, self.task)).holds
        self.task.outcome = "again" if again else "next"
        self.task.data = {**self.task.data, "round": done + 1 if again else done}

    def _rounds_before(self) -> int:
        """How often this path went back since it last went on from here."""
        visits = WorkItem.objects.filter(
            process=self.process, node_key=self.flow_task.node_key, token=self.task.token
        )
        before = visits.exclude(pk=self.task.pk).exclude(outcome="").order_by("-created", "-pk").first()
        return int(before.data["round"]) if before is not None and before.outcome == "again" else 0

    def way_out(self) -> str:
        """Once more, or on."""
        return str(self.task.outcome)


class LoopStep(Step):
    """Leads back, and knows when it is enough."""

    activation_class = LoopActivation
    task_type = "LOOP"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.schema = blueprint.schema
        self.rule: Any = blueprint.compile_rule(self.options.when) if self.options.when else None


@node_types.register
class LoopBack(NodeType):
    """Part of the way is gone again, at most so often."""

    key = "loop_back"
    label = Text({"en": "Repeat", "fr": "Répéter", "ar": "تكرار"})
    family = "structure"
    icon = "repeat"
    bpmn_element = "exclusiveGateway"
    counted = True
    accepts = [
        {"key": "once_more", "type": "loop_back", "again": "check", "at_most": 3, "next": "refused"},
        {
            "key": "once_more",
            "type": "loop_back",
            "again": "check",
            "at_most": 3,
            "when": 'work.check.outcome == "unclear"',
            "next": "refused",
        },
    ]
    rejects = [
        {"key": "once_more", "type": "loop_back", "again": "check", "next": "refused"},
        {"key": "once_more", "type": "loop_back", "again": "check", "at_most": 0, "next": "refused"},
        {"key": "once_more", "type": "loop_back", "again": "check", "at_most": 3},
    ]

    class Options(NodeOptions):
        """Where it goes back to, how often at most, while which rule holds, and where it goes on."""

        type: Literal["loop_back"]
        again: StepKey
        at_most: int = Field(ge=1, le=100)
        when: RuleText | None = None
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [
            Edge("next", options.next, "next", ("next",), ENOUGH),
            Edge("again", options.again, "back", ("again",), AGAIN),
        ]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> LoopStep:
        return LoopStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if options.when is not None:
            around.check_rule(options.when, problems.at("when"))
