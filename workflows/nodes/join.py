"""Ways that were taken at the same time come together."""

from typing import Literal, Self

from pydantic import Field, model_validator

from engine.core.text import Text
from workflows.hints import StepKey
from workflows.join_step import JoinStep
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.tokens import Move

TOO_FEW = Text({"en": "Too few came", "fr": "Trop peu sont arrivés", "ar": "وصل عدد غير كافٍ"})


@node_types.register
class Join(NodeType):
    """Ways that were taken at the same time come together."""

    key = "join"
    label = Text({"en": "Wait for all", "fr": "Attendre tous", "ar": "انتظار الجميع"})
    family = "join"
    icon = "merge"
    bpmn_element = "inclusiveGateway"
    accepts = [
        {"key": "together", "type": "join", "next": "decide"},
        {"key": "together", "type": "join", "needs": 2, "next": "decide"},
        {"key": "together", "type": "join", "needs": 2, "next": "decide", "otherwise": "refused"},
    ]
    rejects = [
        {"key": "together", "type": "join"},
        {"key": "together", "type": "join", "needs": 0, "next": "decide"},
        {"key": "together", "type": "join", "next": "decide", "otherwise": "refused"},
    ]

    class Options(NodeOptions):
        """How many must come, and where the case goes on."""

        type: Literal["join"]
        needs: int | None = Field(
            default=None,
            ge=1,
            le=50,
            description="So many are enough, and the others are cancelled; without it all are waited for.",
        )
        next: StepKey
        otherwise: StepKey | None = Field(
            default=None, description="Where the case goes when so many can come no more."
        )

        @model_validator(mode="after")
        def _otherwise_counts(self) -> Self:
            if self.otherwise is not None and self.needs is None:
                raise ValueError("Say how many are needed (needs), because otherwise depends on it.")
            return self

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        edges = [Edge("next", options.next, "next", ("next",))]
        if options.otherwise is not None:
            edges.append(Edge("otherwise", options.otherwise, "otherwise", ("otherwise",), TOO_FEW))
        return edges

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        found = [Move((options.next,), closes=True, needs=options.needs)]
        if options.otherwise is not None:
            found.append(Move((options.otherwise,), closes=True, needs=options.needs, fewer=True))
        return found

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> JoinStep:
        return JoinStep(options, cls, options.needs)
