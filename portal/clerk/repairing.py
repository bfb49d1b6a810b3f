"""What administrators repair: failed steps are tried again or skipped, stuck cases are listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engine.departments.access import departments_with, require
from engine.departments.permissions import Permission
from forms_library.answers import FieldError
from forms_library.rendering import error_summary
from portal.clerk import posted
from portal.clerk.changing import Wording, change_answers
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, item_or_404, person, staff_only
from portal.clerk.templatetags.clerk import role_words
from workflows import services
from workflows.selectors.repairs import Stuck, StuckCase, cannot_go_on, failed_steps, stuck_cases
from workflows.services.refusals import GoesOn, WorkRefused
from workflows.services.repairing import LONGEST_REASON

WHY: Mapping[Stuck, str | Promise] = {
    "no_definition": gettext_lazy("This release cannot find the workflow of the case."),
    "nothing_open": gettext_lazy("Nothing is open on it, and it has not ended. Move it to a step."),
    "deadline": gettext_lazy(
        "A deadline of it fails again and again. "
        "Move it to the step that follows, and tell who runs this site."
    ),
    "ended_failed": gettext_lazy(
        "It ended because it could not be completed. Change its answers if they are wrong and reopen it, or "
        "archive it."
    ),
    "nobody": gettext_lazy(
        "It waits for a role that nobody in the department has: %(about)s. Give it to somebody under People."
    ),
    "no_key": gettext_lazy(
        "It waits for a message, and nothing in it says which one is meant. Move it to another step."
    ),
    "unread": gettext_lazy(
        "The message that it waits for came and does not fit (%(about)s). "
        "Let the other system send it again, or move the case."
    ),
}
CAN_BE_MENDED = {"nothing_open", "ended_failed"}
MEND = Wording(
    gettext_lazy("Change answers of a case that cannot go on"),
    gettext_lazy("The record says who changed them. What they said before stays in the history of the case."),
    gettext_lazy("It stays with the case as a note. The applicant does not see it."),
    gettext_lazy("Change the answers"),
)


@staff_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a repair in the departments that the reader administers."""
    user = person(request)
    if not departments_with(user, Permission.ADMINISTER_DEPARTMENT):
        raise PermissionDenied
    stuck = [(line, _why(line), line.why in CAN_BE_MENDED) for line in stuck_cases(user)]
    context = {"failed": failed_steps(user, language()), "stuck": stuck}
    return page(request, "clerk/repairs.html", "cases", context)


def _why(line: StuckCase) -> str:
    about = role_words(line.about) if line.why == "nobody" else line.about
    return str(WHY[line.why]) % {"about": about}


@staff_only
@require_POST
def retry(request: HttpRequest, item_id: int) -> HttpResponse:
    """Begin a failed step anew."""
    item, case = item_or_404(request, item_id)
    require(person(request), Permission.ADMINISTER_DEPARTMENT, case.department_id)
    try:
        services.retry_step(item_id=item.pk, by=person(request))
        messages.success(
            request, _("%(reference)s: the step is tried again.") % {"reference": case.reference}
        )
    except WorkRefused as refused:
        messages.warning(request, f"{case.reference}: {said(refused)}")
    return redirect("clerk:repairs")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, reference: str) -> HttpResponse:
    """Put answers right of a case that cannot go on."""
    case = case_or_404(request, reference)
    require(person(request), Permission.ADMINISTER_DEPARTMENT, case.department_id)
    if not cannot_go_on(case):
        messages.warning(request, said(GoesOn()))
        return redirect("clerk:case", case.reference)

    def act(given: Mapping[str, Any], reason: str) -> str:
        services.mend_answers(reference=case.reference, given=given, reason=reason, by=person(request))
        words = _("%(reference)s: the answers are changed. Now let the failed step be tried again.")
        messages.success(request, words % {"reference": case.reference})
        return reverse("clerk:repairs")

    try:
        return change_answers(request, case, MEND, act)
    except WorkRefused as refused:
        messages.warning(request, said(refused))
        return redirect("clerk:repairs")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def skip(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ask why, then go on without a failed step."""
    item, case = item_or_404(request, item_id)
    require(person(request), Permission.ADMINISTER_DEPARTMENT, case.department_id)
    reason = posted.text(request, posted.REASON, LONGEST_REASON)
    if request.method == "POST" and reason:
        try:
            services.skip_step(item_id=item.pk, reason=reason, by=person(request))
            messages.success(
                request, _("%(reference)s: the step is skipped.") % {"reference": case.reference}
            )
        except WorkRefused as refused:
            messages.warning(request, f"{case.reference}: {said(refused)}")
        return redirect("clerk:repairs")
    wrong = [FieldError(posted.REASON, "", _("Enter a reason"), "required", "skip-reason")]
    wrong = wrong if request.method == "POST" else []
    context = {
        "case": case,
        "error": wrong[0].sentence if wrong else "",
        "longest": LONGEST_REASON,
        "summary_html": error_summary(wrong, language()) if wrong else "",
    }
    status = 422 if wrong else 200
    return page(request, "clerk/skip.html", "cases", context, department=case.department, status=status)
