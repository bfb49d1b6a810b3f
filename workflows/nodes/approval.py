"""A supervisor approves, rejects or sends back."""

from typing import Literal

from pydantic import Field

from engine.core.problems import Problems
from engine.core.text import Text
from engine.core.worktime import Span
from workflows.node_type import Blueprint, Edge, NodeOptions, NodeType, Outcome, Surroundings, node_types
from workflows.parts import Key, StaffRole
from workflows.person import PersonStep
from workflows.person_checks import check_person_step

APPROVE = Text({"en": "Approve", "fr": "Approuver", "ar": "موافقة"})
REJECT = Text({"en": "Refuse", "fr": "Refuser", "ar": "رفض"})
RETURN = Text({"en": "Return for correction", "fr": "Renvoyer pour correction", "ar": "إعادة للتصحيح"})


@node_types.register
class Approval(NodeType):
    """A supervisor approves, rejects or sends back."""

    key = "approval"
    label = Text({"en": "Approval", "fr": "Approbation", "ar": "موافقة"})
    family = "person"
    icon = "stamp"
    bpmn_element = "userTask"
    waits = True
    has_deadlines = True
    accepts = [
        {"key": "sign", "type": "approval", "role": "supervisor", "approve": "issue", "reject": "refused"},
        {
            "key": "sign",
            "type": "approval",
            "role": "supervisor",
            "approve": "issue",
            "reject": "refused",
            "return": "correct",
            "not_by": ["check"],
        },
    ]
    rejects = [
        {"key": "sign", "type": "approval", "role": "supervisor", "approve": "issue"},
        {"key": "sign", "type": "approval", "role": "anybody", "approve": "issue", "reject": "refused"},
    ]

    class Options(NodeOptions):
        """Who approves, and where each answer leads."""

        type: Literal["approval"]
        role: StaffRole
        approve: Key
        reject: Key
        return_to: Key | None = Field(default=None, alias="return")
        form: Key | None = None
        due: Span | None = None
        not_by: list[Key] = Field(default_factory=list, description="Who did these steps may not approve.")

    @classmethod
    def outcomes(cls, options: Options) -> list[Outcome]:
        found = [
            Outcome(key="approve", label=APPROVE, next=options.approve),
            Outcome(key="reject", label=REJECT, next=options.reject, style="refuse", reason="required"),
        ]
        if options.return_to is not None:
            back = Outcome(
                key="return", label=RETURN, next=options.return_to, style="return", reason="required"
            )
            found.append(back)
        return found

    @classmethod
    def targets(cls, options: Options) -> list[Edge]:
        return [
            Edge(outcome.key, outcome.next, "outcome", (outcome.key,), outcome.label)
            for outcome in cls.outcomes(options)
        ]

    @classmethod
    def build(cls, options: Options, blueprint: Blueprint) -> PersonStep:
        return PersonStep(options, cls)

    @classmethod
    def form(cls, options: Options) -> str | None:
        return options.form

    @classmethod
    def span(cls, options: Options) -> Span | None:
        return options.due

    @classmethod
    def check(cls, options: Options, around: Surroundings, problems: Problems) -> None:
        check_person_step(options, around, problems)
