"""The Viewflow node and activation that all our steps are made of.

No activation here swallows an error: Viewflow would store the local variables of the failing frame in the
row, which may be personal data. An error rolls the whole transition back instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.utils.timezone import now
from viewflow import this
from viewflow.workflow import STATUS, Activation
from viewflow.workflow.base import Edge as ViewflowEdge
from viewflow.workflow.base import Node

from workflows.advancing import advance, cancel_items
from workflows.clock import arm, disarm, note_item, stand_still
from workflows.models import DeadlineKind, WorkKind
from workflows.node_type import NodeOptions, NodeType

F = TypeVar("F", bound=Callable[..., Any])
OPEN = [STATUS.NEW, STATUS.ASSIGNED, STATUS.SCHEDULED, STATUS.STARTED, STATUS.ERROR]
KEPT = (
    *("flow_task_type", "department_id", "service_id", "node_key"),
    *("kind", "role", "other_roles", "due_at"),
)
PREFIX = "n_"  # so that no step collides with an attribute of Flow


def moves(source: Any, target: Any = None, *, only_if: Any = None) -> Callable[[F], F]:
    """A change of status, typed for the decorated method; `only_if` is a condition that has to hold."""
    words: dict[str, Any] = {"source": source}
    if target is not None:
        words["target"] = target
    if only_if is not None:
        words["conditions"] = [only_if]
    wrap: Callable[[F], F] = Activation.status.transition(**words)
    return wrap


class StepActivation(Activation):  # type: ignore[misc]  # viewflow has no types
    """One visit of a case to a step."""

    task: Any
    process: Any
    status: Any
    repairable = False  # it can fail, be skipped and be tried again: has `retry`

    @classmethod
    def create(
        cls, flow_task: Any, prev_activation: Any, token: Any, data: Any = None, seed: Any = None
    ) -> StepActivation:
        """Make the work item; its row is written once, in the state that it has at the end."""
        activation = cls(flow_task.new_item(prev_activation.process, token, data or {}))
        activation.prepare()
        stand_still(activation.task)
        activation.task.save()
        activation.task.previous.add(prev_activation.task)
        note_item(activation.task)
        flow_task.arm_deadlines(activation.task)
        activation.arrived()
        return activation

    def prepare(self) -> None:
        """Fill in the new work item."""

    def arrived(self) -> None:
        """What else happens when a case comes here."""

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Do the work of a step that does not wait."""
        self.perform()

    def perform(self) -> None:
        """The work of a step that does not wait."""

    @moves(STATUS.NEW, STATUS.DONE)
    def complete(self) -> None:
        """The step is done."""
        self.end()

    def end(self) -> None:
        """Close the work item."""
        self.task.finished = now()
        self.task.lease_until = None
        self.task.save()
        self.flow_task.disarm_deadlines(self.task)

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """The step that follows."""
        yield self.flow_task.routes[self.way_out()]._create(self, self.task.token)

    @moves(STATUS.DONE)
    def activate_next(self) -> None:
        """Bring the case to what follows; what raced with this step is not needed any more."""
        if self.flow_task.rivals:
            cancel_items(self.process, self.flow_task.rivals_of(self.task))
        advance(self.create_next())

    def _activate_next(self, activations: Iterable[Any]) -> None:
        """The loop that Viewflow itself calls."""
        advance(activations)

    def way_out(self) -> str:
        """The name of the edge to follow."""
        return "next"

    def prepare_revived_task(self, task: Any) -> None:
        """Viewflow's revive() copies only its own columns."""
        for column in KEPT:
            setattr(task, column, getattr(self.task, column))

    @moves(STATUS.ERROR, STATUS.DONE)
    def skip(self, reason: str) -> None:
        """Go on without the work, after somebody has looked; the item keeps why."""
        self.task.data = {**self.task.data, "skipped": reason}
        self.end()

    @moves(OPEN, STATUS.CANCELED)
    def cancel(self) -> None:
        """The step is not needed any more."""
        self.end()


