"""A supervisor approves, rejects or sends back."""

from typing import Literal

from pydantic import Field

from engine.core.text import Text
from workflows.node_type import Edge, Outcome, node_types
from workflows.parts import Key
from workflows.person_node import PersonNode, PersonOptions

APPROVE = Text({"en": "Approve", "fr": "Approuver", "ar": "موافقة"})
REJECT = Text({"en": "Refuse", "fr": "Refuser", "ar": "رفض"})
RETURN = Text({"en": "Return for correction", "fr": "Renvoyer pour correction", "ar": "إعادة للتصحيح"})


@node_types.register
class Approval(PersonNode):
    """A supervisor approves, rejects or sends back."""

    key = "approval"
    label = Text({"en": "Approval", "fr": "Approbation", "ar": "موافقة"})
    icon = "stamp"
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

    class Options(PersonOptions):
        """Who approves, and where each answer leads."""

        type: Literal["approval"]
        approve: Key
        reject: Key
        return_to: Key | None = Field(default=None, alias="return")

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
