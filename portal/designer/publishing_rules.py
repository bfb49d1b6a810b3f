"""By how many people a department wants its publications approved; its administrators say so."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from engine.departments.access import people_with
from engine.departments.models import Department
from engine.departments.permissions import Permission
from portal.designer.rights import designers_only, find_department, person, what_they_may
from workflows.services.publications import MOST_APPROVALS, require_approvals


@designers_only
def show(request: HttpRequest, department_key: str) -> HttpResponse:
    """The rule of a department; when it is sent, the new one."""
    department = find_department(request, department_key)
    if not what_they_may(person(request), department)["may_administer"]:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, department)
    asked, typed = request.POST.get("approval") == "yes", request.POST.get("people", "").strip()
    people = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 1 else 0
    if asked and not people:
        wrong = _("Enter a number from 1 to {most}.").format(most=MOST_APPROVALS)
        return _page(request, department, wrong=wrong, typed=typed)
    require_approvals(department=department, people=people if asked else 0, by=person(request))
    messages.success(request, _("It is kept. It holds for everything that is published from now on."))
    return redirect("designer:publishing", department.key)


def _page(request: HttpRequest, department: Department, wrong: str = "", typed: str = "") -> HttpResponse:
    needed = department.publication_approvals
    context = {
        "department": department,
        "approval": bool(needed or wrong),
        "people": typed or needed or 1,
        "most": MOST_APPROVALS,
        "may_approve": people_with(Permission.PUBLISH_SERVICE, department).count(),
        "wrong": wrong,
    }
    return render(request, "designer/publishing.html", context, status=422 if wrong else 200)
