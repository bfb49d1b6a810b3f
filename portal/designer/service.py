"""One service: its versions, what is not published yet, and the way to publish and export."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engine.core.problems import DefinitionRefused, Problems
from engine.core.text import Text
from engine.departments.models import Department
from portal.designer.designs import is_ahead, publish_unpublished
from portal.designer.effects import effect_of
from portal.designer.locking import DesignLocked
from portal.designer.rights import designers_only, find_service, person, what_they_may
from portal.designer.templatetags.designer import said
from workflows.models import Service, ServiceVersion
from workflows.selectors.readiness import note_what_is_missing_here
from workflows.selectors.versions import package_of
from workflows.services.packages import export_package, export_working
from workflows.services.printing import MOST_LANGUAGES
from workflows.services.refusals import NotApproved, NothingToPublish


@designers_only
def show(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """The page of a service."""
    service = find_service(request, department_key, key)
    context = {
        "service": service,
        "department": service.department,
        "printed": _printed(service),
        "is_ahead": is_ahead(service),
        "effects": effect_of(service)["sentences"] if service.working else [],
        "versions": service.versions.select_related("published_by").order_by("-number"),
        **what_they_may(person(request), service.department),
    }
    return render(request, "designer/service.html", context)


def _printed(service: Service) -> list[tuple[str, str, str]]:
    """Key and title of the forms that can be printed, and the languages that stand side by side."""
    package = service.working or (service.current.package if service.current else None)
    languages = ",".join(package["languages"][:MOST_LANGUAGES]) if package else ""
    forms = package.get("forms", {}).items() if package else ()
    return [
        (key, Text.model_validate(form["title"]).in_(get_language() or "en"), languages)
        for key, form in forms
    ]


@designers_only
@require_POST
def publish_now(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """Make what was imported the version that citizens meet."""
    service = find_service(request, department_key, key)
    try:
        note = request.POST.get("note", "").strip()
        version = publish_unpublished(service=service, by=person(request), note=note)
    except NothingToPublish:
        messages.warning(request, _("There is nothing to publish. Import a package first."))
    except DesignLocked as locked:
        messages.warning(request, locked.sentence)
    except NotApproved:
        messages.warning(
            request,
            _("Colleagues have to approve this first. Ask for it in the editor, under Versions."),
        )
    except DefinitionRefused as refused:
        for problem in refused.problems:
            messages.error(request, f"{problem.where}: {said(problem.sentence)}")
    else:
        messages.success(request, _("Version %(number)s is live.") % {"number": version.number})
        _warn_of_empty_roles(request, version, service.department)
    return redirect("designer:service", department_key, key)


def _warn_of_empty_roles(request: HttpRequest, version: ServiceVersion, department: Department) -> None:
    """What is live, and where nobody could do the work."""
    problems = Problems()
    note_what_is_missing_here(package_of(version.pk), department, problems)
    for problem in problems:
        messages.warning(request, said(problem.sentence))


@designers_only
def export_version(request: HttpRequest, department_key: str, key: str, number: int) -> HttpResponse:
    """A published version as YAML."""
    service = find_service(request, department_key, key)
    version = service.versions.select_related("service").filter(number=number).first()
    if version is None:
        raise Http404
    return _yaml(export_package(version=version, by=person(request)), f"{service.key}-{number}")


@designers_only
def export_unpublished(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """What is not published yet as YAML."""
    service = find_service(request, department_key, key)
    try:
        return _yaml(export_working(service=service, by=person(request)), service.key)
    except NothingToPublish:
        raise Http404 from None


def _yaml(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer
