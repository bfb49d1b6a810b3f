"""The calls of the designer's client: save, check, rule, preview, presence, ask, publish, versions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from engine.departments.access import may, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from portal.designer import designs
from portal.designer.checking import Checked, check
from portal.designer.differences import differences
from portal.designer.effects import effect_of, outlook_of, to_be_published
from portal.designer.left_out import left_out
from portal.designer.locking import lock_design, unlock_design
from portal.designer.models import ServiceDesign
from portal.designer.moving_cases import moving_of
from portal.designer.pace import within_pace
from portal.designer.part_previews import certificate_pictures, message_letter
from portal.designer.posted_json import BadPost, Posted, document_in, json_view, number_in, text_in
from portal.designer.presence import note_presence
from portal.designer.preview_answers import filling_in
from portal.designer.previewing import preview_page
from portal.designer.problem_lines import state_of
from portal.designer.rights import person
from workflows.dry_run import require_reader
from workflows.models import Service
from workflows.selectors.publications import approvals_of

PREVIEWS_A_MINUTE = 90  # of one person: a pause in typing makes one


@require_POST
@json_view
def save(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Keep the document; merged with what others changed meanwhile."""
    base = posted.get("base")
    if not isinstance(base, str):
        raise BadPost(_("The revision that this was made from is missing."))
    return _saved(
        designs.save_design(service=service, by=person(request), base=base, document=document_in(posted))
    )