class LastActivation(StepActivation):
    """One visit of a case to a step that leads nowhere."""

    @moves(STATUS.DONE)
    def create_next(self) -> Iterator[Any]:
        """Nothing follows."""
        return iter(())


class Step(Node):  # type: ignore[misc]  # viewflow has no types
    """One step of a compiled workflow."""

    activation_class: Any = StepActivation
    task_type = "STEP"
    watches_case = False  # set on the whole case, from its beginning for a time
    on_case = ""  # what must happen to the case, at whatever step it is, for this one to take over
    rechecks = False  # waits until the data of the case let it go on
    outside_choices: Sequence[Any] = ()  # what somebody outside can answer, for who tries it out
    shape = {"width": 150, "height": 100, "svg": '<rect class="task" width="150" height="100"/>'}

    def __init__(self, options: NodeOptions, node_type: type[NodeType], kind: WorkKind) -> None:
        super().__init__()
        self.options: Any = options
        self.node_type = node_type
        self.kind = kind
        self.node_key = options.key
        self.bpmn_element = node_type.bpmn_element
        self.task_title = options.title.in_("en") or options.key
        self.edges = node_type.targets(options)
        self.routes: dict[str, Any] = {edge.name: reference(edge.to) for edge in self.edges}
        self.watchers: list[Any] = []
        self.catchers: list[Any] = []  # steps on the edge of this one, for what is raised here
        self.rivals: list[Any] = []  # steps that race with this one behind a choice by events

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.routes = {name: this.resolve(instance, node) for name, node in self.routes.items()}

    def _outgoing(self) -> Iterator[Any]:
        for edge in self.edges:
            kind = "default" if edge.kind == "otherwise" else "next"
            label = edge.label.in_("en") or None
            yield ViewflowEdge(src=self, dst=self.routes[edge.name], edge_class=kind, label=label)

    def new_item(self, case: Any, token: Any, data: dict[str, Any]) -> Any:
        """An unsaved work item of this step."""
        return self.flow_class.task_class(
            process=case,
            flow_task=self,
            flow_task_type=self.task_type,
            token=token,
            department_id=case.department_id,
            service_id=case.service_id,
            node_key=self.node_key,
            kind=self.kind.value,
            data=data,
        )

    def answer_outside(self, host: Any, chosen: str, words: str) -> None:
        """While a workflow is tried out: go on as if somebody outside had answered this."""
        raise NotImplementedError

    def arm_deadlines(self, item: Any) -> None:
        """Set the deadlines that watch this step."""
        for watcher in self.watchers:
            watcher.watch(item)

    def watch(self, item: Any) -> None:
        """Begin to watch an item of the step that this one is set on; by default until a time is over."""
        arm(item, self.node_key, DeadlineKind.DEADLINE, self.options.after)

    def warned_at(self, calendar: Any, due_at: datetime | None, number: int) -> datetime | None:
        """When a warning of this step is due, if the step is due then; None for steps that do not warn."""
        return None

    def catch(self, activation: Any, code: str) -> bool:
        """Take over when an error of this code is raised in the case; True if this step did."""
        return False

    def rivals_of(self, item: Any) -> Any:
        """The open items that race with an item of this step."""
        found = self.flow_class.task_class.objects.filter(process_id=item.process_id, token=item.token)
        return found.filter(node_key__in=[step.node_key for step in self.rivals], status__in=OPEN)

    def refuses(self, item: Any, before: Any) -> str:
        """Why work at the step of another version cannot go on here, as a code; empty where it can."""
        return ""

    def take_over(self, activation: Any, before: Any) -> None:
        """Work at the step of another version goes on here: set what lies outside of its row."""

    def own_deadline(self) -> DeadlineKind | None:
        """The kind of the deadline that the step sets for its own time; None where it sets none."""
        return None

    def disarm_deadlines(self, item: Any) -> None:
        """Drop them; costs nothing where there are none."""
        if self.watchers:
            disarm(item)


def reference(key: str) -> Any:
    """A step by its key, before the flow is built."""
    return getattr(this, PREFIX + key)
