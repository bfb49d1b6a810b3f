"""What can be done with a case where it stands: each a move that the walker may make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from engine.departments.models import User
from workflows.dry_run.acting import do
from workflows.dry_run.background import settle
from workflows.dry_run.pretending import made_up
from workflows.dry_run.report import Choice, OpenWork, Report
from workflows.dry_run.script import (
    Act,
    Apply,
    CallBack,
    Correct,
    Decide,
    Message,
    Open,
    Outside,
    Reply,
    Wait,
    Withdraw,
)
from workflows.dry_run.stage import Stage
from workflows.node_type import node_types
from workflows.services.drafts import start_draft
from workflows.services.submitting import submit
from workflows.walking.bodies import body_for

SAID = "Walked by itself"
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, order=True)
class Move:
    """One thing that can be done: where, what, by whom."""

    step: str
    what: str
    by: str = ""
    play: Callable[[Stage], None] = field(compare=False, default=lambda stage: None)

    def __str__(self) -> str:
        parts = [self.step, self.what, f"by {self.by}" if self.by else ""]
        return " ".join(part for part in parts if part)


def _acted(step: str, what: str, act: Act, by: str = "") -> Move:
    return Move(step, what, by, lambda stage: do(stage, act, "en"))


def moves(stage: Stage, report: Report, chance: Random, applications: int = 1) -> list[Move]:
    """Everything that can be done now, in a fixed order; the same chance gives the same made-up answers."""
    found = [*_beginnings(stage, report, chance, applications)]
    for work in report.open:
        found += _of(stage, work, chance)
    if report.next_at is not None:
        found.append(_acted("", "wait", Wait(do="wait")))
    if report.moments and not report.ended and _can_withdraw(stage):
        found.append(_acted("", "withdraw", Withdraw(do="withdraw"), "applicant"))
    return sorted(dict.fromkeys(found))


def _beginnings(stage: Stage, report: Report, chance: Random, applications: int) -> Iterator[Move]:
    """Applications with different answers: which way a case goes may depend on them."""
    start = stage.package.nodes.get(stage.package.workflow.start)
    if report.moments or start is None or not stage.package.start_form_key:
        return
    for number in range(1, applications + 1):
        again, sample = f" {number}" if applications > 1 else "", _sample(chance)
        for action in node_types[start.type].actions(start):
            for role in (each for each in action.roles if stage.package.who(each) != "system"):
                yield Move(
                    start.key, f"{action.key}{again}", role, _begun(start.key, action.key, role, sample)
                )
        if stage.package.takes_applications and not node_types[start.type].actions(start):
            yield _acted(start.key, f"apply{again}", Apply(do="apply", sample=sample), "applicant")


def _begun(start: str, action: str, role: str, sample: int) -> Callable[[Stage], None]:
    """Somebody fills in the form and takes one of the first actions."""

    def play(stage: Stage) -> None:
        by, applicant = _person(stage, role), stage.cast.applicant
        draft = start_draft(by, stage.service, "en", start="" if by == applicant else start)
        answers = made_up(stage, stage.parts.start_form, sample, "en", owner=applicant)
        draft.answers = {**draft.answers, **answers}
        draft.save(update_fields=["answers"])
        submit(draft, by=by, action=action)
        settle(stage)

    return play


def _person(stage: Stage, role: str) -> User:
    """Somebody who has a role."""
    applies = stage.package.who(role) == "applicant"
    return stage.cast.applicant if applies else stage.cast.people[f"{role}-1"]


def _sample(chance: Random) -> int:
    return chance.randint(0, 1_000_000)


def _can_withdraw(stage: Stage) -> bool:
    return any(getattr(options, "event", "") == WITHDRAWN for options in stage.package.workflow.nodes)


def _of(stage: Stage, work: OpenWork, chance: Random) -> Iterator[Move]:
    """What can be done with one thing that the case waits for."""
    options = stage.package.nodes.get(work.step)
    keep: Any = getattr(options, "keep", None) or {}
    match work.kind:
        case "person" | "state":
            for choice in work.choices:
                yield from _choices(stage, work, choice, chance)
        case "outside":
            for choice in work.choices:
                act = Outside(do="outside", step=work.step, outcome=choice.key, reason=SAID)
                yield _acted(work.step, choice.key, act, "outside")
        case "applicant":
            yield _acted(work.step, "correct", Correct(do="correct"), "applicant")
        case "start" if not _begins_by_action(stage, work.step):
            yield _acted(work.step, "open", Open(do="open", step=work.step), work.role)
        case "call":
            reply = Reply(do="reply", step=work.step, body=body_for(keep, chance))
            yield _acted(work.step, "answers", reply)
            yield _acted(work.step, "fails", Reply(do="reply", step=work.step, failure="timeout"))
        case "call_back":
            later = getattr(getattr(options, "callback", None), "keep", None) or {}
            yield _acted(
                work.step,
                "calls back",
                CallBack(do="call_back", step=work.step, body=body_for(later, chance)),
            )
        case "message":
            message = Message(do="message", name=work.name, body=body_for(keep, chance))
            yield _acted(work.step, f"message {work.name}", message)


def _begins_by_action(stage: Stage, step: str) -> bool:
    """Whether this is the start of the workflow and its actions are moves already."""
    options = stage.package.nodes[step]
    return step == stage.package.workflow.start and bool(node_types[options.type].actions(options))


def _choices(stage: Stage, work: OpenWork, choice: Choice, chance: Random) -> Iterator[Move]:
    """One outcome; of an action in a state by every role that may take it."""
    fields = _asked_back(stage) if choice.style == "return" else []
    for role in choice.roles or ("",):
        act = Decide(
            do="decide",
            step=work.step,
            outcome=choice.key,
            by="applicant" if role and stage.package.who(role) == "applicant" else role,
            reason=SAID,
            fields=fields,
            sample=_sample(chance),
        )
        yield _acted(work.step, choice.key, act, role or work.role)


def _asked_back(stage: Stage) -> list[str]:
    """An answer that can be asked for again."""
    case, form = next(iter(stage.cases()), None), stage.parts.start_form if stage.package.start_form else None
    known = [question.key for question in form.questions()] if form is not None else []
    return [key for key in known if case is not None and key in case.answers][:1]
