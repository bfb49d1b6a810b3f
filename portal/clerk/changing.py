"""Putting answers of a case right, on two pages: which ones, then the new answers and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from engine.departments.permissions import Permission
from forms_library.answers import FieldError, PageResult, read_page
from forms_library.rendering import error_summary, render_page
from portal.clerk import posted
from portal.clerk.frame import language, may_in, page
from portal.clerk.staff import person
from workflows import services
from workflows.clock import calendar_of
from workflows.file_keeping import keep_file
from workflows.models import Case
from workflows.selectors.changing import changeable_fields, is_public
from workflows.selectors.versions import version_of
from workflows.services.deciding import LONGEST_NOTE
from workflows.services.refusals import AnswersRefused, NothingChanged, ReasonMissing

BACK = "_back"
Act = Callable[[Mapping[str, Any], str], str]  # does it with the answers and the reason; gives where to go on


@dataclass(frozen=True)
class Wording:
    """What the pages say."""

    title: str | Promise
    effect: str | Promise
    hint: str | Promise
    button: str | Promise
    section: str = "cases"


@dataclass(frozen=True)
class Chosen:
    """The answers that were chosen, wherever in the form they are asked."""

    case: Case
    keys: tuple[str, ...]

    def pages(self) -> list[str]:
        """The pages on which they are asked."""
        form = version_of(self.case.version_id).start_form
        return list(dict.fromkeys(asked.page_key for asked in form.questions() if asked.key in self.keys))

    def read(self, request: HttpRequest) -> PageResult:
        """What was typed, judged page by page; answers that were not chosen are left alone."""
        answers: dict[str, Any] = {}
        raw: dict[str, Any] = {}
        errors, again = [], False
        upload = partial(keep_file, department=self.case.department, owner=person(request))
        for key in self.pages():
            files, stored = request.FILES, self.case.answers
            asks = partial(read_page, self._form, key, request.POST, files, stored, upload=upload)
            found = asks(only=self.keys, language=language(), **self._moment)
            answers |= {name: found.answers.get(name) for name in self.keys if name in found.answers}
            raw |= found.raw
            errors += found.errors
            again = again or found.again
        return PageResult(answers, raw, errors, {}, again)

    def html(self, raw: Mapping[str, Any], errors: list[FieldError], *, reads: bool) -> SafeString:
        """The questions, with what was typed or what they say now, as far as the reader may know it."""
        form, answers = self._form, self.case.answers
        if not reads:
            answers = {key: answers[key] for key in answers if is_public(form, key) or key not in self.keys}
        draw = partial(render_page, form, answers=answers, raw=raw, errors=errors)
        drawn = (
            draw(page_key=key, only=self.keys, language=language(), density="workbench", **self._moment)
            for key in self.pages()
        )
        return mark_safe("".join(drawn))  # noqa: S308  rendering escapes

    @property
    def _form(self) -> Any:
        return version_of(self.case.version_id).start_form

    @property
    def _moment(self) -> dict[str, Any]:
        calendar = calendar_of(self.case.department_id)
        return {"calendar": calendar, "today": timezone.now().astimezone(calendar.zone).date()}


def change_answers(request: HttpRequest, case: Case, wording: Wording, act: Act) -> HttpResponse:
    """Ask which answers, then what they shall say; the caller has checked that the reader may."""
    offered = dict(changeable_fields(case, language()))
    chosen = Chosen(case, tuple(key for key in posted.keys(request, posted.FIELDS) if key in offered))
    if request.method != "POST" or request.POST.get(BACK):
        return _choose(request, case, wording, offered, chosen)
    if not chosen.keys:
        wrong = [FieldError(posted.FIELDS, "", _("Select at least one answer"), "required", "change-fields")]
        return _choose(request, case, wording, offered, chosen, wrong)
    if not request.POST.get(posted.CONFIRMED):
        return _fill_in(request, wording, chosen, {}, [])
    return _done(request, wording, chosen, act)


def _done(request: HttpRequest, wording: Wording, chosen: Chosen, act: Act) -> HttpResponse:
    result, reason = chosen.read(request), posted.text(request, posted.REASON)
    if result.again:
        return _fill_in(request, wording, chosen, result.raw, [])
    wrong = list(result.errors)
    if not reason:
        wrong.append(FieldError(posted.REASON, "", _("Enter a reason"), "required", "change-reason"))
    if not wrong:
        try:
            return redirect(act(result.answers, reason))
        except AnswersRefused as refused:
            wrong = refused.all()
        except ReasonMissing:
            wrong = [FieldError(posted.REASON, "", _("Enter a reason"), "required", "change-reason")]
        except NothingChanged:
            sentence = _("The answers are the same as before. Change at least one.")
            wrong = [FieldError("", "", sentence, "same", "change-answers")]
    return _fill_in(request, wording, chosen, result.raw, wrong)


def _choose(
    request: HttpRequest,
    case: Case,
    wording: Wording,
    offered: Mapping[str, str],
    chosen: Chosen,
    wrong: list[FieldError] | None = None,
) -> HttpResponse:
    return _page(request, case, wording, wrong or [], offered=offered.items(), chosen=chosen.keys)


def _fill_in(
    request: HttpRequest, wording: Wording, chosen: Chosen, raw: Mapping[str, Any], wrong: list[FieldError]
) -> HttpResponse:
    """The answers stand in the page in full, which is recorded like any other reading of them.

    Who may not read personal data types over fields that are empty.
    """
    case, reads = chosen.case, may_in(request, Permission.SEE_PERSONAL_DATA, chosen.case.department_id)
    if reads:
        services.reveal(reference=case.reference, field_keys=chosen.keys, by=person(request))
    more = {"questions": chosen.html(raw, wrong, reads=reads), "chosen": chosen.keys}
    return _page(request, case, wording, wrong, **more, unread=not reads)


def _page(
    request: HttpRequest, case: Case, wording: Wording, wrong: list[FieldError], **more: Any
) -> HttpResponse:
    context = {
        "case": case,
        "wording": wording,
        "reason": posted.text(request, posted.REASON),
        "longest": LONGEST_NOTE,
        "wrong": {error.field_key.lstrip("_"): error.sentence for error in wrong},
        "summary_html": error_summary(wrong, language()) if wrong else "",
        **more,
    }
    status = 422 if wrong else 200
    template = "clerk/change_answers.html"
    return page(request, template, wording.section, context, department=case.department, status=status)
