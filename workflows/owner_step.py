"""A step that rests while paths of its own run inside it, each until an end without an outcome.

What runs inside carries a token below that of the step: "start/12_2" is the second path inside work item 12.
When a path has ended the step is looked at again, as the join of a split would be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import now
from viewflow import this
from viewflow.workflow import STATUS
from viewflow.workflow.token import Token

from workflows.advancing import CLOSED, cancel_items
from workflows.ending import ENDING
from workflows.models import WorkItem, WorkKind
from workflows.node_type import NodeOptions, NodeType
from workflows.step import OPEN, Step, StepActivation, moves


class OwnerActivation(StepActivation):
    """One visit of a case to such a step."""

    type = "join"  # such are looked at when all else of a round is done
    is_done = False

    @moves(STATUS.NEW, STATUS.STARTED)
    @moves(STATUS.STARTED)
    def activate(self) -> None:
        """Begin, or look again because a path has ended."""
        if self.task.started is None:
            self.task.started = now()
            self.task.data = {**self.task.data, "block": self.block, "opened": 0}
            self.first_look()
        self.look()
        self.task.save()

    def first_look(self) -> None:
        """Find out what is to be done."""

    def look(self) -> None:
        """See what has ended inside, and say by `is_done` whether the step is over."""

    @property
    def block(self) -> str:
        """What the tokens of all paths inside begin with."""
        return f"{self.task.token}/{self.task.pk}_"

    def inside(self) -> Any:
        """The items inside, open and closed."""
        return WorkItem.objects.filter(process=self.process, token__startswith=self.block)

    def running(self) -> set[int]:
        """The numbers of the paths that have not ended."""
        tokens = self.inside().exclude(status__in=CLOSED).values_list("token", flat=True)
        return {path_number(token, self.block) for token in tokens}

    @moves(STATUS.STARTED, STATUS.DONE, only_if=this.can_go_on)
    def complete(self) -> None:
        """The step is over; what still runs inside is not needed any more."""
        cancel_items(self.process, self.inside().exclude(status__in=CLOSED))
        self.end()

    def can_go_on(self) -> bool:
        """Whether the step is over."""
        return self.is_done

    @moves([STATUS.STARTED, STATUS.DONE])
    def create_next(self) -> Iterator[Any]:
        """The paths that begin inside, or when the step is over what follows."""
        if self.status == STATUS.DONE:
            yield self.flow_task.routes[self.way_out()]._create(self, self.task.token)
            return
        for step in self.begin_inside():
            self.task.data["opened"] += 1
            number = self.task.data["opened"]
            yield step._create(self, Token(f"{self.block}{number}"), data=self.data_inside(number))
            self.task.save()

    def begin_inside(self) -> Iterator[Any]:
        """The first steps of paths that are to begin now."""
        yield from ()

    def data_inside(self, number: int) -> dict[str, Any]:
        """What the first work item of a path knows from the beginning."""
        return {}

    @moves(OPEN, STATUS.CANCELED)
    def cancel(self) -> None:
        """The step is not needed any more, nor is what runs inside."""
        if not self.process.__dict__.get(ENDING):  # at the end of a case everything is cancelled already
            cancel_items(self.process, self.inside().exclude(status__in=CLOSED))
        self.end()


class OwnerStep(Step):
    """Rests while paths run inside it."""

    activation_class: Any = OwnerActivation
    task_type = "OWNER"
    join = None  # its paths are not brought together by another step

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.SYSTEM)


def path_number(token: Token | str, block: str) -> int:
    """The number of the path of a block that a token belongs to."""
    return int(str(token).removeprefix(block).split("/", 1)[0])
