"""The same for each item of a list: side by side or one after the other."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from viewflow.workflow.token import Token

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.facts import facts_of, facts_with
from workflows.hints import StepKey
from workflows.instances import as_item, each_of, item_kind, kind_at, list_at
from workflows.models.cases import work_place
from workflows.node_reach import Through
from workflows.node_type import (
    Blueprint,
    Edge,
    NodeOptions,
    NodeType,
    Surroundings,
    node_types,
    sentence_of,
)
from workflows.owner_step import OwnerActivation, OwnerStep
from workflows.parts import RuleText
from workflows.sealed_fields import opened
from workflows.tokens import Move

_PATH = r"^(answers|work\.[a-z][a-z0-9_]*)(\.[A-Za-z][A-Za-z0-9_]*)+$"
ListPath = Annotated[str, StringConstraints(pattern=_PATH, max_length=200)]
NO_BODY = ("start", "join", "end")
ALIKE = ("over", "where", "body", "mode", "enough", "until")


class MultiInstanceActivation(OwnerActivation):
    """Goes through the items that the list has when the case comes here; each is read as it stands now."""

    still_to_open = 0
    is_free = True

    def first_look(self) -> None:
        """Note the places of the items; the items themselves stay where they are sealed."""
        case, step = self.process, self.flow_task
        items, around = enumerate(list_at(case, step.options.over)), each_of(case, self.task)
        places = [index for index, value in items if step.is_meant(case, around, as_item(value, index))]
        self.task.data = {**self.task.data, "places": places, "gathered": []}
        self._keep([])

    def look(self) -> None:
        """Gather what has ended; the step is over when enough is there or nothing is left."""
        data, running = self.task.data, self.running()
        ended = [n for n in range(1, data["opened"] + 1) if n not in running and n not in data["gathered"]]
        if ended:
            before = self.process.work.get(self.flow_task.node_key, {}).get("results", [])
            self._keep([*before, *(self._result(number) for number in ended)])
            data["gathered"] = [*data["gathered"], *ended]
        self.still_to_open = len(data["places"]) - data["opened"]
        self.is_free = not running
        self.is_done = self._is_enough() or (self.is_free and not self.still_to_open)

    def _is_enough(self) -> bool:
        step = self.flow_task
        if step.options.enough is not None and len(self.task.data["gathered"]) >= step.options.enough:
            return True
        return step.until is not None and step.until.run(facts_of(self.process, step.schema, self.task)).holds

    def _result(self, number: int) -> dict[str, Any]:
        step, case = self.flow_task, self.process
        visits = self.inside().filter(node_key=step.options.body, token=Token(f"{self.block}{number}"))
        visit = visits.order_by("-pk").first()
        recorded = visit.data.get("answers", {}) if visit is not None else {}
        answers = opened(recorded, work_place(case.pk, step.options.body))
        outcome = visit.outcome if visit is not None else ""
        return {"outcome": outcome, **answers, "item": self.task.data["places"][number - 1] + 1}

    def _keep(self, results: list[dict[str, Any]]) -> None:
        self.process.keep_work(self.flow_task.node_key, {"results": results, "done": len(results)})
        self.process.save(update_fields=["data"])

    def data_inside(self, number: int) -> dict[str, Any]:
        """Which item it is, for lists of work."""
        return {"item": f"{number}/{len(self.task.data['places'])}"}

    def begin_inside(self) -> Iterator[Any]:
        """The body for all items, or for the next when nothing runs."""
        body = self.flow_task.routes["body"]
        at_once = self.flow_task.options.mode == "parallel"
        for _ in range(self.still_to_open if at_once else min(self.still_to_open, int(self.is_free))):
            yield body


class MultiInstanceStep(OwnerStep):
    """Rests while its body is done for each item."""

    activation_class = MultiInstanceActivation

    def __init__(self, options: NodeOptions, node_type: type[NodeType], blueprint: Blueprint) -> None:
        super().__init__(options, node_type)
        self.schema = blueprint.schema
        self.where = blueprint.compile_rule(self.options.where) if self.options.where else None
        self.until = blueprint.compile_rule(self.options.until) if self.options.until else None

    def refuses(self, item: Any, before: Any) -> str:
        """The places of the items are noted already, so the list must be the same and gone through alike."""
        same = all(getattr(self.options, name) == getattr(before.options, name) for name in ALIKE)
        return "" if same else "items"

    def is_meant(self, case: Any, around: dict[str, Any], item: dict[str, Any]) -> bool:
        """Whether the body is done for an item, inside of the items around it."""
        if self.where is None:
            return True
        facts = facts_with(case, self.schema, {**around, self.node_key: item})
        return bool(self.where.run(facts).holds)


@node_types.register
class MultiInstance(NodeType):
    """The same for each item of a list."""

    key = "multi_instance"
    label = Text({"en": "For each item", "fr": "Pour chaque élément", "ar": "لكل عنصر"})
    family = "structure"
    icon = "copy-plus"
    bpmn_element = "subProcess"
    bpmn_definition = "multiInstanceLoopCharacteristics"
    has_deadlines = True
    accepts = [
        {
            "key": "each",
            "type": "multi_instance",
            "over": "answers.stalls",
            "body": "inspect",
            "next": "sign",
        },
        {
            "key": "each",
            "type": "multi_instance",
            "over": "answers.members",
            "where": "each.each.votes",
            "body": "ask",
            "mode": "sequential",
            "enough": 2,
            "until": 'work.each.results.exists(r, r.outcome == "no")',
            "next": "sign",
        },
    ]
    rejects = [
        {"key": "each", "type": "multi_instance", "over": "answers.stalls", "next": "sign"},
        {"key": "each", "type": "multi_instance", "over": "stalls", "body": "inspect", "next": "sign"},
        {
            "key": "each",
            "type": "multi_instance",
            "over": "answers.stalls",
            "body": "inspect",
            "enough": 0,
            "next": "sign",
        },
    ]

    class Options(NodeOptions):
        """Which list, which step for each item, when it is enough, and where the case goes then."""

        type: Literal["multi_instance"]
        over: ListPath = Field(description="A list among the answers or in what a step recorded.")
        where: RuleText | None = Field(default=None, description="Only for items for which this rule holds.")
        body: StepKey = Field(description="The first step of what is done for each; it ends without outcome.")
        mode: Literal["parallel", "sequential"] = "parallel"
        enough: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
        until: RuleText | None = Field(default=None, description="The rest is cancelled when this holds.")
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        label = Text({"en": "For each", "fr": "Pour chaque", "ar": "لكل"})
        return [
            Edge("next", options.next, "next", ("next",)),
            Edge("body", options.body, "inner", ("body",), label),
        ]

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        return [Move((options.next,)), Move((options.body,), inside=True)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> MultiInstanceStep:
        return MultiInstanceStep(options, cls, blueprint)

    @classmethod
    def goes_through(cls, options: Options) -> Through:
        return Through(options.over, options.body)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if item_kind(kind_at(around.schema.roots, options.over)) is None:
            problems.at("over").mend("no_list", f'There is no list "{options.over}".')
        for name in ("where", "until"):
            rule = getattr(options, name)
            if rule is not None:
                around.check_rule(rule, problems.at(name))
        body = around.nodes.get(options.body)
        if body is not None and around.type_of(options.body).family in NO_BODY:
            sentence = f"Nothing is done at {sentence_of(body)}, so it cannot be the step for each item."
            problems.at("body").mend("nothing_done", sentence)
