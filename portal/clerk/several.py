"""Doing one thing with several cases, asked on a page of its own; what came of each is listed on another."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engine.departments.access import AccessRefused
from engine.departments.models import User
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.back import back
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.models import Case, WorkItem
from workflows.refusals import WorkRefused
from workflows.selectors.several import CommonOutcome, common_outcomes
from workflows.services.refusals import AnswersRefused

ACTION, KEY, HERE = "_action", "_key", "_here"
HOLD, RESUME, NOTE, OUTCOME = "hold", "resume", "note", "outcome:"
Pair = tuple[WorkItem, Case]
Act = Callable[[WorkItem, Case], object]


@dataclass(frozen=True)
class Result:
    """What came of one case."""

    reference: str
    is_done: bool
    words: str


@staff_only
@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """Ask what is to be done with the selected work items, then do it with each that it can be done with."""
    keys = posted.numbers(request, "item")
    if not keys:
        messages.info(request, _("Select work items first."))
        return back(request)
    chosen = [item_or_404(request, key) for key in keys]  # a stranger is refused before anything is done
    offered = common_outcomes([item for item, _case in chosen], language())
    wanted = posted.key(request, ACTION)
    if not wanted:
        return _ask(request, chosen, offered)
    act, wrong = _act(request, wanted, offered)
    if act is None or wrong:
        return _ask(request, chosen, offered, wrong)
    return _told(request, [_result(act, item, case) for item, case in chosen])


def _act(
    request: HttpRequest, wanted: str, offered: Sequence[CommonOutcome]
) -> tuple[Act | None, list[FieldError]]:
    """What is done with each, and what is missing for it."""
    words, by = posted.text(request, posted.REASON), person(request)
    outcome = next((each for each in offered if f"{OUTCOME}{each.key}" == wanted), None)
    if outcome is not None:
        needs = outcome.needs_reason and not words
        return partial(_decide, by=by, outcome=outcome, reason=words), _missing() if needs else []
    if wanted == HOLD:
        return partial(_hold, by=by, reason=words), [] if words else _missing()
    if wanted == NOTE:
        key = _form_key(request)
        return partial(_note, by=by, text=words, key=key), [] if words else _missing()
    if wanted == RESUME:
        return partial(_resume, by=by), []
    return None, [FieldError(ACTION, "", _("Select what is to be done"), "required", "several-action")]


def _missing() -> list[FieldError]:
    return [FieldError(posted.REASON, "", _("Enter a reason"), "required", "several-reason")]


def _decide(item: WorkItem, case: Case, *, by: User, outcome: CommonOutcome, reason: str) -> None:
    given: dict[str, Any] = {"item_id": item.pk, "by": by, "reason": reason}
    if outcome.acts:
        services.act(action=outcome.key, **given)
    else:
        services.decide(outcome=outcome.key, **given)


def _hold(item: WorkItem, case: Case, *, by: User, reason: str) -> None:
    services.hold(reference=case.reference, by=by, reason=reason)


def _resume(item: WorkItem, case: Case, *, by: User) -> None:
    services.resume(reference=case.reference, by=by)


def _note(item: WorkItem, case: Case, *, by: User, text: str, key: uuid.UUID) -> None:
    services.add_note(reference=case.reference, text=text, by=by, key=uuid.uuid5(key, case.reference))


def _form_key(request: HttpRequest) -> uuid.UUID:
    """One form writes one note on each case, however often it is sent."""
    try:
        return uuid.UUID(request.POST.get(KEY, ""))
    except ValueError:
        return uuid.uuid4()


def _result(act: Act, item: WorkItem, case: Case) -> Result:
    try:
        act(item, case)
    except AnswersRefused:
        return Result(
            case.reference, False, _("This step has questions. Answer them on the page of the case.")
        )
    except WorkRefused as refused:
        return Result(case.reference, False, said(refused, case.department.time_zone))
    except AccessRefused:
        return Result(case.reference, False, _("You may not do this."))
    return Result(case.reference, True, _("Done"))


def _told(request: HttpRequest, results: Sequence[Result]) -> HttpResponse:
    context = {
        "results": results,
        "done": sum(result.is_done for result in results),
    }
    return page(request, "clerk/several_done.html", "queue", context)


def _ask(
    request: HttpRequest,
    chosen: Sequence[Pair],
    offered: Sequence[CommonOutcome],
    wrong: list[FieldError] | None = None,
) -> HttpResponse:
    context = {
        "chosen": chosen,
        "outcomes": offered,
        "wanted": posted.key(request, ACTION),
        "reason": posted.text(request, posted.REASON),
        "key": _form_key(request),
        "here": request.POST.get(HERE, ""),
        "wrong": {error.field_key.lstrip("_"): error.sentence for error in wrong or ()},
        "summary_html": error_summary(wrong, language()) if wrong else "",
    }
    return page(request, "clerk/several.html", "queue", context, status=422 if wrong else 200)
