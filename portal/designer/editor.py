"""The page of the editor: everything that the client starts with."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engine.core.languages import direction
from engine.core.text import Text
from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from portal.designer.checking import check
from portal.designer.department_staff import changing, staff_of
from portal.designer.designs import open_design
from portal.designer.library import parts_of
from portal.designer.locking import may_unlock
from portal.designer.models import ServiceDesign
from portal.designer.part_previews import certificate_pdf
from portal.designer.posted_json import BadPost
from portal.designer.problem_lines import state_of
from portal.designer.registry import registry
from portal.designer.rights import designers_only, find_service, person
from workflows.dry_run import require_reader
from workflows.models import Service

CALLS = (
    "save",
    "check",
    "preview",
    "why",
    "certificate",
    "message",
    "rule",
    "lines",
    "presence",
    "ask",
    "vote",
    "publish",
    "versions",
    "effects",
    "restore",
    "lock",
    "unlock",
    "keep-part",
    "rename-part",
    "drop-part",
)


@designers_only
@require_safe
def show(request: HttpRequest, department_key: str, key: str) -> HttpResponse:
    """The editor."""
    design = open_design(service=find_service(request, department_key, key), by=person(request))
    language = get_language() or "en"
    context = {
        "start": start(request, design, language),
        "service": design.service,
        "department": design.department,
    }
    return render(request, "designer/editor.html", context)


@designers_only
@require_safe
def certificate(request: HttpRequest, department_key: str, key: str, certificate: str) -> HttpResponse:
    """A certificate of the draft as it is saved, as a sample."""
    service = find_service(request, department_key, key)
    require_reader(person(request), service.department)
    design = open_design(service=service, by=person(request))
    try:
        pdf = certificate_pdf(service, design.document, certificate, 1)
    except BadPost:
        raise Http404 from None
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="sample.pdf"'},
    )


def start(request: HttpRequest, design: ServiceDesign, language: str) -> dict[str, Any]:
    """What the client starts with, by the contract between the two."""
    service, department, user = design.service, design.department, person(request)
    staff = staff_of(department)
    live = service.current.number if service.current else None
    names = (department.key, service.key)
    rights = (Permission.DESIGN_SERVICE, Permission.PUBLISH_SERVICE, Permission.ADMINISTER_DEPARTMENT)
    designs_, publishes, administers = (may(user, right, department.pk) for right in rights)
    return {
        "service": {
            "key": service.key,
            "title": service.name(language),
            "department": {
                "key": department.key,
                "name": Text.model_validate(department.title).in_(language),
                "brand": department.brand,
            },
            "live_version": live,
            "version_being_made": (live or 0) + 1,
        },
        "document": design.document,
        "revision": str(design.latest_revision_id),
        "registry": {**registry(staff, language), "services": _others(service, language)},
        "people": changing(staff),
        "library": parts_of(department),
        **state_of(design.document, check(design.document, department)),
        "asked": design.asked_at,
        "lock": _lock(design, user),
        "may": {
            "design": designs_ and not (design.locked and design.locked_by_id != user.pk),
            "publish": publishes,
            "ask": designs_,
        },
        "urls": {
            **{call: reverse(f"designer:design-{call}", args=names) for call in CALLS},
            "certificate_pdf": reverse("designer:design-certificate-pdf", args=(*names, "CERTIFICATE")),
            "service": reverse("designer:service", args=names),
            "services": reverse("designer:services"),
            "help": reverse("designer:help"),
            "export": reverse("designer:export-working", args=names),
            "import": reverse("designer:import", args=names[:1]),
            "tables": reverse("designer:tables", args=names),
            **({"give_roles": reverse("people")} if administers else {}),
        },
        "tabs": _tabs(names, designs=designs_),
        "language": language,
        "dir": direction(language),
        "me": user.get_full_name(),
    }


def _lock(design: ServiceDesign, user: User) -> dict[str, Any] | None:
    """Who has locked the design, and whether the reader may unlock it."""
    if not design.locked:
        return None
    name = design.locked_by.get_full_name() if design.locked_by else ""
    return {"by": name, "mine": design.locked_by_id == user.pk, "may_unlock": may_unlock(design, user)}


def _others(service: Service, language: str) -> list[dict[str, Any]]:
    """The other services of the department, which a step can call."""
    others = Service.objects.filter(department=service.department, archived_at=None).exclude(pk=service.pk)
    return [{"key": one.key, "name": one.name(language)} for one in others.order_by("key")]


def _tabs(names: tuple[str, str], *, designs: bool) -> list[dict[str, Any]]:
    """The parts of the editor; translations are for those who may change them."""
    labels = {
        "overview": _("Overview"),
        "form": _("Form"),
        "workflow": _("Workflow"),
        "certificate": _("Certificate"),
        "messages": _("Messages"),
        "translations": _("Translations"),
        "people": _("People"),
        "try": _("Try it"),
        "versions": _("Versions"),
    }
    links = {
        "translations": reverse("designer:translations", args=names),
        "try": reverse("designer:try", args=names),
    }
    return [
        {"key": key, "label": label, "href": links.get(key), "badge": None}
        for key, label in labels.items()
        if designs or key != "translations"
    ]
