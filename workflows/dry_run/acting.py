"""Doing what a walk says, through the verbs that the screens use."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from engine.departments.models import User
from workflows.calling import callback_token
from workflows.clock import calendar_of
from workflows.dry_run.background import settle
from workflows.dry_run.passing import pass_time
from workflows.dry_run.pretending import made_up
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
from workflows.models import Awaited, AwaitedKind, Case, WorkItem, WorkKind
from workflows.refusals import AlreadyVoted, Barred, NotYours, SamePerson
from workflows.selectors.versions import Version, version_of
from workflows.services.callbacks import call_back
from workflows.services.correcting import answer_correction, start_correction
from workflows.services.deciding import decide, form_of
from workflows.services.drafts import start_draft
from workflows.services.starts import open_case
from workflows.services.submitting import submit
from workflows.services.withdrawing import withdraw
from workflows.unit import open_item

ANOTHER_MAY = (PermissionDenied, SamePerson, AlreadyVoted, NotYours, Barred, NobodyMay)


def do(stage: Stage, act: Any, language: str) -> None:
    """One act, and everything that follows from it by itself; raises ActRefused and what the verbs raise."""
    _ACTS[type(act)](stage, act, language)
    settle(stage)


def _apply(stage: Stage, act: Apply, language: str) -> None:
    form, applicant = stage.parts.start_form, stage.cast.applicant
    draft = start_draft(applicant, stage.service, language)
    answers = act.answers
    if answers is None:
        answers = made_up(stage, form, act.sample, language, owner=applicant)
    draft.answers = {**draft.answers, **answers}
    draft.save(update_fields=["answers"])
    submit(draft, by=applicant)


def _open(stage: Stage, act: Open, language: str) -> None:
    def begin(user: User) -> object:
        return open_case(
            service=stage.service, start=act.step, by=user, language=language, press=uuid.uuid4()
        )

    _first_able(stage.cast.who(act.by), begin)


def _decide(stage: Stage, act: Decide, language: str) -> None:
    """Of several votes each person has one, so every open item is offered to those who may take it."""
    items = _open_items(stage, act.step, WorkKind.PERSON)
    answers = act.answers
    if answers is None:
        answers = _sheet(stage, act, version_of(items[0].process.version_id), language)
    refused: Exception = NobodyMay()
    for item in items:
        try:
            return _first_able(_asked(stage, act, item), partial(_end, item.pk, act, answers))
        except ANOTHER_MAY as error:
            refused = error
    raise refused


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
    """What staff record at a step, made up; nothing where the outcome asks for nothing."""
    options = version.node(act.step)
    key = form_of(options) if options else ""
    if not key:
        return {}
    form = version.staff_form(key)
    return made_up(stage, form, act.sample, language, owner=stage.cast.applicant)


def _correct(stage: Stage, act: Correct, language: str) -> None:
    case = _only_case(stage, finished=None)
    draft = start_correction(case.reference, by=stage.cast.applicant)
    draft.answers = {**draft.answers, **act.answers}
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
    said = call_back(token=callback_token(item.pk), data=act.body)
    if said != "taken":
        raise ActRefused(f"call_back_{said}", step=act.step)


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


def _first_able(people: Iterable[User], act: Callable[[User], object]) -> None:
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
