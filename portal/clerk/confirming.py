"""The pages that ask again: refusing with a reason, and sending answers back to be corrected."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.attempt import MOST_DAYS, Attempt
from portal.clerk.came_from import CameFrom
from portal.clerk.frame import language, page
from portal.clerk.staff_form import sealed
from workflows.selectors.actions import Choice
from workflows.selectors.rights import may_read_answers
from workflows.voting.activations import ROUND

DAYS_WITHOUT_RULE = 10


def ask(attempt: Attempt, choice: Choice, errors: Sequence[FieldError] = ()) -> HttpResponse:
    """The page for this outcome, filled with what was typed so far."""
    template = "clerk/return.html" if choice.asks_applicant else "clerk/confirm.html"
    named = may_read_answers(attempt.by, attempt.case)
    context = {
        "attempt": attempt,
        "case": attempt.case,
        "choice": choice,
        "is_vote": ROUND in attempt.item.data,
        "applicant": attempt.case.applicant.get_full_name() if named else "",
        "came": CameFrom.of(attempt.request),
        "carried": carried(attempt.request),
        "sealed": sealed(attempt.files, attempt.case, attempt.by),
        "summary_html": error_summary(errors, language()),
        "wrong": {error.field_key.lstrip("_"): error.sentence for error in errors},
        "reason": attempt.reason or attempt.note,
        "note": attempt.note or attempt.reason,
        "days": attempt.request.POST.get(posted.DAYS, str(choice.days or DAYS_WITHOUT_RULE))[:10],
    }
    status = 422 if errors else 200
    return page(
        attempt.request, template, "queue", context, department=attempt.case.department, status=status
    )


def problems(attempt: Attempt, choice: Choice, *, strict: bool = False) -> list[FieldError]:
    """What is missing on the page of this outcome."""
    if choice.asks_applicant:
        return _of_return(attempt, strict=strict)
    if choice.reason == "required" and not attempt.reason:
        return [FieldError(posted.REASON, "", _("Enter a reason"), "required", "confirm-reason")]
    return []


def _of_return(attempt: Attempt, *, strict: bool) -> list[FieldError]:
    offered = {key for key, _label in attempt.returnable}
    found = []
    if strict or not attempt.fields or not offered.issuperset(attempt.fields):
        sentence = _("Select at least one answer to correct")
        found.append(FieldError(posted.FIELDS, "", sentence, "required", "return-fields"))
    if not attempt.note:
        sentence = _("Enter what is wrong, in words for the applicant")
        found.append(FieldError(posted.NOTE, "", sentence, "required", "return-note"))
    if attempt.days is None:
        sentence = _("Working days must be a number from 1 to %(most)s") % {"most": MOST_DAYS}
        found.append(FieldError(posted.DAYS, "", sentence, "range", "return-days"))
    return found


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled into the form of the step, to be posted again by the page that asks."""
    return [
        (name, value)
        for name in request.POST
        if not name.startswith("_") and name != "csrfmiddlewaretoken"
        for value in request.POST.getlist(name)
    ]
