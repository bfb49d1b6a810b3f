"""Reading the stage after a walk, before it is taken down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from viewflow.workflow import STATUS

from engine.messages.models import Letter
from workflows.dry_run.passing import next_moment
from workflows.dry_run.report import (
    Choice,
    Moment,
    OpenWork,
    PlayedDocument,
    PlayedLetter,
    Report,
    Stopped,
)
from workflows.dry_run.stage import Stage
from workflows.models import Awaited, AwaitedKind, WorkKind
from workflows.node_type import NodeOptions, Outcome, node_types
from workflows.selectors.first_actions import form_of_start
from workflows.selectors.versions import Version, version_of
from workflows.step import OPEN

_STATES = {STATUS.DONE: "done", STATUS.CANCELED: "cancelled", STATUS.ERROR: "failed"}


def told(stage: Stage, language: str, stopped: Stopped | None) -> Report:
    """The report of the walk up to here."""
    items, case = stage.items(), next(iter(stage.cases()), None)
    return Report(
        now=timezone.now(),
        next_at=next_moment(stage),
        state=case.state if case else "draft",
        outcome=case.outcome if case else "",
        ended=case is not None and case.finished is not None,
        reference=stage.real_words(case.reference) if case else "",
        moments=tuple(_moment(stage, item, language) for item in items),
        open=tuple(_open(stage, items, language)),
        letters=tuple(_letters(stage)),
        calls=tuple(_calls(stage)),
        certificates=tuple(request.title.in_(language) for request in certificates(stage)),
        documents=tuple(_documents(stage)),
        people={part: user.name for part, user in stage.cast.people.items()},
        ways=frozenset(
            (before.node_key, item.node_key)
            for item in items
            if case is not None and item.process_id == case.pk
            for before in item.previous.all()
        ),
        stopped=stopped,
    )


def certificates(stage: Stage) -> list[Any]:
    """What would have been issued, in order."""
    return [what for kind, what in stage.rehearsal.noted if kind == "certificate"]


def documents(stage: Stage) -> list[dict[str, Any]]:
    """The letters that would have been made as a PDF, in order."""
    return [what for kind, what in stage.rehearsal.noted if kind == "document"]


def _documents(stage: Stage) -> Iterator[PlayedDocument]:
    """Each letter; of several by the same step the last one is signed."""
    made = documents(stage)
    last = {each["step"]: number for number, each in enumerate(made)}
    signed = {what["step"]: what["signer"] for kind, what in stage.rehearsal.noted if kind == "signature"}
    for number, each in enumerate(made):
        signer = signed.get(each["step"]) if last[each["step"]] == number else None
        title = stage.real_words(each["title"])
        yield PlayedDocument(each["step"], title, signer is not None, signer or "")


def _moment(stage: Stage, item: Any, language: str) -> Moment:
    options = _options(item)
    kind = node_types[options.type] if options else None
    return Moment(
        step=item.node_key,
        title=_title(options, language) or item.node_key,
        family=kind.family if kind else "",
        icon=kind.drawn_icon(options) if kind else "",
        began_at=item.created,
        ended_at=item.finished,
        state=_STATES.get(item.status, "open"),
        who=item.owner.name if item.owner_id else "",
        part=stage.cast.part_of(item.owner_id),
        outcome=_outcome(version_of(item.process.version_id), options, item.outcome, language),
        failure=str(item.data.get("error", "")) if item.status == STATUS.ERROR else "",
    )


def _options(item: Any) -> NodeOptions | None:
    """The step of an item, also of a case of another service."""
    return version_of(item.process.version_id).node(item.node_key)


def _title(options: NodeOptions | None, language: str) -> str:
    if options is None:
        return ""
    return options.title.in_(language) or node_types[options.type].label.in_(language)


def _outcome(version: Version, options: NodeOptions | None, key: str, language: str) -> str:
    """What a step was ended with; where the answers decided, the step to which they led."""
    if options is None or not key:
        return ""
    kind = node_types[options.type]
    known = {each.key: each.label.in_(language) for each in kind.outcomes(options)}
    ways = {edge.name: edge.to for edge in kind.targets(options)}
    return known.get(key) or (_title(version.node(ways[key]), language) if key in ways else key)


def _open(stage: Stage, items: list[Any], language: str) -> Iterator[OpenWork]:
    if not items:
        yield from _beginnings(stage, language)
    for item in items:
        options = _options(item)
        if item.status in OPEN and options is not None:
            found = _waiting(stage, item, options, language)
            if found is not None:
                yield found
    for awaited in Awaited.objects.filter(department=stage.department, kind=AwaitedKind.MESSAGE):
        options = stage.parts.node(awaited.node_key)
        yield OpenWork(awaited.node_key, _title(options, language), "message", name=awaited.name)


def _beginnings(stage: Stage, language: str) -> Iterator[OpenWork]:
    """How a case can begin beside an application."""
    for options in stage.package.workflow.nodes:
        kind = node_types[options.type]
        title = _title(options, language)
        if kind.begins == "message":
            yield OpenWork(options.key, title, "message", name=kind.listens_for(options))
        elif kind.opened_by_staff(options) and (roles := stage.package.staff_roles(options)):
            form = form_of_start(stage.parts, options.key)
            yield OpenWork(options.key, title, "start", role=roles[0], form=form)


def _waiting(stage: Stage, item: Any, options: NodeOptions, language: str) -> OpenWork | None:
    """What an open item waits for; nothing where it only stands for others."""
    title = _title(options, language)
    if item.flow_task.outside_choices:
        choices = tuple(_choice(each, language) for each in item.flow_task.outside_choices)
        return OpenWork(item.node_key, title, "outside", due_at=item.due_at, choices=choices)
    if node_types[options.type].actions(options):
        return _of_state(stage, item, options, language)
    if item.kind == WorkKind.PERSON:
        return _of_person(stage, item, options, language)
    if item.kind == WorkKind.APPLICANT:
        asked = {"fields": item.data.get("fields", []), "note": item.data.get("note", "")}
        return OpenWork(item.node_key, title, "applicant", due_at=item.due_at, asked=asked)
    if item.status == STATUS.ERROR:
        return OpenWork(item.node_key, title, "failed", name=str(item.data.get("error", "")))
    if getattr(item.flow_task, "asks_outside", False):
        kind = "call_back" if item.status == STATUS.STARTED else "call"
        return OpenWork(item.node_key, title, kind)
    return None


def _choice(outcome: Outcome, language: str) -> Choice:
    return Choice(outcome.key, outcome.label.in_(language) or outcome.key, outcome.style, outcome.reason)


def _of_state(stage: Stage, item: Any, options: NodeOptions, language: str) -> OpenWork:
    """What can be done where the case stands: each action for those whom it names."""
    kind = node_types[options.type]
    choices = (
        Choice(each.key, each.label.in_(language) or each.key, each.style, each.reason, tuple(each.roles))
        for each in kind.actions(options)
    )
    return OpenWork(
        step=item.node_key,
        title=_title(options, language),
        kind="state",
        role=item.role,
        part=stage.cast.part_of(item.owner_id),
        due_at=item.due_at,
        choices=tuple(choices),
        form=str(kind.form(options) or ""),
    )


def _of_person(stage: Stage, item: Any, options: NodeOptions, language: str) -> OpenWork:
    kind = node_types[options.type]
    choices = (_choice(each, language) for each in kind.outcomes(options))
    return OpenWork(
        step=item.node_key,
        title=_title(options, language),
        kind="person",
        role=item.role,
        part=stage.cast.part_of(item.owner_id),
        due_at=item.due_at,
        choices=tuple(choices),
        form=str(kind.form(options) or ""),
    )


def _letters(stage: Stage) -> Iterator[PlayedLetter]:
    for letter in Letter.objects.filter(department=stage.department).order_by("created", "pk"):
        yield PlayedLetter(
            at=letter.created,
            to=stage.cast.part_of(letter.recipient_id),
            subject=stage.real_words(letter.subject),
            text=stage.real_words(letter.text),
            html=stage.real_words(letter.html),
            language=letter.language,
        )


def _calls(stage: Stage) -> Iterator[dict[str, Any]]:
    for kind, what in stage.rehearsal.noted:
        if kind == "call":
            yield {name: stage.real_words(str(value)) for name, value in what.items()}
