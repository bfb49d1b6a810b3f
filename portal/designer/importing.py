"""A package comes in: every problem is shown at once, and what was pasted stays on the page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.core.problems import DefinitionRefused, Problem
from engine.departments.models import Department, User
from portal.designer.foreseeing import Foreseen, foresee_import
from portal.designer.locking import DesignLocked, refuse_locked
from portal.designer.models import ServiceDesign
from portal.designer.rights import designers_only, find_department, person, what_they_may
from portal.designer.templatetags.designer import said
from workflows.services.packages import checked, import_package

LARGEST = 2_000_000  # bytes; the text itself is measured again by the reader


@designers_only
def show(request: HttpRequest, department_key: str) -> HttpResponse:
    """The form, and the report of what was sent."""
    department = find_department(request, department_key)
    if not what_they_may(person(request), department)["may_design"]:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, department, "", [])
    text, refusal = _sent(request)
    if refusal:
        return _page(request, department, text, [Problem((), "file", refusal)])
    try:
        if "foresee" in request.POST:
            found = foresee_import(
                source=text, department=department, by=person(request), language=get_language() or "en"
            )
            return _page(request, department, text, found.problems, found)
        _refuse_locked(text, department, person(request))
        report = import_package(source=text, department=department, by=person(request))
    except DefinitionRefused as refused:
        return _page(request, department, text, list(refused.problems))
    except DesignLocked as locked:
        return _page(request, department, text, [Problem((), "locked", locked.sentence)])
    _say(request, report.status)
    for problem in report.problems:
        messages.info(request, f"{problem.where}: {said(problem.sentence)}")
    return redirect("designer:service", department.key, report.service.key)


def _refuse_locked(text: str, department: Department, by: User) -> None:
    """Raise DesignLocked, or DefinitionRefused where the text is no package."""
    key = checked(text)[0].key
    refuse_locked(ServiceDesign.objects.filter(department=department, service__key=key).first(), by)


def _sent(request: HttpRequest) -> tuple[str, str]:
    """The text that was sent, and why it can not be used (empty when it can)."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > LARGEST:
            return "", _("This file is too large for a service package.")
        try:
            return file.read().decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            return "", _("This file is not text in UTF-8. Choose the YAML file of a service.")
    text = request.POST.get("text", "")
    return text, "" if text.strip() else _("Choose a file, or paste the text of a package.")


def _say(request: HttpRequest, status: str) -> None:
    if status == "unchanged":
        messages.info(request, _("This package is the same as the one that is here. Nothing was changed."))
    else:
        messages.success(request, _("The package is in. Citizens see it after you publish it."))


def _page(
    request: HttpRequest,
    department: Department,
    text: str,
    problems: list[Problem],
    foreseen: Foreseen | None = None,
) -> HttpResponse:
    to_mend = [problem for problem in problems if problem.severity == "mend"]
    to_look = [problem for problem in problems if problem.severity != "mend"]
    context = {
        "department": department,
        "text": text,
        "to_mend": to_mend,
        "to_look": to_look,
        "foreseen": foreseen,
    }
    failed = bool(problems) and foreseen is None
    return render(request, "designer/import.html", context, status=422 if failed else 200)
