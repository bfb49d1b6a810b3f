"""The applicant corrects what a clerk asked about."""

from collections.abc import Mapping
from typing import Any, Literal

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.clock import arm, begin_item, disarm, pause, resume
from workflows.hints import StepKey
from workflows.models import DeadlineKind, WorkKind
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Surroundings, node_types
from workflows.refusals import AlreadyDecided, NotAsked, NotYours
from workflows.states import being_checked, waiting_for_applicant
from workflows.step import Step, StepActivation, moves
from workflows.submissions import changed_fields, record_submission


class ApplicantActivation(StepActivation):
    """The applicant's turn; every other clock of the case stands still meanwhile."""

    def prepare(self) -> None:
        """The item carries what the clerk asked: which fields, and the note."""
        correction = self.process.data.pop("correction", None) or {"fields": [], "note": "", "asked_by": ""}
        self.process.save(update_fields=["data"])
        self.task.data = {**self.task.data, **correction}
        self.task.owner_id = self.process.applicant_id
        options = self.flow_task.options
        if options.due is not None:
            begin_item(self.task, options.due)

    def arrived(self) -> None:
        """Stop the clocks, and start the applicant's own."""
        waiting_for_applicant(self.process)
        pause(self.process, self.task)
        options = self.flow_task.options
        if options.due is not None and options.on_timeout is not None:
            arm(self.task, self.flow_task.node_key, DeadlineKind.DEADLINE, options.due)

    @moves(STATUS.NEW)
    def activate(self) -> None:
        """Nothing happens until the applicant answers."""

    @moves(STATUS.STARTED, STATUS.DONE)
    def complete(self) -> None:
        """Answered, or not answered in time."""
        self.end()

    def end(self) -> None:
        """Close the item; the clocks run again."""
        super().end()
        if self.flow_task.options.on_timeout is not None:
            disarm(self.task)
        resume(self.process, self.task)

    @moves(STATUS.NEW, STATUS.STARTED)
    def begin(self) -> None:
        """The item is being closed."""
        self.task.started = now()

    def way_out(self) -> str:
        """What followed: an answer, or silence."""
        return "timeout" if self.task.outcome == "timeout" else "next"

    def answer(self, user: Any, answers: Mapping[str, Any]) -> None:
        """Take the corrected answers, and bring the case to what follows."""
        case, task = self.process, self.task
        if task.finished is not None:
            raise AlreadyDecided("", task.finished)
        if user.pk != case.applicant_id:
            raise NotYours
        changed = changed_fields(case.answers, answers)
        asked = set(task.data["fields"])
        refused = [key for key in changed if asked and key in answers and key not in asked]
        if refused:
            raise NotAsked(refused)
        case.keep_answers(answers)
        record_submission(case, self.flow_task.form_key, self.flow_task.node_key, user, changed)
        task.outcome = "answered"
        being_checked(case)
        self._go_on()

    def fire(self, deadline: Any) -> None:
        """The applicant did not answer in time."""
        self.task.outcome = "timeout"
        being_checked(self.process)
        self._go_on()

    def _go_on(self) -> None:
        self.begin()
        self.complete()
        self.activate_next()


class ApplicantStep(Step):
    """The applicant's turn."""

    activation_class = ApplicantActivation
    task_type = "APPLICANT"

    def __init__(self, options: NodeOptions, node_type: type[NodeType], form_key: str) -> None:
        super().__init__(options, node_type, WorkKind.APPLICANT)
        self.form_key = form_key

    def own_deadline(self) -> DeadlineKind | None:
        """The time for the answer, where something follows when it is over."""
        return DeadlineKind.DEADLINE if self.options.due and self.options.on_timeout is not None else None

    def fire(self, host: Any, deadline: Any) -> None:
        """The time for the answer is over."""
        host.fire(deadline)


@node_types.register
class ApplicantTask(NodeType):
    """The applicant corrects what a clerk asked about."""

    key = "applicant_task"
    label = Text(
        {"en": "Correction by applicant", "fr": "Correction par le demandeur", "ar": "تصحيح من مقدم الطلب"}
    )
    family = "applicant"
    icon = "user-round-pen"
    common = 1
    bpmn_element = "userTask"
    waits = True
    accepts = [
        {"key": "correct", "type": "applicant_task", "title": "Correct", "next": "check"},
        {
            "key": "correct",
            "type": "applicant_task",
            "due": {"working_days": 10},
            "next": "check",
            "on_timeout": "expired",
        },
    ]
    rejects = [{"key": "correct", "type": "applicant_task", "due": {"weeks": 1}, "next": "check"}]

    class Options(NodeOptions):
        """How long the applicant has, and where the case goes after."""

        type: Literal["applicant_task"]
        due: Span | None = None
        next: StepKey
        on_timeout: StepKey | None = None

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        edges = [Edge("next", options.next, "next", ("next",))]
        if options.on_timeout is not None:
            label = Text({"en": "No answer", "fr": "Sans réponse", "ar": "لا رد"})
            edges.append(Edge("timeout", options.on_timeout, "timeout", ("on_timeout",), label))
        return edges

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> ApplicantStep:
        return ApplicantStep(options, cls, blueprint.start_form)

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.due

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        if not options.title:
            problems.at("title").mend("missing", "This step needs a title: the applicant reads it.")
        if options.on_timeout is not None and options.due is None:
            problems.at("due").mend(
                "missing", "Say how long the applicant has (due), because on_timeout depends on it."
            )
