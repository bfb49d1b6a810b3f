"""Of several ways the first that arrives goes on."""

from typing import Literal

from engine.core.text import Text
from workflows.hints import StepKey
from workflows.join_step import JoinStep
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.tokens import Move


@node_types.register
class FirstWins(NodeType):
    """Of several ways the first that arrives goes on; what is open on the others is cancelled."""

    key = "first_wins"
    label = Text({"en": "First wins", "fr": "Le premier l’emporte", "ar": "الأسبق يفوز"})
    family = "join"
    icon = "flag"
    bpmn_element = "complexGateway"
    accepts = [{"key": "race", "type": "first_wins", "next": "decide"}]
    rejects = [
        {"key": "race", "type": "first_wins"},
        {"key": "race", "type": "first_wins", "needs": 2, "next": "decide"},
    ]

    class Options(NodeOptions):
        """Where the case goes on."""

        type: Literal["first_wins"]
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def moves(cls, options: Options) -> list[Move]:
        return [Move((options.next,), closes=True, needs=1)]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> JoinStep:
        return JoinStep(options, cls, 1)
