"""Doing what a walk says, through the verbs that the screens use."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from engine.departments.models import User
from workflows.acting import Actor, System
from workflows.calling import callback_token
from workflows.clock import calendar_of
from workflows.dry_run.background import settle
from workflows.dry_run.passing import pass_time
from workflows.dry_run.pretending import said, with_files
from workflows.dry_run.refusing import ActRefused, NobodyMay
from workflows.dry_run.script import (
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
from workflows.incoming import take_in
from workflows.job_step import Reply as Answer
from workflows.jobs import rehearse_job
from workflows.models import Awaited, AwaitedKind, Case, Draft, WorkItem, WorkKind
from workflows.node_type import node_types
from workflows.refusals import AlreadyVoted, Barred, NotYours, SamePerson, UnknownOutcome
from workflows.selectors.first_actions import first_actions, form_of_start
from workflows.selectors.versions import Version, version_of
from workflows.services.acting import act as take_action
from workflows.services.callbacks import call_back
from workflows.services.correcting import answer_correction, start_correction
from workflows.services.deciding import decide, form_of
from workflows.services.drafts import start_draft
from workflows.services.starts import open_case
from workflows.services.submitting import submit
from workflows.services.withdrawing import withdraw
from workflows.unit import open_item

Anybody = TypeVar("Anybody")
ANOTHER_MAY = (PermissionDenied, SamePerson, AlreadyVoted, NotYours, Barred, NobodyMay)


def do(stage: Stage, act: Any, language: str) -> None:
    """One act, and everything that follows from it by itself; raises ActRefused and what the verbs raise."""
    _ACTS[type(act)](stage, act, language)
    settle(stage)


def _apply(stage: Stage, act: Apply, language: str) -> None:
    _send(stage, act, start_draft(stage.cast.applicant, stage.service, language), language)


def _send(stage: Stage, act: Apply | Open, draft: Draft, language: str) -> None:
    """Fill in the form of a draft and send it."""
    answers = said(stage, stage.parts.start_form, act.answers, act.sample, language)
    draft.answers = {**draft.answers, **answers}
    draft.save(update_fields=["answers"])
    submit(draft, by=draft.owner, action=act.action or _first_action(stage, draft))


def _first_action(stage: Stage, draft: Draft) -> str:
    """The first of several actions by which whoever fills it in can begin."""
    known = first_actions(draft.owner, stage.parts, stage.department.pk, draft.start)
    return known[0].key if known else ""


def _open(stage: Stage, act: Open, language: str) -> None:
    def begin(user: User) -> object:
        return open_case(
            service=stage.service, start=act.step, by=user, language=language, press=uuid.uuid4()
        )

    def fill_in(user: User) -> None:
        _send(stage, act, start_draft(user, stage.service, language, start=act.step), language)

    asks = form_of_start(stage.parts, act.step)
    _first_able(stage.cast.who(act.by), fill_in if asks else begin)


def _decide(stage: Stage, act: Decide, language: str) -> None:
    """Of several votes each person has one, so every open item is offered to those who may take it."""
    if stay := _stay(stage, act.step):
        return _take(stage, act, stay, language)
    items = _open_items(stage, act.step, WorkKind.PERSON)
    answers = _sheet(stage, act, version_of(items[0].process.version_id), language)
    refused: Exception = NobodyMay()
    for item in items:
        try:
            return _first_able(_asked(stage, act, item), partial(_end, item.pk, act, answers))
        except ANOTHER_MAY as error:
            refused = error
    raise refused


def _stay(stage: Stage, step: str) -> WorkItem | None:
    """The open item of a state, whoever is to act there; also of one in which the case has ended."""
    found = WorkItem.objects.filter(department=stage.department, node_key=step, finished=None)
    item = found.select_related("process").first()
    options = version_of(item.process.version_id).node(step) if item is not None else None
    return item if options is not None and node_types[options.type].actions(options) else None


def _take(stage: Stage, act: Decide, item: WorkItem, language: str) -> None:
    """Take an action where the case stands; it is offered to those whose roles the action names."""
    version = version_of(item.process.version_id)
    options = version.node(act.step)
    actions = node_types[options.type].actions(options) if options else []
    action = next((each for each in actions if each.key == act.outcome), None)
    if action is None:
        raise UnknownOutcome
    asked = act.answers is not None or set(action.roles) & set(stage.cast.roles)
    answers = _sheet(stage, act, version, language) if asked else {}

    def take(by: Actor) -> object:
        return take_action(
            item_id=item.pk,
            action=act.outcome,
            by=by,
            reason=act.reason,
            answers=answers,
            return_fields=act.fields,
            note=act.reason,
        )

    _first_able(_actors(stage, act.by, action.roles), take)


def _actors(stage: Stage, asked: str, roles: Sequence[str]) -> Iterator[Actor]:
    """The people and systems that are meant: of these roles, where nobody is named."""
    for role in [asked] if asked else roles:
        people: list[Actor] = [*stage.cast.who(role)]
        yield from people or [System(role)]


def _end(item_id: int, act: Decide, answers: dict[str, Any], user: User) -> object:
    return decide(
        item_id=item_id,
        by=user,
        outcome=act.outcome,
        reason=act.reason,
        answers=answers,
        return_fields=act.fields,
        note=act.reason,
    )


def _asked(stage: Stage, act: Decide, item: WorkItem) -> list[User]:
    """Who is asked to end an item: whoever has it, among those who are meant."""
    meant = stage.cast.who(act.by)
    if item.owner is None:
        return meant
    return [item.owner] if not act.by or item.owner in meant else []


def _sheet(stage: Stage, act: Decide, version: Version, language: str) -> dict[str, Any]:
    """What staff record at a step; nothing where the outcome asks for nothing."""
    options = version.node(act.step)
    key = form_of(options) if options else ""
    if not key:
        return dict(act.answers or {})
    return said(stage, version.staff_form(key), act.answers, act.sample, language)


def _correct(stage: Stage, act: Correct, language: str) -> None:
    case = _only_case(stage, finished=None)
    draft = start_correction(case.reference, by=stage.cast.applicant)
    form = version_of(case.version_id).start_form
    draft.answers = {**draft.answers, **with_files(stage, form, act.answers, owner=stage.cast.applicant)}
    draft.save(update_fields=["answers"])
    answer_correction(draft, by=stage.cast.applicant)


def _withdraw(stage: Stage, act: Withdraw, language: str) -> None:
    withdraw(reference=_only_case(stage, finished=None).reference, by=stage.cast.applicant)


def _wait(stage: Stage, act: Wait, language: str) -> None:
    now = timezone.now()
    until = calendar_of(stage.department.pk).add(now, act.span) if act.span else None
    if not pass_time(stage, until):
        raise ActRefused("nothing_due")


def _reply(stage: Stage, act: Reply, language: str) -> None:
    item = _open_items(stage, act.step, WorkKind.SYSTEM)[0]
    rehearse_job(item.pk, Answer(act.status, act.body, act.failure or ""))


def _call_back(stage: Stage, act: CallBack, language: str) -> None:
    item = _open_items(stage, act.step, WorkKind.SYSTEM)[0]
    became = call_back(token=callback_token(item.pk), data=act.body)
    if became != "taken":
        raise ActRefused(f"call_back_{became}", step=act.step)


def _outside(stage: Stage, act: Outside, language: str) -> None:
    item = _open_items(stage, act.step)[0]
    with open_item(item.pk) as host:
        if act.outcome not in {each.key for each in host.flow_task.outside_choices}:
            raise ActRefused("not_open", step=act.step)
        host.flow_task.answer_outside(host, act.outcome, act.reason)


def _message(stage: Stage, act: Message, language: str) -> None:
    key = act.key or _key_awaited(stage, act.name)
    take_in(department=stage.department, message_id=uuid.uuid4().hex, name=act.name, key=key, data=act.body)


def _key_awaited(stage: Stage, name: str) -> str:
    """Whom a message is for that names nobody: whoever waits for it."""
    waiting = Awaited.objects.filter(department=stage.department, kind=AwaitedKind.MESSAGE, name=name)
    return str(waiting.values_list("key", flat=True).first() or "")


def _open_items(stage: Stage, step: str, *kinds: WorkKind) -> list[WorkItem]:
    found = WorkItem.objects.filter(department=stage.department, node_key=step, finished=None)
    found = found.filter(kind__in=kinds) if kinds else found
    items = list(found.select_related("process", "owner").order_by("pk"))
    if not items:
        raise ActRefused("not_open", step=step)
    return items


def _only_case(stage: Stage, **which: Any) -> Case:
    case = Case.objects.filter(department=stage.department, **which).order_by("pk").first()
    if case is None:
        raise ActRefused("no_case")
    return case


def _first_able(people: Iterable[Anybody], act: Callable[[Anybody], object]) -> None:
    """Let the first do it who may; raises what the last one was told."""
    refused: Exception = NobodyMay()
    for user in people:
        try:
            act(user)
        except ANOTHER_MAY as error:
            refused = error
        else:
            return
    raise refused


_ACTS: Mapping[type, Callable[[Stage, Any, str], None]] = {
    Apply: _apply,
    Open: _open,
    Decide: _decide,
    Correct: _correct,
    Withdraw: _withdraw,
    Wait: _wait,
    Reply: _reply,
    CallBack: _call_back,
    Message: _message,
    Outside: _outside,
}
