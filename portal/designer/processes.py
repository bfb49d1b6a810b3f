"""Workflows of other tools come in, as BPMN 2.0 or from other systems, and ours go out as BPMN."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engine.core.problems import DefinitionRefused, Problem
from engine.departments.models import Department, User
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from portal.designer.reports import groups_of
from portal.designer.rights import designers_only, find_department, find_service, person, what_they_may
from workflows.bpmn.reading import LARGEST
from workflows.models import Service
from workflows.services.foreign_workflows import import_foreign_workflow
from workflows.services.processes import ProcessRefused, export_process, import_process
from workflows.services.refusals import NothingToPublish


@dataclass(frozen=True)
class Taken:
    """What came in: the services with how many steps each has, and what to know about them."""

    format: str
    services: list[tuple[Service, int]]
    report: Report
    problems: list[Problem]


@designers_only
def show(request: HttpRequest, department_key: str) -> HttpResponse:
    """The form, and the report of what was sent."""
    department = find_department(request, department_key)
    if not what_they_may(person(request), department)["may_design"]:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, department, [])
    content, refusal = _sent(request)
    if refusal:
        return _page(request, department, [Problem((), "file", refusal)])
    try:
        done = _taken(content, department, person(request))
    except Refused as refused:
        return _page(request, department, [Problem((), "refused", refused.sentence)])
    except ProcessRefused as refused:
        return _page(request, department, list(refused.problems), report=refused.report)
    except DefinitionRefused as refused:
        return _page(request, department, list(refused.problems))
    return _page(request, department, done.problems, done=done, report=done.report)


@designers_only
@require_safe
def download(request: HttpRequest, department_key: str, key: str, number: int) -> HttpResponse:
    """A version as BPMN, for other tools; 0 is what is not published yet."""
    service = find_service(request, department_key, key)
    version = service.versions.filter(number=number).first() if number else None
    if number and version is None:
        raise Http404
    try:
        content = export_process(
            service=service, version=version, by=person(request), language=get_language() or ""
        )
    except NothingToPublish:
        raise Http404 from None
    answer = HttpResponse(content, content_type="application/xml; charset=utf-8")
    name = f"{service.key}-{number}.bpmn" if number else f"{service.key}.bpmn"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _taken(content: bytes, department: Department, by: User) -> Taken:
    """XML is BPMN; what else is known is told by the document itself."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        made = import_process(content=content, department=department, by=by)
        return Taken("BPMN 2.0", [(made.service, made.steps)], made.report, made.problems)
    found = import_foreign_workflow(content=content, department=department, by=by)
    services = [(service, _steps_of(service)) for service in found.services]
    return Taken(found.format, services, found.report, found.problems)


def _steps_of(service: Service) -> int:
    return len((service.working or {}).get("workflow", {}).get("nodes", []))


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes that were sent, and why they cannot be used."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return b"", _("Choose a file.")
    if (file.size or 0) > LARGEST:
        return b"", _("This file is too large.")
    content: bytes = file.read()
    return content, "" if content.strip() else _("This file is empty.")


def _page(
    request: HttpRequest,
    department: Department,
    problems: list[Problem],
    *,
    done: Taken | None = None,
    report: Report | None = None,
) -> HttpResponse:
    to_mend = [problem for problem in problems if problem.severity == "mend"]
    context = {
        "department": department,
        "to_mend": to_mend,
        "to_look": [problem for problem in problems if problem.severity != "mend"],
        "done": done,
        "groups": groups_of(report) if report else [],
    }
    return render(request, "designer/import_process.html", context, status=422 if to_mend else 200)
