"""Answers that are made up so that a form takes them; a file is a row without bytes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from engine.departments.models import User
from engine.documents.models import Document
from forms_library.bound import CompiledField
from forms_library.compiled import CompiledForm
from forms_library.walking import random_walk
from forms_library.walking.posting import pretended_upload
from workflows.clock import calendar_of
from workflows.dry_run.refusing import ActRefused
from workflows.dry_run.stage import Stage


def said(
    stage: Stage, form: CompiledForm, given: Mapping[str, Any] | None, seed: int, language: str
) -> dict[str, Any]:
    """The answers that an act gives, its files only said to be there; where it gives none, made-up ones."""
    owner = stage.cast.applicant
    if given is None:
        return made_up(stage, form, seed, language, owner=owner)
    return with_files(stage, form, given, owner=owner)


def with_files(stage: Stage, form: CompiledForm, given: Mapping[str, Any], *, owner: User) -> dict[str, Any]:
    """Answers with a row of the stage for each file: a walk names none that stays, nor a real one."""
    found = _files(stage, form.fields.values(), given, owner)
    return found if isinstance(found, dict) else {}


def _files(stage: Stage, fields: Iterable[CompiledField], given: Any, owner: User) -> Any:
    """The answers to some questions, as they were given where they hold no file."""
    if isinstance(given, list):  # rows
        return [_files(stage, fields, row, owner) for row in given]
    if not isinstance(given, Mapping):
        return given
    answers = dict(given)
    for asked in fields:
        if answers.get(asked.key) is None:
            continue
        if asked.question.upload_rules:
            answers[asked.key] = _kept_again(stage, answers[asked.key], owner)
        elif asked.children:
            answers[asked.key] = _files(stage, asked.children, answers[asked.key], owner)
    return answers


def _kept_again(stage: Stage, file: Any, owner: User) -> Any:
    """A file of an act, or several, each with a row of this stage; nothing of what is none."""
    if isinstance(file, list):
        found = [_kept_again(stage, each, owner) for each in file]
        return [each for each in found if each is not None] or None
    size = file.get("size") if isinstance(file, Mapping) else None
    if not isinstance(size, int) or not 0 < size < 2**31:
        return None
    told = {"name": str(file.get("name"))[:160], "size": size, "type": str(file.get("type"))[:100]}
    return _kept(stage, told, owner)


def made_up(stage: Stage, form: CompiledForm, seed: int, language: str, *, owner: User) -> dict[str, Any]:
    """Answers to a whole form; the same seed gives the same ones."""

    def upload(file: Any, rules: Any) -> Mapping[str, Any]:
        return _kept(stage, pretended_upload(file, rules), owner)

    calendar = calendar_of(stage.department.pk)
    today = timezone.now().astimezone(calendar.zone).date()
    walk = random_walk(form, seed, today, upload, calendar=calendar, language=language)
    if not walk.complete:
        raise ActRefused("no_answers")
    return dict(walk.answers)


def _kept(stage: Stage, told: Mapping[str, Any], owner: User) -> Mapping[str, Any]:
    """The row of a file that is only said to be there."""
    row = Document.objects.create(
        department=stage.department,
        owner=owner,
        name=str(told["name"])[:160],
        size=told["size"],
        content_type=str(told["type"]),
        sha256="0" * 64,
        store=stage.department.document_store,
        storage_key=f"try/{uuid.uuid4()}",
        scan_state=Document.ScanState.CLEAN,
    )
    return {**told, "document": str(row.pk)}
