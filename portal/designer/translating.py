"""How far the languages of a service are; its texts go out to translators and come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from engine.core.languages import direction, own_name
from engine.core.problems import DefinitionRefused
from forms_library.translations.rows import NotReadable
from forms_library.translations.survey import Completeness, Entry, State
from portal.designer.designs import is_ahead, outside
from portal.designer.locking import DesignLocked, refuse_locked
from portal.designer.models import ServiceDesign
from portal.designer.not_yet import not_yet
from portal.designer.rights import designers_only, find_service, person, what_they_may
from workflows.models import Service
from workflows.services.refusals import NothingToPublish
from workflows.services.translating import (
    KINDS,
    Survey,
    Translated,
    export_translations,
    import_translations,
    survey,
)

LARGEST = 5_000_000  # bytes
MOST_LISTED = 100  # open texts of one language on the page; the files hold all of them


@dataclass(frozen=True)
class Language:
    """One language as the page shows it."""

    figures: Completeness
    name: str
    direction: str
    is_source: bool
    fallbacks: str
    open: Sequence[tuple[Entry, State]]
    more: int


@designers_only
@require_safe
def show(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """Completeness of each language, and what is open."""
    service = _service(request, department_key, key)
    return _page(request, service) if outside(service) else not_yet(request, service, _("Translations"))


@designers_only
@require_safe
def export(request: HttpRequest, department_key: str, key: str, kind: str, language: str) -> HttpResponse:
    """The texts for a translator into one language."""
    service = _service(request, department_key, key)
    found = _survey(request, service)
    if kind not in KINDS or language not in found.languages[1:]:
        raise Http404
    data = export_translations(
        service=service,
        by=person(request),
        kind=kind,
        language=language,
        only_open=request.GET.get("open") == "1",
    )
    ending, content_type = KINDS[kind]
    answer = HttpResponse(data, content_type=content_type)
    name = f"{service.key}-{language}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@designers_only
@require_POST
def take(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """A file of translations comes back; whatever was not simply taken is listed."""
    service = _service(request, department_key, key)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, service, refusal=_("Choose the file that the translator gave you."))
    if (file.size or 0) > LARGEST:
        return _page(request, service, refusal=_("This file is too large."))
    try:
        refuse_locked(ServiceDesign.objects.filter(service=service).first(), person(request))
        done = import_translations(service=service, by=person(request), data=file.read())
    except NotReadable as error:
        return _page(request, service, refusal=str(error))
    except DesignLocked as locked:
        return _page(request, service, refusal=locked.sentence)
    except DefinitionRefused as refused:
        return _page(request, service, problems=[p for p in refused.problems if p.severity == "mend"])
    except NothingToPublish:
        raise Http404 from None
    _say(request, done)
    if not done.left:
        return redirect("designer:translations", department_key, key)
    return _page(request, _service(request, department_key, key), left=done.left)


def _say(request: HttpRequest, done: Translated) -> None:
    if done.taken or done.confirmed:
        number = done.taken + done.confirmed
        text = ngettext("%(number)s translation was taken.", "%(number)s translations were taken.", number)
        messages.success(request, text % {"number": number})
        messages.info(request, _("Citizens see them after you publish the service."))
    else:
        messages.info(request, _("No translation was changed."))


def _service(request: HttpRequest, department_key: str, key: str) -> Service:
    service = find_service(request, department_key, key)
    if not what_they_may(person(request), service.department)["may_design"]:
        raise PermissionDenied
    return service


def _survey(request: HttpRequest, service: Service) -> Survey:
    try:
        return survey(service=service, by=person(request))
    except NothingToPublish:
        raise Http404 from None


def _page(request: HttpRequest, service: Service, *, refusal: str = "", **report: Any) -> HttpResponse:
    found = _survey(request, service)
    context = {
        "service": service,
        "department": service.department,
        "is_ahead": is_ahead(service),
        "languages": [_language(found, figures) for figures in found.figures],
        "total": len(found.entries),
        "refusal": refusal,
        **report,
    }
    wrong = refusal or report.get("problems")
    return render(request, "designer/translations.html", context, status=422 if wrong else 200)


def _language(found: Survey, figures: Completeness) -> Language:
    language = figures.language
    states = ((entry, entry.state(language)) for entry in found.entries)
    still_open = [(entry, state) for entry, state in states if state in ("missing", "stale")]
    return Language(
        figures=figures,
        name=own_name(language),
        direction=direction(language),
        is_source=language == found.languages[0],
        fallbacks=", ".join(f"{own_name(tag)} ({number})" for tag, number in figures.fallbacks.items()),
        open=still_open[:MOST_LISTED],
        more=max(0, len(still_open) - MOST_LISTED),
    )
