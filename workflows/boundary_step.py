"""A step on the edge of another: what happens there leads away from it, or to a path beside it."""

from __future__ import annotations

from typing import Any

from viewflow import this
from viewflow.workflow.token import Token

from workflows.models import WorkKind
from workflows.node_type import NodeOptions, NodeType
from workflows.step import Step, reference


class BoundaryStep(Step):
    """Set on another step, its host; unlike Viewflow's boundary events it connects no signal."""

    task_type = "BOUNDARY"

    def __init__(self, options: NodeOptions, node_type: type[NodeType]) -> None:
        super().__init__(options, node_type, WorkKind.EVENT)
        self.host: Any = reference(self.options.on) if self.options.on is not None else None

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        if self.host is not None:
            self.host = this.resolve(instance, self.host)
            self.attach(self.host)

    def attach(self, host: Any) -> None:
        """Tell the host; by default each of its work items is watched from its beginning to its end."""
        host.watchers.append(self)

    def leave(self, host: Any, name: str, data: dict[str, Any]) -> None:
        """Leave the visit of the host, or begin a path beside it; `name` tells such paths apart."""
        interrupting = self.options.interrupting
        # a path beside the step must not carry the token of a split, or its join would wait for it
        token = host.task.token if interrupting else Token(f"beside_{name}")
        mine = self._create(host, token)
        mine.task.data = data
        if interrupting:
            host.cancel()
        mine.complete()
        mine.activate_next()
