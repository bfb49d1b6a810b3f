"""An approval by several people as the page of a case shows it: the rule, who has decided, who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from viewflow.workflow import STATUS

from engine.core.text import Text
from engine.departments.models import User
from workflows.duties import Duty, other_duty
from workflows.models import Case
from workflows.node_type import NodeOptions, node_types
from workflows.roles import may_do
from workflows.selectors.versions import version_of
from workflows.voting.activations import ROUND, ballot_of
from workflows.voting.definition import Weighted
from workflows.voting.sentences import sentence
from workflows.voting.step import VotingStep


@dataclass(frozen=True)
class VoteLine:
    """One vote: whose, and what was decided; without a name it waits for anybody of the role."""

    name: str
    role: str
    vote: str  # "approve", "reject", "return", or empty while it is missing
    label: str
    at: datetime | None
    reason: str
    weight: int
    veto: bool
    is_mine: bool


@dataclass(frozen=True)
class Approval:
    """One round of votes; `result` is empty while it is open."""

    title: str
    rule: str
    result: str
    lines: list[VoteLine]
    weighs: bool  # the weight of a vote counts
    earlier: str  # the reader did this step of the case, so must not vote
    duty: Duty  # what the reader did in the case itself, so must not vote


def approvals_of(user: User, case: Case, items: Sequence[Any], language: str) -> list[Approval]:
    """The rounds of a case, the last one first; a round that was cancelled without any vote is left out."""
    steps = {item.pk: item for item in items if isinstance(item.flow_task, VotingStep)}
    rounds = [item for item in steps.values() if ROUND not in item.data]
    found = []
    for whole in reversed(rounds):
        seats = [item for item in steps.values() if item.data.get(ROUND) == whole.pk]
        if whole.status != STATUS.CANCELED or any(seat.outcome for seat in seats):
            found.append(_approval(user, case, whole, seats, language))
    return found


def votes_of(items: Sequence[Any], item: Any) -> list[Any]:
    """The votes of the round that a work item belongs to; none for any other item."""
    key = item.data.get(ROUND)
    return [other for other in items if key is not None and other.data.get(ROUND) == key]


def _approval(user: User, case: Case, whole: Any, seats: list[Any], language: str) -> Approval:
    version, step = version_of(case.version_id), whole.flow_task
    options = version.node(whole.node_key) or step.options
    labels = {each.key: each.label.in_(language) for each in node_types[options.type].outcomes(options)}
    asked, at = whole.data["levels"], whole.data["at"]
    voting = [ballot_of(seat) for seat in seats if seat.data["level"] == at]
    could_vote = _could_vote(user, case, whole, options)
    lines = [_line(user, seat, labels) for seat in seats if seat.status != STATUS.CANCELED]
    return Approval(
        title=options.title.in_(language),
        rule=sentence(step.levels[asked[at]].rule, voting, (at + 1, len(asked)), language),
        result=labels.get(whole.outcome, ""),
        lines=lines,
        weighs=isinstance(step.levels[asked[at]].rule, Weighted),
        earlier=earlier_step(user, case, options, language) if could_vote else "",
        duty=duty_of(user, case, options) if could_vote else "",
    )


def _line(user: User, seat: Any, labels: dict[str, str]) -> VoteLine:
    done = seat.status == STATUS.DONE
    return VoteLine(
        name=seat.owner.get_full_name() if seat.owner_id else "",
        role=seat.role,
        vote=seat.outcome if done else "",
        label=labels.get(seat.outcome, "") if done else "",
        at=seat.finished,
        reason=str(seat.data.get("reason") or seat.data.get("note") or "") if done else "",
        weight=int(seat.data.get("weight", 1)),
        veto=bool(seat.data.get("veto")),
        is_mine=seat.owner_id == user.pk,
    )


def earlier_step(user: User, case: Case, options: NodeOptions, language: str) -> str:
    """The step that the reader did and because of which somebody else must do this one; empty if none."""
    version, done_by = version_of(case.version_id), case.data.get("done_by", {})
    for key in getattr(options, "not_by", ()):
        if user.pk in done_by.get(key, ()):
            earlier = version.node(key)
            return (earlier.title if earlier else Text(key)).in_(language) or key
    return ""


def duty_of(user: User, case: Case, options: NodeOptions) -> Duty:
    """What the reader did in the case itself, so that somebody else must do this step; empty if nothing."""
    version = version_of(case.version_id)
    return other_duty(user.pk, case, options, version.package.audience, version.node)


def _could_vote(user: User, case: Case, whole: Any, options: NodeOptions) -> bool:
    """Whether the reader would have a vote in the open round, but for what they did before."""
    roles = node_types[options.type].roles(options)
    return whole.finished is None and any(may_do(user, role, case.department_id) for role in roles)
