"""The flags that a department names for all its services: administrators name and retire them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engine.core.text import Text
from engine.departments.access import departments_with
from engine.departments.models import Department
from engine.departments.permissions import Permission
from portal.clerk import posted
from portal.clerk.frame import page
from portal.clerk.saying import said
from portal.clerk.staff import person, staff_only
from portal.shell.language import known
from workflows import services
from workflows.models import DepartmentFlag
from workflows.selectors.flags import own_flags
from workflows.services.flagging import LONGEST_LABEL
from workflows.services.refusals import WorkRefused

DEPARTMENT, LABEL = "_department", "label-"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The flags of the departments that the reader administers; a POST names one more."""
    departments = _administered(request)
    if request.method == "POST":
        return _named(request, departments)
    context = {"rows": [_row(department) for department in departments], "longest": LONGEST_LABEL}
    return page(request, "clerk/flags.html", "cases", context, departments=departments)


@staff_only
@require_POST
def retire(request: HttpRequest, flag_id: int) -> HttpResponse:
    """Offer a flag no more."""
    found = DepartmentFlag.objects.filter(pk=flag_id, department__in=_administered(request))
    flag = found.select_related("department").first()
    if flag is None:
        raise Http404
    services.retire_flag(flag=flag, by=person(request))
    messages.success(request, _("The flag is offered no more. It stays on the cases that have it."))
    return redirect("clerk:flags")


def _named(request: HttpRequest, departments: list[Department]) -> HttpResponse:
    wanted = posted.key(request, DEPARTMENT)
    department = next((each for each in departments if each.key == wanted), None)
    if department is None:
        raise PermissionDenied
    texts = {tag: posted.text(request, LABEL + tag, LONGEST_LABEL) for tag in department.languages}
    label = Text({tag: text.replace("\n", " ") for tag, text in texts.items() if text})
    try:
        services.name_flag(department=department, label=label, by=person(request))
        messages.success(request, _("Staff can set the flag now."))
    except WorkRefused as refused:
        messages.warning(request, said(refused))
    return redirect("clerk:flags")


def _administered(request: HttpRequest) -> list[Department]:
    ids = departments_with(person(request), Permission.ADMINISTER_DEPARTMENT)
    if not ids:
        raise PermissionDenied
    return list(Department.objects.filter(pk__in=ids).order_by("key"))


def _row(department: Department) -> dict[str, Any]:
    names = known()
    return {
        "department": department,
        "flags": [(flag, Text(flag.label)) for flag in own_flags(department)],
        "languages": [(tag, names.get(tag, tag)) for tag in department.languages],
    }
