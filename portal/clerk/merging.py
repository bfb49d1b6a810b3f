"""Two cases side by side, and merging what was sent twice."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engine.departments.access import require
from engine.departments.permissions import Permission
from portal.clerk import posted
from portal.clerk.frame import language, page
from portal.clerk.saying import said
from portal.clerk.staff import case_or_404, person, staff_only
from workflows import services
from workflows.course_refusals import CourseRefused
from workflows.models import Case
from workflows.refusals import WorkRefused
from workflows.roles import may_steer
from workflows.selectors.merges import compared_answers

KEPT = "_kept"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """Show both cases; who steers the cases of the department may say that they are the same."""
    case, second = case_or_404(request, reference), case_or_404(request, other)
    for each in (case, second):
        require(person(request), Permission.WORK_CASE, each.department_id)
    if case.service_id != second.service_id or case.pk == second.pk:
        messages.warning(request, said(CourseRefused("other_service")))
        return redirect("clerk:case", case.reference)
    if request.method == "POST":
        return _merge(request, case, second)
    rows = compared_answers(person(request), case, second, language())
    context = {
        "case": case,
        "other": second,
        "rows": rows,
        "differences": sum(row.differs for row in rows),
        "may_merge": case.finished is None
        and second.finished is None
        and may_steer(person(request), case.department_id),
    }
    return page(request, "clerk/compare.html", "cases", context, department=case.department)


def _merge(request: HttpRequest, case: Case, second: Case) -> HttpResponse:
    if not may_steer(person(request), case.department_id):
        raise PermissionDenied
    chosen = posted.key(request, KEPT)
    if chosen not in (case.reference, second.reference):
        return redirect("clerk:compare", case.reference, second.reference)
    kept, ends = (case, second) if chosen == case.reference else (second, case)
    try:
        services.merge_case(reference=ends.reference, into=kept.reference, by=person(request))
        words = _("%(ends)s has ended and points at this case. Its applicant gets a letter.")
        messages.success(request, words % {"ends": ends.reference})
    except WorkRefused as refused:
        messages.warning(request, said(refused))
    return redirect("clerk:case", kept.reference)
