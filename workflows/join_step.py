"""A step that brings the ways of a split together: when all have come, or when enough have.

One work item waits for all of them. It notes the token of each that came: one that comes twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import now
from viewflow import this
from viewflow.workflow import STATUS
from viewflow.workflow.token import Token

from workflows.advancing import CLOSED, cancel_items
from workflows.models import WorkItem, WorkKind
from workflows.node_type import NodeOptions, NodeType
from workflows.step import OPEN, Step, StepActivation, moves

LOOKED_AT = ("JOIN", "OWNER")  # types of steps that wait for paths to end


def blocks_of(token: Token) -> list[str]:
    """What the tokens of each enclosing split begin with, the innermost first: "start/3_1/7_2" is in two."""
    parts = str(token).split("/")
    heads = ["/".join(parts[: size + 1]) for size in range(1, len(parts))]
    return [head.rsplit("_", 1)[0] + "_" for head in reversed(heads)]


class JoinActivation(StepActivation):
    """Waits until enough ways have come."""

    type = "join"  # such are looked at when all else of a round is done
    is_ready = False

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> JoinActivation:
        """Note who has come; the first makes the work item that waits."""
        activation = cls(flow_task.item_for(prev_activation.process, token))
        arrived = activation.task.data["arrived"]
        if str(token) not in arrived:
            arrived.append(str(token))
        activation.task.save()
        activation.task.previous.add(prev_activation.task)
        return activation

    @moves(STATUS.NEW, STATUS.STARTED)
    @moves(STATUS.STARTED)
    def activate(self) -> None:
        """Look whether the case can go on."""
        if self.task.started is None:
            self.task.started = now()
            self.task.save()
        needs, came = self.flow_task.needs, len(self.task.data["arrived"])
        if needs is not None and came >= needs:
            self.is_ready, self.task.outcome = True, "next"
        elif not self.on_their_way().exists():
            self.is_ready = needs is None or "otherwise" in self.flow_task.routes
            self.task.outcome = "next" if needs is None else "otherwise"

    def on_their_way(self) -> Any:
        """The open items of the split that may still come here."""
        block = self.task.data["block"]
        if not block:  # no split led here: nobody else can come
            return WorkItem.objects.none()
        found = WorkItem.objects.filter(process=self.process, token__startswith=block)
        return found.exclude(status__in=CLOSED)

    @moves(STATUS.STARTED, STATUS.DONE, only_if=this.can_go_on)
    def complete(self) -> None:
        """Go on with one token; who is still on the way is not needed any more."""
        if self.flow_task.needs is not None:
            cancel_items(self.process, self.on_their_way())
        self.end()

    def can_go_on(self) -> bool:
        """Whether enough have come."""
        return self.is_ready

    def way_out(self) -> str:
        """On, or elsewhere because too few came."""
        return str(self.task.outcome)


class JoinStep(Step):
    """Where the ways of a split come together; of m ways `needs` are enough, or all that come."""

    activation_class: Any = JoinActivation
    task_type = "JOIN"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], needs: int | None) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)
        self.needs = needs

    def item_for(self, case: Any, token: Token) -> WorkItem:
        """The work item that waits for the ways of this token's split; a new one if there is none."""
        block = next(iter(blocks_of(token)), "")
        base = token.get_base_split_token() if block else token
        found: WorkItem | None = WorkItem.objects.filter(
            process=case, node_key=self.node_key, token=base, status__in=OPEN
        ).first()
        if found is None:
            found = self.new_item(case, base, {"block": block, "arrived": []})
        found.process = case
        return found


def joins_after(activation: Any) -> Iterator[JoinActivation]:
    """A path has ended: the joins that may have waited for it alone, to be looked at again.

    Where a join knows what to do when too few come, it must also hear that nobody came.
    """
    case, token = activation.process, activation.task.token
    blocks = blocks_of(token)
    if not blocks:
        return
    waiting = WorkItem.objects.filter(process=case, flow_task_type__in=LOOKED_AT, status__in=OPEN)
    found = {item.data["block"]: item for item in waiting if item.data.get("block") in blocks}
    splits = [int(block.rsplit("/", 1)[1].removesuffix("_")) for block in blocks]
    keys = dict(WorkItem.objects.filter(pk__in=splits).values_list("pk", "node_key"))
    for block, split in zip(blocks, splits, strict=True):
        item = found.get(block) or _unheard(activation, keys[split], block)
        if item is not None:
            item.process = case
            yield item.flow_task.activation_class(item)


def _unheard(activation: Any, split_key: str, block: str) -> WorkItem | None:
    join = activation.flow_class.step(split_key).join
    if join is None or "otherwise" not in join.routes:
        return None
    item: WorkItem = join.item_for(activation.process, Token(block + "0"))
    item.save()
    item.previous.add(activation.task)
    return item
