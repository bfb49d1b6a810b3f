"""Several things are done at the same time."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from engine.core.text import Text
from workflows.hints import StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.parts import Part
from workflows.split_step import SplitStep
from workflows.tokens import Move


class Lane(Part):
    """One of the ways."""

    to: StepKey
    label: Text = Text("")


@node_types.register
class Parallel(NodeType):
    """Several things are done at the same time."""

    key = "parallel"
    label = Text({"en": "At the same time", "fr": "En parallèle", "ar": "بالتوازي"})
    family = "choice"
    icon = "plus"
    bpmn_element = "parallelGateway"
    undoable = True
    accepts = [
        {"key": "both", "type": "parallel", "branches": [{"to": "fire"}, {"to": "health"}]},
        {
            "key": "both",
            "type": "parallel",
            "branches": [{"to": "fire", "label": "Fire safety"}, {"to": "health", "label": "Hygiene"}],
        },
    ]
    rejects = [
        {"key": "both", "type": "parallel", "branches": [{"to": "fire"}]},
        {"key": "both", "type": "parallel"},
        {"key": "both", "type": "parallel", "branches": [{"to": "fire"}, {"to": "fire"}]},
    ]

    class Options(NodeOptions):
        """The ways, all of which are taken."""

        type: Literal["parallel"]
        branches: list[Lane] = Field(min_length=2, max_length=50)

        @model_validator(mode="after")
        def _each_once(self) -> Self:
            if len({lane.to for lane in self.branches}) < len(self.branches):
                raise ValueError("Two of the branches lead to the same step.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [
            Edge(f"branch_{number}", lane.to, "parallel", ("branches", number, "to"), lane.label)
            for number, lane in enumerate(options.branches)
        ]

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        return [Move(tuple(lane.to for lane in options.branches), opens=True)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> Any:
        return SplitStep(options, cls)
