"""What undoes a step, if it must be undone later."""

from typing import Literal

from engine.core.problems import Problems
from engine.core.text import Text
from workflows.catchers import CatcherStep
from workflows.compensating import KIND
from workflows.hints import HostKey, StepKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types, sentence_of


class CompensationStep(CatcherStep):
    """The first step of a path that undoes its host; it begins only when the case comes to undo steps."""

    task_type = "COMPENSATION"
    catches_kind = KIND


@node_types.register
class Compensation(NodeType):
    """What undoes a step, if it must be undone later."""

    key = "compensation"
    label = Text({"en": "How it is undone", "fr": "Comment l’annuler", "ar": "كيف يُلغى"})
    family = "event"
    icon = "undo-2"
    bpmn_element = "boundaryEvent"
    bpmn_definition = "compensateEventDefinition"
    accepts = [{"key": "unbook", "type": "compensation", "on": "book", "next": "cancel_booking"}]
    rejects = [{"key": "unbook", "type": "compensation", "next": "cancel_booking"}]

    class Options(NodeOptions):
        """Which step, and the first step of the path that undoes it; the path ends without an outcome."""

        type: Literal["compensation"]
        on: HostKey
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> CompensationStep:
        return CompensationStep(options, cls)

    @classmethod
    def watches(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def undoes(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        host = around.nodes.get(options.on)
        if host is None:
            problems.at("on").mend("unknown_step", f'There is no step "{options.on}".')
            return
        if around.type_of(options.on).family not in ("person", "applicant", "system", "structure"):
            sentence = f"Nothing is done at the step {sentence_of(host)}, so there is nothing to undo."
            problems.at("on").mend("nothing_done", sentence)
        ways = [key for key, each in around.nodes.items() if around.type_of(key).undoes(each) == options.on]
        if len(ways) > 1:
            sentence = f"The step {sentence_of(host)} is undone in two ways. It can have one."
            problems.at("on").mend("doubled", sentence)