@require_POST
@json_view
def restore(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Bring back an earlier document."""
    version, revision = posted.get("version"), posted.get("revision")
    if isinstance(version, bool) or not isinstance(version, int | None):
        raise BadPost(_("This is not the number of a version."))
    if version is not None and not 0 < version < 2**31:
        raise designs.NoSuchRevision
    text = revision if isinstance(revision, str) else ""
    return _saved(designs.restore(service=service, by=person(request), version=version, revision=text))


def _saved(saved: designs.Saved) -> dict[str, Any]:
    design = saved.design
    return {
        "revision": str(design.latest_revision_id),
        "document": design.document,
        "merged": [list(path) for path in saved.from_others],
        "saved_at": timezone.now().isoformat(),
        **state_of(design.document, saved.checked),
    }


@require_POST
@json_view
def check_now(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Problems and checklist of a document that is not saved."""
    require(person(request), Permission.DESIGN_SERVICE, service.department_id)
    document = document_in(posted)
    checked: Checked = check({**document, "key": service.key}, service.department)
    return state_of(document, checked)


@require_POST
@json_view
def preview(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """One page as citizens would see it."""
    require_reader(person(request), service.department)
    previewed = preview_page(
        request,
        service,
        document_in(posted),
        form_key=text_in(posted, "form"),
        page_key=text_in(posted, "page"),
        language=text_in(posted, "language", 20),
        filling=filling_in(posted),
        with_errors=posted.get("errors") is True,
    )
    return {"html": previewed.html, "way": previewed.way}


@require_POST
@json_view
def why_left_out(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """What a page leaves out for the answers in the preview, and why."""
    require_reader(person(request), service.department)
    found = left_out(
        document_in(posted),
        form_key=text_in(posted, "form"),
        page_key=text_in(posted, "page"),
        language=text_in(posted, "language", 20),
        filling=filling_in(posted),
        said_in=get_language() or "en",
    )
    return {"left_out": found}


@require_POST
@json_view
def certificate(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """A certificate as it would be printed, with made-up answers."""
    _may_preview(request, service)
    return certificate_pictures(
        service, document_in(posted), text_in(posted, "key"), number_in(posted, "sample")
    )


@require_POST
@json_view
def message(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """A message as people would get it."""
    _may_preview(request, service)
    return message_letter(
        service, document_in(posted), text_in(posted, "key"), text_in(posted, "language", 20)
    )


def _may_preview(request: HttpRequest, service: Service) -> None:
    require_reader(person(request), service.department)
    if not within_pace(person(request), "previews", PREVIEWS_A_MINUTE):
        raise BadPost(
            _("These are many previews in a short time. The next is made in a minute."), "pace", 429
        )


@require_POST
@json_view
def lock(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Let nobody else change the design."""
    lock_design(service=service, by=person(request))
    return {"locked": True}


@require_POST
@json_view
def unlock(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Let everybody change it again."""
    unlock_design(service=service, by=person(request))
    return {"locked": False}


@require_POST
@json_view
def presence(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Note where the person is; who else is here."""
    return {"people": note_presence(service, person(request), text_in(posted, "where"))}


@require_POST
@json_view
def ask(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Ask for publication."""
    design = designs.ask_for_publication(service=service, by=person(request), note=text_in(posted, "note"))
    return {
        "asked_by": person(request).get_full_name(),
        "asked_at": design.asked_at,
        "note": design.asked_note,
    }


@require_POST
@json_view
def publish(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Make the document the version that citizens meet."""
    version = designs.publish_design(service=service, by=person(request), note=text_in(posted, "note"))
    return {"version": version.number}


@require_POST
@json_view
def vote(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """Approve or refuse what somebody asked to publish."""
    approved = posted.get("approved")
    if not isinstance(approved, bool):
        raise BadPost(_("Say whether you approve."))
    designs.vote(
        service=service,
        by=person(request),
        revision=text_in(posted, "revision"),
        approved=approved,
        reason=text_in(posted, "reason"),
    )
    return {"approved": approved}


@require_GET
@json_view
def versions(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """What is different from what is live, the effect of publishing, and what was saved and published."""
    by = person(request)
    design = designs.open_design(service=service, by=by)
    live = design.service.current
    return {
        "differences": differences(live.package if live else {}, design.document, get_language() or "en"),
        "before": {name: live.package.get(name) for name in ("forms", "workflow")} if live else {},
        "effect": effect_of(design.service),
        "versions": [
            {
                "number": one.number,
                "note": one.note,
                "by": one.published_by.get_full_name(),
                "at": one.published_at,
                "live": live is not None and one.pk == live.pk,
            }
            for one in service.versions.select_related("published_by").order_by("-number")[:50]
        ],
        "revisions": [
            {
                "revision": str(one.pk),
                "by": one.user.get_full_name() if one.user else "",
                "at": one.created_at,
            }
            for one in design.revisions.select_related("user").defer("content").order_by("-pk")[:50]
        ],
        "asked": _asked(design),
        "approvals": _approvals(design, by),
        "moving": moving_of(design.service, by),
        "may": {
            "design": may(by, Permission.DESIGN_SERVICE, service.department_id),
            "publish": may(by, Permission.PUBLISH_SERVICE, service.department_id),
        },
    }


@require_GET
@json_view
def effects(request: HttpRequest, service: Service, posted: Posted) -> dict[str, Any]:
    """What becomes of open cases and drafts if the design is published as it is saved."""
    by = person(request)
    design = designs.open_design(service=service, by=by)
    package = to_be_published(design.service, design.document)
    found = outlook_of(design.service, package, by=by, language=get_language() or "en") if package else {}
    return {
        "known": package is not None,
        **{name: [asdict(line) for line in found.get(name, ())] for name in ("cases", "drafts")},
    }


def _asked(design: ServiceDesign) -> dict[str, Any] | None:
    if design.asked_by is None:
        return None
    return {"by": design.asked_by.get_full_name(), "at": design.asked_at, "note": design.asked_note}


def _approvals(design: ServiceDesign, by: User) -> dict[str, Any]:
    """What colleagues said of the design as it is now, and what a change made void."""
    found = approvals_of(design.service, since=design.asked_at)
    asks_others = design.asked_by is not None and design.asked_by_id != by.pk
    return {
        "needed": found.needed,
        "given": found.given,
        "enough": found.enough,
        "void": found.void,
        "votes": [
            {"by": one.by.get_full_name(), "at": one.at, "approved": one.approved, "reason": one.reason}
            for one in found.votes
        ],
        "may_vote": asks_others and may(by, Permission.PUBLISH_SERVICE, design.department_id),
    }
