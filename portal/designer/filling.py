"""A form of a trial, filled in by whoever tries it, as the portal asks it; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from forms_library.answers import FieldError, PageResult, check_whole, fault_errors, read_page, visible_pages
from forms_library.bound import CompiledForm
from forms_library.rendering import render_page
from forms_library.uploads import SentFile
from forms_library.visibility import Moment, shown
from forms_library.walking.posting import pretended_upload
from workflows.clock import calendar_of
from workflows.dry_run.stage import Stage

KEPT_SALT = "portal.designer.filling"
Errors = list[FieldError]


@dataclass(frozen=True)
class Sheet:
    """What is asked: a form, the answers that stand there first, and of a correction the named questions."""

    stage: Stage
    form: CompiledForm
    first: Mapping[str, Any]
    language: str
    only: frozenset[str] | None = None

    @cached_property
    def moment(self) -> dict[str, Any]:
        """The day and the calendar of the trial."""
        calendar = calendar_of(self.stage.department.pk)
        return {"today": timezone.now().astimezone(calendar.zone).date(), "calendar": calendar}

    def pages(self, answers: Mapping[str, Any]) -> list[str]:
        """The pages on the way with these answers; of a correction those with a named question."""
        found = visible_pages(self.form, answers, **self.moment)
        return [key for key in found if self.only is None or self.asked(key, answers)]

    def asked(self, page: str, answers: Mapping[str, Any]) -> list[str]:
        """The questions that a page asks with these answers."""
        view = shown(self.form, answers, Moment(self.moment["today"], self.moment["calendar"]), page=page)
        return [
            each.key
            for each in self.form.pages[page].fields
            if each.key in view.fields and (self.only is None or each.key in self.only)
        ]


@dataclass
class Filled:
    """What became of what was sent, to be drawn again or to be used."""

    answers: dict[str, Any]
    raw: dict[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    again: bool = False  # a row was added or removed
    more: bool = False  # the answers bring up questions that were not there


def read(sheet: Sheet, posted: QueryDict, asked: frozenset[str], kept: str) -> Filled:
    """Read all pages that stood there, in order, each with the answers of those before it."""
    found = Filled({**sheet.first, **opened(kept)}, kept=opened(kept))
    read_already: set[str] = set()
    while page := next((key for key in sheet.pages(found.answers) if key not in read_already), None):
        read_already.add(page)
        if asked.intersection(each.key for each in sheet.form.pages[page].fields):
            _read_page(sheet, page, posted, asked, found)
    now = {key for page in sheet.pages(found.answers) for key in sheet.asked(page, found.answers)}
    found.more = bool(now - asked)
    if not (found.errors or found.again or found.more):
        _judge(sheet, found)
    return found


def _read_page(sheet: Sheet, page: str, posted: QueryDict, asked: frozenset[str], found: Filled) -> None:
    result = read_page(
        sheet.form,
        page,
        posted,
        _files(sheet.form, page, posted),
        found.answers,
        language=sheet.language,
        upload=pretended_upload,
        only=sheet.only,
        **sheet.moment,
    )
    stood = [key for key in result.answers if key in asked]
    found.answers |= {key: result.answers[key] for key in stood}
    found.raw |= {key: raw for key, raw in result.raw.items() if key in asked}
    found.kept |= {key: answer for key, answer in result.kept.items() if key in asked}
    found.errors += [error for error in _errors(sheet, result) if error.field_key in {"", *asked}]
    found.again = found.again or result.again


def _errors(sheet: Sheet, result: PageResult) -> Errors:
    return [*result.errors, *fault_errors(result.view, sheet.language)]


def _judge(sheet: Sheet, found: Filled) -> None:
    """The whole form once more, as when it is sent."""
    given = {key: answer for key, answer in found.answers.items() if answer is not None}
    whole = check_whole(sheet.form, given, only=sheet.only, language=sheet.language, **sheet.moment)
    found.errors = [error for errors in whole.errors.values() for error in errors]
    if not found.errors:
        found.answers = dict(whole.answers) if sheet.only is None else _named(sheet.only, found.answers)


def _named(only: frozenset[str], answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: answers.get(key) for key in sorted(only)}


def _files(form: CompiledForm, page: str, posted: QueryDict) -> MultiValueDict[str, SentFile]:
    """The names of chosen files, as they come without the files: nothing but the name leaves the browser."""
    keys = {each.key for each in form.pages[page].everything() if each.question.upload_rules}
    found: MultiValueDict[str, SentFile] = MultiValueDict()
    for name, values in posted.lists():
        if name.rpartition("-")[2] in keys:
            names = [PurePath(value.replace("\\", "/")).name for value in values]
            found.setlist(name, [SimpleUploadedFile(each, b"-") for each in names if each not in ("", "..")])
    return found


def drawn(sheet: Sheet, filled: Filled) -> Iterator[dict[str, str]]:
    """The pages with what was typed, or what stands there first."""
    for page in sheet.pages(filled.answers):
        definition = sheet.form.pages[page].page
        yield {
            "key": page,
            "title": definition.title.in_(sheet.language),
            "intro": definition.intro.in_(sheet.language) if definition.intro else "",
            "questions": render_page(
                sheet.form,
                page,
                answers=filled.answers,
                raw=filled.raw,
                errors=filled.errors,
                language=sheet.language,
                only=sheet.only,
                density="workbench",
                **sheet.moment,
            ),
        }


def asked_now(sheet: Sheet, filled: Filled) -> str:
    """The questions that stand there, for the next time."""
    pages = sheet.pages(filled.answers)
    return ",".join(key for page in pages for key in sheet.asked(page, filled.answers))


def sealed(filled: Filled) -> str:
    """The files that were chosen, to be carried by the page."""
    return signing.dumps(filled.kept, salt=KEPT_SALT, compress=True) if filled.kept else ""


def opened(kept: str) -> dict[str, Any]:
    """The files that the page carries; a seal that was changed opens nothing."""
    try:
        found: dict[str, Any] = signing.loads(kept, salt=KEPT_SALT)
    except signing.BadSignature:
        return {}
    return found
