"""A form of another system comes in: the format is told by itself, and what was not as it was is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.core.problems import DefinitionRefused, Problem
from engine.departments.models import Department
from forms_library.catalogue import field_types
from forms_library.importing.limits import MOST_BYTES
from forms_library.importing.port import Refused, importers
from portal.designer.reports import groups_of
from portal.designer.rights import designers_only, find_department, person, what_they_may
from workflows.definition import ServicePackage
from workflows.models import Service
from workflows.services.foreign import ForeignImport
from workflows.services.foreign_forms import import_foreign_form

# a text of this size can be shown again; a larger file is chosen again
LARGEST_SHOWN = 500_000


@dataclass(frozen=True)
class Made:
    """A service that was made of a form, and how much came along."""

    service: Service
    pages: int
    questions: int

    @classmethod
    def of(cls, service: Service) -> Made:
        """The figures of its working copy."""
        stored = service.working or (service.current.package if service.current else None)
        form = ServicePackage.model_validate(stored).forms["application"]
        kinds = [field_types[field.type] for field in form.fields()]
        return cls(service, len(form.pages), sum(kind.has_answer for kind in kinds))


def _name_of(key: str) -> str:
    """What people call the format; its key where it has no name."""
    return next((kind.label.in_(get_language() or "en") for kind in importers if kind.key == key), key)


@designers_only
def show(request: HttpRequest, department_key: str) -> HttpResponse:
    """The form, and the report of what was sent."""
    department = find_department(request, department_key)
    if not what_they_may(person(request), department)["may_design"]:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, department, "", [])
    content, text, refusal = _sent(request)
    if refusal:
        return _page(request, department, text, [Problem((), "file", refusal)])
    try:
        done = import_foreign_form(content=content, department=department, by=person(request))
    except Refused as refused:
        return _page(request, department, text, [Problem((), "refused", refused.sentence)])
    except DefinitionRefused as refused:
        return _page(request, department, text, list(refused.problems))
    return _page(request, department, "", done.problems, done)


def _sent(request: HttpRequest) -> tuple[bytes, str, str]:
    """The bytes that were sent, the same as text that can be shown again, and why they cannot be used."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > MOST_BYTES:
            return b"", "", _("This file is too large.")
        content = file.read()
        return content, _shown(content), "" if content else _("This file is empty.")
    text = request.POST.get("text", "")
    refusal = "" if text.strip() else _("Choose a file, or paste the text of a form.")
    return text.encode("utf-8", "replace"), text, refusal


def _shown(content: bytes) -> str:
    """A file of text stays on the page after an error; an archive has to be chosen again."""
    if len(content) > LARGEST_SHOWN or b"\x00" in content:
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _page(
    request: HttpRequest,
    department: Department,
    text: str,
    problems: list[Problem],
    done: ForeignImport | None = None,
) -> HttpResponse:
    context = {
        "department": department,
        "text": text,
        "to_mend": [problem for problem in problems if problem.severity == "mend"],
        "to_look": [problem for problem in problems if problem.severity != "mend"],
        "done": done,
        "made": [Made.of(service) for service in done.services] if done else [],
        "format": _name_of(done.format) if done else "",
        "groups": groups_of(done.report) if done else [],
    }
    failed = bool(context["to_mend"])
    return render(request, "designer/import_form.html", context, status=422 if failed else 200)
