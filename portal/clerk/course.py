"""Changing the course of a case: each change on a page of its own that says what happens, and asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services
from workflows.models import Case
from workflows.refusals import WorkRefused
from workflows.roles import may_steer
from workflows.selectors.course import offered_changes, steps_to_move_to
from workflows.services.course import LONGEST_REASON

STEP = "_step"


@dataclass(frozen=True)
class Change:
    """One way to change the course of a case, in words, and the verb behind it."""

    key: str
    title: str | Promise
    effect: str | Promise
    button: str | Promise
    done: str | Promise
    act: Callable[..., object]
    asks_reason: bool = False
    reason_hint: str | Promise = ""
    asks_step: bool = False
    is_grave: bool = False


STAFF_ONLY = gettext_lazy("It stays with the case. The applicant does not see it.")
TOLD = gettext_lazy("The applicant reads it in a letter.")
CHANGES = {
    change.key: change
    for change in (
        Change(
            "undo",
            gettext_lazy("Undo the last step"),
            gettext_lazy("The decision is taken back, and the step waits again with who ended it."),
            gettext_lazy("Undo the last step"),
            gettext_lazy("The last step is undone."),
            services.undo_last_step,
        ),
        Change(
            "move",
            gettext_lazy("Move to another step"),
            gettext_lazy("What is open now is cancelled, and the case goes on at the step that you select."),
            gettext_lazy("Move the case"),
            gettext_lazy("The case is at another step now."),
            services.move_to_step,
            asks_reason=True,
            reason_hint=STAFF_ONLY,
            asks_step=True,
        ),
        Change(
            "cancel",
            gettext_lazy("Cancel the case"),
            gettext_lazy("The case ends without a decision, and what is open on it is cancelled."),
            gettext_lazy("Cancel the case"),
            gettext_lazy("The case is cancelled. The applicant gets a letter."),
            services.cancel_case,
            asks_reason=True,
            reason_hint=TOLD,
            is_grave=True,
        ),
        Change(
            "reopen",
            gettext_lazy("Reopen the case"),
            gettext_lazy("The outcome is taken back, and the case goes on at the step that you select."),
            gettext_lazy("Reopen the case"),
            gettext_lazy("The case is open again. The applicant gets a letter."),
            services.reopen_case,
            asks_reason=True,
            reason_hint=TOLD,
            asks_step=True,
        ),
        Change(
            "archive",
            gettext_lazy("Archive the case"),
            gettext_lazy("The case leaves the lists. It can still be found and read under “Archive”."),
            gettext_lazy("Archive the case"),
            gettext_lazy("The case is in the archive."),
            services.archive_case,
        ),
        Change(
            "unarchive",
            gettext_lazy("Take out of the archive"),
            gettext_lazy("The case stands in the lists again."),
            gettext_lazy("Take out of the archive"),
            gettext_lazy("The case is out of the archive."),
            services.unarchive_case,
        ),
    )
}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Ask, then do; what cannot be done is said in words and changes nothing."""
    case, wanted = case_or_404(request, reference), CHANGES.get(key)
    if wanted is None:
        raise Http404
    if key not in offered_changes(person(request), case):
        return _refused(request, case, wanted)
    if request.method == "POST":
        return _done(request, case, wanted)
    return _asked(request, case, wanted)


def changes_offered(request: HttpRequest, case: Case) -> list[Change]:
    """What the menu of the case offers to the reader."""
    return [CHANGES[key] for key in offered_changes(person(request), case)]


def _done(request: HttpRequest, case: Case, wanted: Change) -> HttpResponse:
    wrong = _problems(request, case, wanted)
    if wrong:
        return _asked(request, case, wanted, wrong)
    act = partial(wanted.act, reference=case.reference, by=person(request))
    if wanted.asks_step:
        act = partial(act, node_key=posted.key(request, STEP))
    if wanted.asks_reason:
        act = partial(act, reason=posted.text(request, posted.REASON, LONGEST_REASON))
    try:
        act()
        messages.success(request, str(wanted.done))
    except WorkRefused as refused:
        messages.warning(request, said(refused))
    return redirect("clerk:case", case.reference)


def _refused(request: HttpRequest, case: Case, wanted: Change) -> HttpResponse:
    """Whoever may change courses is told why not now; for all others there is no such page."""
    if not may_steer(person(request), case.department_id):
        raise PermissionDenied
    messages.warning(
        request, _("“%(change)s” is not possible with this case now.") % {"change": wanted.title}
    )
    return redirect("clerk:case", case.reference)


def _problems(request: HttpRequest, case: Case, wanted: Change) -> list[FieldError]:
    found = []
    known = [key for key, _title in steps_to_move_to(case, language())]
    if wanted.asks_step and posted.key(request, STEP) not in known:
        found.append(FieldError(STEP, "", _("Select a step"), "required", "course-step"))
    if wanted.asks_reason and not posted.text(request, posted.REASON):
        found.append(FieldError(posted.REASON, "", _("Enter a reason"), "required", "course-reason"))
    return found


def _asked(
    request: HttpRequest, case: Case, wanted: Change, wrong: list[FieldError] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case,
        "change": wanted,
        "steps": steps_to_move_to(case, language()) if wanted.asks_step else [],
        "step": posted.key(request, STEP),
        "reason": posted.text(request, posted.REASON, LONGEST_REASON),
        "longest": LONGEST_REASON,
        "wrong": {error.field_key.lstrip("_"): error.sentence for error in wrong or ()},
        "summary_html": error_summary(wrong, language()) if wrong else "",
    }
    status = 422 if wrong else 200
    return page(request, "clerk/course.html", "cases", context, department=case.department, status=status)
