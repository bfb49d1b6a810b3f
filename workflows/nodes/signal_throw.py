"""A signal to everything in the department that waits for it."""

from typing import Any, Literal

from engine.core.text import Text
from workflows.hints import EventName, StepKey
from workflows.job_step import MOST_ATTEMPTS, Job, JobStep, Reply
from workflows.models import WorkItem
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, node_types
from workflows.signals import spread


class NotHeardByAll(Exception):
    """Some who wait for the signal could not be reached at this attempt."""


class SignalThrowStep(JobStep):
    """A worker spreads the signal, so that no lock is held on this case meanwhile."""

    def work(self, job: Job) -> dict[str, Any]:
        """Tell all who waited when the case came here; at last the case goes on without the rest."""
        thrown_at = WorkItem.objects.values_list("created", flat=True).get(pk=job.item_id)
        heard = spread(
            self.options.signal,
            department_id=job.case.department_id,
            at=thrown_at,
            occasion=str(job.item_id),
            cause=job.case,
        )
        if heard.failed and job.attempt < MOST_ATTEMPTS:
            raise NotHeardByAll
        return {"reached": heard.reached, "not_reached": heard.failed}

    def rehearse(self, job: Job, reply: Reply | None) -> dict[str, Any]:
        """Whoever waits for it stands on the same stage."""
        return self.work(job)


@node_types.register
class SignalThrow(NodeType):
    """A signal to everything in the department that waits for it."""

    key = "signal_throw"
    label = Text({"en": "Signal", "fr": "Signal", "ar": "إشارة"})
    family = "event"
    icon = "radio-tower"
    bpmn_element = "intermediateThrowEvent"
    bpmn_definition = "signalEventDefinition"
    waits = True
    fails = True
    accepts = [{"key": "open", "type": "signal_throw", "signal": "budget_is_open", "next": "done"}]
    rejects = [{"key": "open", "type": "signal_throw", "next": "done"}]

    class Options(NodeOptions):
        """Which signal."""

        type: Literal["signal_throw"]
        signal: EventName
        next: StepKey

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [Edge("next", options.next, "next", ("next",))]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> SignalThrowStep:
        return SignalThrowStep(options, cls)
