"""The case rests until a signal is thrown in its department."""

from typing import Any, Literal

from engine.core.text import Text
from workflows.awaiting import expect, forget, keep_on
from workflows.catching import CatchActivation, CatchStep
from workflows.hints import EventName, StepKey
from workflows.models import AwaitedKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types


class SignalCatchActivation(CatchActivation):
    """Waits for its signal; one that was thrown before is not heard."""

    def arrived(self) -> None:
        """Begin to listen."""
        step = self.flow_task
        expect(self.process, step.node_key, AwaitedKind.SIGNAL, step.options.signal, item=self.task)

    def end(self) -> None:
        """Close the item, and listen no more."""
        super().end()
        forget(self.task)


class SignalCatchStep(CatchStep):
    """Found by a question to the database: no receiver in any process."""

    activation_class = SignalCatchActivation
    task_type = "SIGNAL"

    def take_over(self, activation: Any, before: Any) -> None:
        """Listen for the signal of this version; the same is listened for since it was first."""
        if self.options.signal == before.options.signal:
            keep_on(activation.task)
        else:
            forget(activation.task)
            activation.arrived()

    def came(self, host: Any, said: dict[str, Any]) -> None:
        """The signal was thrown: go on."""
        host.come()


@node_types.register
class SignalCatch(NodeType):
    """The case rests until a signal is thrown in its department."""

    key = "signal_catch"
    label = Text({"en": "Wait for a signal", "fr": "Attendre un signal", "ar": "انتظار إشارة"})
    family = "event"
    icon = "radio-receiver"
    bpmn_element = "intermediateCatchEvent"
    bpmn_definition = "signalEventDefinition"
    waits = True
    catches = True
    accepts = [{"key": "budget", "type": "signal_catch", "signal": "budget_is_open", "next": "pay"}]
    rejects = [
        {"key": "budget", "type": "signal_catch", "next": "pay"},
        {"key": "budget", "type": "signal_catch", "signal": "Budget is open!", "next": "pay"},
    ]

    class Options(NodeOptions):
        """Which signal."""

        type: Literal["signal_catch"]
        signal: EventName
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SignalCatchStep:
        return SignalCatchStep(options, cls)
