"""Why a case can or cannot be moved: codes with keys of steps and questions; the screens find the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.models import CaseClass

BLOCKING = frozenset({
    "answering",  # the applicant is writing an answer at this moment
    "asked_outside",  # somebody outside has another question in front of them
    "asked_gone",  # the applicant was asked about a question that is gone
    "busy",  # a worker does a step at this moment
    "called",  # it waits for a case of a service that is not called any more
    "calls_back",  # it waits for an answer of another system that would be read otherwise
    "for_ever",  # ways that parted could never come together
    "items",  # the items of a list are gone through otherwise
    "join_gone",  # nothing brings ways that parted together any more
    "no_outcome",  # it would stop without an outcome
    "not_there",  # no case can come to that step on this way
    "nothing_left",  # the last thing to do would be cancelled
    "other_money",  # the applicant was asked for an amount in another currency
    "recorded",  # what staff recorded would be read otherwise
    "unreadable",  # its workflow or its sealed answers cannot be read
    "votes",  # votes are counted otherwise
})  # fmt: skip
NEEDS = frozenset({
    "again",  # a question would be asked again
    "asked",  # a question must be answered now
    "checks",  # a page would be refused
    "gone",  # its step is not in the new version, and the plan does not say where it goes on
    "hidden",  # an answer would not be shown any more
    "removed",  # an answer is not asked for any more
})  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """One thing to know about a case; `words` are keys: of a step, a question, a role."""

    code: str
    words: Mapping[str, str] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As it is kept with the case of a plan."""
        return {"code": self.code, **self.words}


def reason(code: str, **words: str) -> Reason:
    """A reason with its words."""
    return Reason(code, words)


def class_of(reasons: Iterable[Reason]) -> CaseClass:
    """The worst of them decides; a mere note leaves a case safe."""
    codes = {each.code for each in reasons}
    if codes & BLOCKING:
        return CaseClass.BLOCKED
    return CaseClass.NEEDS if codes & NEEDS else CaseClass.SAFE
