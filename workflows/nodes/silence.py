"""Nobody decides in time, and that is a decision."""

from typing import Any, Literal

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.boundary_step import BoundaryStep
from workflows.hints import HostKey, OutcomeKey
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types, sentence_of


class SilenceStep(BoundaryStep):
    """Decides in place of the people who did not."""

    task_type = "SILENCE"

    def fire(self, host: Any, deadline: Any) -> None:
        """The time is over: the watched step ends with the outcome that silence means."""
        mine = self._create(host, host.task.token)
        mine.task.data = {"deadline": deadline.pk, "outcome": self.options.outcome}
        mine.complete()
        host.decide_by_silence(self.options.outcome)


@node_types.register
class Silence(NodeType):
    """Nobody decides in time, and that is a decision."""

    key = "silence"
    label = Text({"en": "Decision by silence", "fr": "Décision tacite", "ar": "قرار بالسكوت"})
    family = "event"
    icon = "file-clock"
    bpmn_element = "boundaryEvent"
    bpmn_definition = "timerEventDefinition"
    accepts = [
        {
            "key": "tacit",
            "type": "silence",
            "on": "check",
            "after": {"working_days": 20},
            "outcome": "approve",
        }
    ]
    rejects = [
        {"key": "tacit", "type": "silence", "on": "check", "outcome": "approve"},
        {"key": "tacit", "type": "silence", "on": "check", "after": {"working_days": 20}},
    ]

    class Options(NodeOptions):
        """Which step, how long, and with which of its outcomes it ends then."""

        type: Literal["silence"]
        on: HostKey
        after: Span
        outcome: OutcomeKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return []

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SilenceStep:
        return SilenceStep(options, cls)

    @classmethod
    def watches(cls, options: Options) -> str | None:
        return options.on

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.after

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        watched = around.nodes.get(options.on)
        if watched is None:
            problems.at("on").mend("unknown_step", f'There is no step "{options.on}".')
            return
        known = {outcome.key: outcome for outcome in around.type_of(options.on).outcomes(watched)}
        if not around.type_of(options.on).has_deadlines or not known:
            sentence = (
                f"Nobody decides anything at the step {sentence_of(watched)}, so silence means nothing there."
            )
            problems.at("on").mend("no_decision", sentence)
        elif options.outcome not in known:
            sentence = f'The step {sentence_of(watched)} has no outcome "{options.outcome}".'
            problems.at("outcome").mend("unknown_outcome", sentence)
        elif known[options.outcome].style == "return":
            sentence = "Silence cannot send a case back: nobody would say what to correct."
            problems.at("outcome").mend("no_correction", sentence)
