"""Finished steps are undone, the last first."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.compensating import UNDONE, to_undo, undoing_of
from workflows.hints import EarlierStep, StepKey
from workflows.models import WorkItem
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.owner_step import OwnerActivation, OwnerStep


class CompensateActivation(OwnerActivation):
    """Undoes one visit after the other; each visit of a step once, whoever asks for it."""

    next_visit: WorkItem | None = None

    def look(self) -> None:
        """Go on when the path that undoes the last visit has ended and there is no other."""
        runs = bool(self.running())
        self.next_visit = None if runs else to_undo(self.process, self.flow_task.options.steps)
        self.is_done = not runs and self.next_visit is None

    def begin_inside(self) -> Iterator[Any]:
        """The path that undoes the next visit."""
        visit, self.next_visit = self.next_visit, None
        if visit is not None:
            visit.data = {**visit.data, UNDONE: self.task.pk}
            visit.save(update_fields=["data"])
            # by key: the visit may be of an earlier version, from which the case was moved
            yield undoing_of(self.flow_class.step(visit.node_key))


class CompensateStep(OwnerStep):
    """Rests while the steps before it are undone."""

    activation_class = CompensateActivation


@node_types.register
class Compensate(NodeType):
    """Finished steps are undone, the last first."""

    key = "compensate"
    label = Text({"en": "Undo steps", "fr": "Annuler des étapes", "ar": "إلغاء خطوات"})
    family = "event"
    icon = "rewind"
    bpmn_element = "intermediateThrowEvent"
    bpmn_definition = "compensateEventDefinition"
    accepts = [
        {"key": "undo", "type": "compensate", "next": "refused"},
        {"key": "undo", "type": "compensate", "steps": ["book"], "next": "refused"},
    ]
    rejects = [{"key": "undo", "type": "compensate"}]

    class Options(NodeOptions):
        """What is undone, and where the case goes then."""

        type: Literal["compensate"]
        steps: list[EarlierStep] = Field(
            default_factory=list, max_length=100, description="Only these; without any, all that can be."
        )
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> CompensateStep:
        return CompensateStep(options, cls)

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        undone = {around.type_of(key).undoes(each) for key, each in around.nodes.items()} - {None}
        for number, key in enumerate(options.steps):
            if key not in undone:
                sentence = f'Nothing says how the step "{key}" is undone.'
                problems.at("steps", number).mend("not_undone", sentence)
        if not undone:
            problems.look("nothing_to_undo", "No step says how it is undone, so nothing happens here.")
