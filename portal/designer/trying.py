"""Try it: a designer plays citizen and clerk through the real engine; nothing there is real."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engine.core.problems import DefinitionRefused
from portal.designer.designs import is_ahead, outside
from portal.designer.fill_page import fill_in
from portal.designer.not_yet import not_yet
from portal.designer.rights import designers_only, find_service, person, what_they_may
from portal.designer.saved_walks import saved_walks
from portal.designer.templatetags.designer import said
from portal.designer.trial import Asked, played, role_name
from portal.designer.walk_steps import own_words, walk_of, with_act, written
from portal.designer.walked import by_itself, gaps, percent
from workflows.definition import ServicePackage
from workflows.dry_run import (
    ActRefused,
    Report,
    Script,
    remove_scenario,
    sample_certificate,
    sample_document,
    save_scenario,
)
from workflows.dry_run.cast import APPLICANT
from workflows.dry_run.report import Choice, OpenWork
from workflows.models import Service
from workflows.services.packages import checked
from workflows.services.refusals import NothingToPublish


@designers_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """The page of the trial, after what was pressed."""
    service = _service(request, department_key, key)
    try:
        package = _package(service)
    except DefinitionRefused as refused:
        return not_yet(request, service, _("Try it"), list(refused.problems))
    except NothingToPublish:
        return not_yet(request, service, _("Try it"))
    asked = _asked(request, service, package)
    if asked.posted.get("keep"):
        return _saved(asked)
    if asked.posted.get("fill"):
        filled = fill_in(asked)
        return _page(filled) if isinstance(filled, Asked) else filled
    return _page(replace(asked, walk=with_act(asked.walk, asked.posted)))


def _asked(request: HttpRequest, service: Service, package: ServicePackage) -> Asked:
    posted = own_words(request.POST)
    language = posted.get("language", "")
    if language not in package.languages:
        language = package.languages[0]
    walk = walk_of(posted, language)
    return Asked(request, posted, service, package, walk, posted.get("look", APPLICANT), language)


@designers_only
@require_http_methods(["POST"])
def paper(request: HttpRequest, department_key: str, key: str, kind: str, sample: int) -> HttpResponse:
    """A certificate of the trial, or a letter that it made, as a sample."""
    service = _service(request, department_key, key)
    try:
        package = _package(service)
    except (DefinitionRefused, NothingToPublish):
        raise Http404 from None
    walk = Script.model_validate(walk_of(request.POST, request.POST.get("language") or package.languages[0]))
    drawn = sample_document if kind == "documents" else sample_certificate
    pdf = drawn(package, walk, sample, department=service.department, by=person(request))
    if pdf is None:
        raise Http404
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="sample.pdf"'
    return answer


def _service(request: HttpRequest, department_key: str, key: str) -> Service:
    """The service, for those who make it and those who judge it before it is published."""
    service = find_service(request, department_key, key)
    may = what_they_may(person(request), service.department)
    if not (may["may_design"] or may["may_publish"]):
        raise PermissionDenied
    return service


def _package(service: Service) -> ServicePackage:
    """What is not published yet, or what is live; raises DefinitionRefused and NothingToPublish."""
    stored = outside(service)
    if stored is None:
        raise NothingToPublish
    return checked(stored)[0]


def _saved(asked: Asked) -> HttpResponse:
    """Keep the walk, give one up, or take one up again; then the page."""
    name, by = asked.posted.get("name", "").strip(), person(asked.request)
    match asked.posted.get("keep"):
        case "save" if not name:
            messages.error(asked.request, _("Give the walk a name."))
        case "save":
            try:
                save_scenario(
                    service=asked.service,
                    name=name,
                    script=Script.model_validate(asked.walk),
                    package=asked.package,
                    by=by,
                )
            except ActRefused as refused:
                messages.error(asked.request, said(refused.sentence))
            else:
                messages.success(asked.request, _("The walk is saved. It is played before each publication."))
        case "remove":
            remove_scenario(service=asked.service, name=name, by=by)
        case "load":
            found = asked.service.scenarios.filter(name=name).first()
            if found is not None:
                walk = {**found.script, "language": asked.language}
                asked = replace(asked, walk=walk)
    return _page(asked)


def _page(asked: Asked) -> HttpResponse:
    report, page = played(asked)
    keep = asked.posted.get("keep")
    acted = asked.request.method == "POST" and not keep
    walks, coverage = saved_walks(
        asked.service, asked.package, person(asked.request), play=not acted, every=keep == "play"
    )
    context = {
        "service": asked.service,
        "department": asked.service.department,
        "is_ahead": is_ahead(asked.service),
        "report": report,
        "page": page,
        "script": written(asked.walk),
        "acts": len(asked.walk.get("acts", [])),
        "part": asked.part,
        "takes_applications": asked.package.takes_applications,
        "people": _people(asked, report),
        "work": [_offered(asked, work) for work in report.open],
        "spoken": asked.language,
        "languages": asked.package.languages,
        "questions": _questions(asked),
        "walks": walks,
        "coverage": coverage,
        "percent": percent(coverage),
        "gaps": gaps(asked, coverage) if coverage else [],
        "itself": by_itself(asked) if asked.posted.get("walk") else None,
        "may_design": what_they_may(person(asked.request), asked.service.department)["may_design"],
    }
    return render(asked.request, "designer/try.html", context)


def _people(asked: Asked, report: Report) -> list[dict[str, Any]]:
    """Who can be looked at: the applicant and each role, with how much they have to do."""
    found = [
        {
            "part": APPLICANT,
            "name": report.people.get(APPLICANT, ""),
            "todo": sum(work.kind == "applicant" for work in report.open),
        }
    ]
    roles = dict.fromkeys(part.rpartition("-")[0] for part in report.people if part != APPLICANT)
    for role in roles:
        todo = sum(work.kind in ("person", "state") and work.role == role for work in report.open)
        name = report.people.get(f"{role}-1", "")
        found.append({"part": role, "role": role_name(asked, role), "name": name, "todo": todo})
    return found


def _offered(asked: Asked, work: OpenWork) -> tuple[OpenWork, str, list[tuple[Choice, str]]]:
    """Something that waits, the role it is for, and each choice with who may take it in a state."""
    choices = [
        (choice, ", ".join(role_name(asked, role) for role in choice.roles)) for choice in work.choices
    ]
    return work, role_name(asked, work.role) if work.role else "", choices


def _questions(asked: Asked) -> list[tuple[str, str]]:
    """The questions of the form, for asking the applicant to correct some."""
    form = asked.package.start_form
    language = get_language() or "en"
    return [(field.key, field.label.in_(language)) for field in form.fields() if field.label] if form else []
