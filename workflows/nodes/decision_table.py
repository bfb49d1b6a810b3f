"""A decision table of DMN: its rows decide about values that later steps use."""

from typing import Any, Literal

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.decisions import CompiledTable, DecisionTable, build_table, compile_table, kept, kind_of
from engine.core.problems import Problems
from engine.core.rules import Group, Kind, Schema
from engine.core.text import Text
from workflows.facts import facts_of
from workflows.handling import caught_by
from workflows.hints import StepKey
from workflows.models import WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.step import Step, StepActivation, moves

RESULT = "result"  # the name of a single result, or of a list
UNDECIDED, FAULT = "undecided", "table_fault"


class DecisionTableActivation(StepActivation):
    """Decides when the case comes here; what cannot be decided is a failure, and somebody has to look."""

    repairable = True

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Decide."""
        step, case = self.flow_task, self.process
        decision = step.table.run(facts_of(case, step.schema, self.task))
        if not decision.known:
            self._give_up(FAULT if decision.fault else UNDECIDED, list(decision.missing))
            return
        case.keep_work(step.node_key, step.recorded(decision.value))
        case.save(update_fields=["data"])
        self.task.data = {"rows": [row + 1 for row in decision.hits], "by_default": decision.by_default}

    def _give_up(self, code: str, unanswered: list[str]) -> None:
        self.task.attempts += 1
        self.task.data = {"error": code, "failed_at": now().isoformat(), "unanswered": unanswered}
        catcher = caught_by(self, "error", code)
        if catcher is None:
            self.fail()
        else:
            catcher.failed(self, code)

    @moves(STATUS.NEW, STATUS.ERROR)
    def fail(self) -> None:
        """Somebody has to look: an answer is missing, or the table is at fault."""
        self.task.save()

    def retry(self) -> None:
        """Decide anew, after somebody has looked."""
        self._again()
        self.activate()
        if self.status == STATUS.NEW:
            self.complete()
            self.activate_next()

    @moves(STATUS.ERROR, STATUS.NEW)
    def _again(self) -> None:
        self.task.data = {}


class DecisionTableStep(Step):
    """Decides by its table."""

    activation_class = DecisionTableActivation
    task_type = "DECISION_TABLE"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.schema: Schema = blueprint.schema
        self.table: CompiledTable = compile_table(self.options.table, blueprint.schema)

    def recorded(self, value: Any) -> dict[str, Any]:
        """The decided value under its names; nothing where no row holds."""
        found = kept(self.options.table, value)
        several = isinstance(kind_of(self.options.table), Group)
        return {} if found is None else found if several else {RESULT: found}


@node_types.register
class DecisionTableNode(NodeType):
    """A decision table: its rows decide about values that later steps use."""

    key = "decision_table"
    label = Text({"en": "Decision table", "fr": "Table de décision", "ar": "جدول قرار"})
    family = "system"
    icon = "table-2"
    bpmn_element = "businessRuleTask"
    fails = True
    accepts = [
        {
            "key": "fee",
            "type": "decision_table",
            "table": {
                "inputs": [{"expression": "answers.amount", "type": "decimal"}],
                "outputs": [{"key": "fee", "type": "integer"}],
                "rows": [{"when": ["< 100"], "then": ["5"]}, {"when": [">= 100"], "then": ["20"]}],
            },
            "next": "done",
        }
    ]
    rejects = [
        {"key": "fee", "type": "decision_table", "next": "done"},
        {
            "key": "fee",
            "type": "decision_table",
            "table": {
                "inputs": [{"expression": "answers.amount", "type": "decimal"}],
                "outputs": [{"key": "fee", "type": "integer"}],
                "rows": [{"when": ["< 100", "-"], "then": ["5"]}],
            },
            "next": "done",
        },
    ]

    class Options(NodeOptions):
        """The table."""

        type: Literal["decision_table"]
        table: DecisionTable
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def records(cls, options: Options) -> dict[str, Kind]:
        kind = kind_of(options.table)
        return dict(kind.fields) if isinstance(kind, Group) else {RESULT: kind}

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> DecisionTableStep:
        return DecisionTableStep(options, cls, blueprint)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        build_table(options.table, around.schema, problems.at("table"))
