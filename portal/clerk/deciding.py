"""Ending a step: decided at once, asked again on a page of its own, or done by somebody faster."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_library.answers import FieldError
from portal.clerk import confirming, posted
from portal.clerk.attempt import Attempt
from portal.clerk.bar import opens_page
from portal.clerk.came_from import CameFrom
from portal.clerk.case_page import Typed, case_page
from portal.clerk.saying import said
from portal.clerk.staff import item_or_404, person, staff_only
from workflows import services
from workflows.roles import require_any
from workflows.selectors.actions import Choice
from workflows.selectors.queue_position import position_of
from workflows.services.refusals import (
    AnswersRefused,
    FieldsMissing,
    ReasonMissing,
    WorkRefused,
)
from workflows.services.refused import note_refusal, refusals_recorded

BACK = "_back"
CONFLICT, MENDED = 409, 422
REASON_ID = "case-reason"


@staff_only
@require_POST
def decide(request: HttpRequest, item_id: int) -> HttpResponse:
    """One press of the bar; whatever goes wrong, what was typed is shown again."""
    item, case = item_or_404(request, item_id)
    with refusals_recorded(item.pk, person(request), action=posted.key(request, posted.OUTCOME)):
        require_any(person(request), item.roles, case.department_id)
    attempt = Attempt(request, item, case)
    if refused := attempt.refused_already():
        note_refusal(item.pk, person(request), refused, action=posted.key(request, posted.OUTCOME))
        return _conflict(attempt, refused)
    if attempt.result.again:  # a row of the form was added or taken away
        return _again(attempt, status=200)
    choice = attempt.choice
    if choice is None:
        going_back = request.POST.get(posted.OUTCOME) == BACK
        return _again(attempt, status=200) if going_back else _again(attempt, _press_a_button())
    if attempt.errors and choice.style != "return":
        return _again(attempt)
    if opens_page(choice) and not request.POST.get(posted.CONFIRMED):
        return confirming.ask(attempt, choice)
    return _decide(attempt, choice)


def _decide(attempt: Attempt, choice: Choice) -> HttpResponse:
    following = _following(attempt)
    if problems := confirming.problems(attempt, choice):
        return confirming.ask(attempt, choice, problems)
    try:
        _end(attempt, choice)
    except AnswersRefused as refused:
        return _again(attempt, *refused.all())
    except ReasonMissing:
        return _again(attempt, FieldError(posted.REASON, "", _("Enter a reason"), "required", REASON_ID))
    except FieldsMissing:
        return confirming.ask(attempt, choice, confirming.problems(attempt, choice, strict=True))
    except WorkRefused as refused:
        return _conflict(attempt, refused)
    words = _("%(reference)s is done: %(outcome)s")
    parts = {"reference": attempt.case.reference, "outcome": choice.label}
    messages.success(attempt.request, words % parts)
    return redirect(following())


def _end(attempt: Attempt, choice: Choice) -> None:
    """End the step, or act in the state, as it was pressed."""
    said = {
        "item_id": attempt.item.pk,
        "by": attempt.by,
        "reason": attempt.reason,
        "answers": attempt.answers if choice.style != "return" else None,
        "return_fields": attempt.fields,
        "note": attempt.note,
        "days": attempt.days,
    }
    if attempt.acts:
        services.act(action=choice.key, **said)
    else:
        services.decide(outcome=choice.key, **said)


def _following(attempt: Attempt) -> Callable[[], str]:
    """Where to go on: asked before the decision, because afterwards the item has left the list."""
    came = CameFrom.of(attempt.request)
    if came.view is None:
        return lambda: came.queue_address
    place = position_of(attempt.by, attempt.item, view=came.view, filters=came.filters)
    reference = (place.next or place.previous) if place else ""
    return lambda: came.case_address(reference) if reference else came.queue_address


def _press_a_button() -> FieldError:
    sentence = _("Press the button that says how this step ends")
    return FieldError(posted.OUTCOME, "", sentence, "required", REASON_ID)


def _again(attempt: Attempt, *more: FieldError, status: int = MENDED) -> HttpResponse:
    shown = (*attempt.errors, *more) if status == MENDED else ()
    errors = tuple(dict.fromkeys(shown))
    typed = Typed(attempt.reason or attempt.note, attempt.raw, errors, attempt.files)
    return case_page(attempt.request, attempt.case.reference, typed=typed, status=status)


def _conflict(attempt: Attempt, refused: WorkRefused) -> HttpResponse:
    """Somebody else was faster, or may not do it: the words are kept to be copied."""
    note = "\n\n".join(text for text in (attempt.reason, attempt.note) if text)
    zone, by_myself = attempt.case.department.time_zone, attempt.item.owner_id == attempt.by.pk
    sentence = said(refused, zone, by_myself=by_myself)
    typed = Typed(raw=attempt.raw, files=attempt.files, conflict=sentence, note=note)
    return case_page(attempt.request, attempt.case.reference, typed=typed, status=CONFLICT)
