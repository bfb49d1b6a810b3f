"""Answers that are made up so that a form takes them; a file is a row without bytes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from engine.departments.models import User
from engine.documents.models import Document
from forms_library.compiled import CompiledForm
from forms_library.walking import random_walk
from forms_library.walking.posting import pretended_upload
from workflows.clock import calendar_of
from workflows.dry_run.refusing import ActRefused
from workflows.dry_run.stage import Stage


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
