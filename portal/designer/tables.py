"""Decision tables come in from other tools as DMN, and ours go out."""

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
from forms_library.importing.port import Refused
from forms_library.importing.report import Report
from portal.designer import designs
from portal.designer.locking import DesignLocked
from portal.designer.models import ServiceDesign
from portal.designer.reports import Group, groups_of
from portal.designer.rights import designers_only, find_service, person, what_they_may
from workflows.dmn.opening import LARGEST
from workflows.models import Service
from workflows.services.decision_tables import (
    NoSuchTable,
    TablePlace,
    as_dmn,
    bring_in_table,
    export_table,
    tables_of,
)

DECISION = 200  # characters


@dataclass(frozen=True)
class Line:
    """One table of the page, with what other tools cannot read in it."""

    place: TablePlace
    groups: list[Group]


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the report, what there is to mend, and where the table is now."""

    problems: list[Problem]
    report: Report | None = None
    where: str = ""
    decision: str = ""


@designers_only
def show(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """Every table of a service; one of another tool takes the place of one of them."""
    service = _service(request, department_key, key)
    design = designs.open_design(service=service, by=person(request))
    if request.method != "POST":
        return _page(request, service, design, Outcome([], where=request.GET.get("table", "")[:200]))
    return _page(request, service, design, _taken(request, service, design))


def _taken(request: HttpRequest, service: Service, design: ServiceDesign) -> Outcome:
    """Put the table of a file in its place and keep the document, as the editor does."""
    where, decision = request.POST.get("table", ""), request.POST.get("decision", "").strip()[:DECISION]
    content, refusal = _sent(request)
    if refusal:
        return Outcome([Problem((), "file", refusal)], where=where, decision=decision)
    try:
        brought = bring_in_table(
            service=service, document=design.document, where=where, content=content, decision=decision,
            by=person(request),
        )  # fmt: skip
        base = str(design.latest_revision_id)
        saved = designs.save_design(service=service, by=person(request), base=base, document=brought.document)
    except Refused as refused:
        return Outcome([Problem((), "refused", refused.sentence)], where=where, decision=decision)
    except DefinitionRefused as refused:
        return Outcome(list(refused.problems), where=where, decision=decision)
    except NoSuchTable:
        return Outcome([Problem((), "table", _("Choose the table that is replaced."))], decision=decision)
    except DesignLocked as locked:
        return Outcome([Problem((), "locked", locked.sentence)], where=where, decision=decision)
    except designs.Conflicting:
        sentence = _("Somebody else changed this table at the same time. Look at it, then import again.")
        return Outcome([Problem((), "conflict", sentence)], where=where, decision=decision)
    design.document = saved.design.document
    return Outcome([], brought.report, where)


@designers_only
@require_safe
def download(request: HttpRequest, department_key: str, key: str, where: str) -> HttpResponse:
    """One table as a file."""
    service = _service(request, department_key, key)
    design = designs.open_design(service=service, by=person(request))
    try:
        place, made = export_table(
            service=service, document=design.document, where=where, by=person(request), language=_language()
        )
    except (NoSuchTable, DefinitionRefused):
        raise Http404 from None
    answer = HttpResponse(made.content, content_type="application/xml; charset=utf-8")
    name = f"{service.key}-{place.where.replace('.', '-')}.dmn"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _service(request: HttpRequest, department_key: str, key: str) -> Service:
    service = find_service(request, department_key, key)
    if not what_they_may(person(request), service.department)["may_design"]:
        raise PermissionDenied
    return service


def _language() -> str:
    return get_language() or "en"


def _sent(request: HttpRequest) -> tuple[bytes, str]:
    """The bytes that were sent, and why they cannot be used."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return b"", _("Choose a DMN file.")
    if (file.size or 0) > LARGEST:
        return b"", _("This file is too large.")
    content: bytes = file.read()
    return content, "" if content.strip() else _("This file is empty.")


def _page(request: HttpRequest, service: Service, design: ServiceDesign, outcome: Outcome) -> HttpResponse:
    places = tables_of(design.document)
    try:
        lines = [
            Line(place, groups_of(as_dmn(design.document, place, _language()).report)) for place in places
        ]
        unfit: list[Problem] = []
    except DefinitionRefused as refused:
        lines, unfit = [], list(refused.problems)
    context = {
        "service": service,
        "department": service.department,
        "lines": lines,
        "to_mend": outcome.problems,
        "unfit": unfit,
        "chosen": outcome.where,
        "decision": outcome.decision,
        "done": next((place for place in places if place.where == outcome.where), None)
        if outcome.report is not None
        else None,
        "groups": groups_of(outcome.report) if outcome.report is not None else [],
    }
    return render(request, "designer/tables.html", context, status=422 if outcome.problems else 200)
