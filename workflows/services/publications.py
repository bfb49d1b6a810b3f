"""Colleagues approve or refuse what somebody asked to publish; a change makes their words void."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from workflows.definition import fingerprint
from workflows.models import PublicationVote, Service, ServiceVersion
from workflows.publication_letters import tell_of_vote
from workflows.selectors.publications import approvals_of
from workflows.services.refusals import NotApproved, NothingToPublish, OwnRequest, ReasonMissing

MOST_APPROVALS = 9
REASON = 500  # characters


@transaction.atomic
def require_approvals(*, department: Department, people: int, by: User) -> None:
    """How many people must approve a publication of this department; 0 asks for none."""
    require(by, Permission.ADMINISTER_DEPARTMENT, department.pk)
    if not 0 <= people <= MOST_APPROVALS:
        raise ValueError(people)
    stored = Department.objects.select_for_update().get(pk=department.pk)
    before = stored.publication_approvals
    if before == people:
        return
    stored.publication_approvals = people
    stored.save(update_fields=["publication_approvals"])
    audit.record(
        "publication.approvals_required",
        chain=audit.department_chain(stored.key),
        actor=by,
        department_id=stored.pk,
        subject=f"department:{stored.pk}",
        details={"before": before, "after": people},
    )


@transaction.atomic
def vote_on_publication(*, service: Service, asked_by: User, approved: bool, reason: str, by: User) -> None:
    """Approve or refuse the package as it is now; a second word of the same person takes the first back."""
    require(by, Permission.PUBLISH_SERVICE, service.department_id)
    if asked_by.pk == by.pk:
        raise OwnRequest
    words = reason.strip()[:REASON]
    if not approved and not words:
        raise ReasonMissing
    locked = Service.objects.select_for_update().get(pk=service.pk)
    if locked.working is None:
        raise NothingToPublish
    found = fingerprint(locked.working)
    _open(locked).filter(by=by).update(void_at=timezone.now())
    vote = PublicationVote.objects.create(
        service=locked, sha256=found, asked_by=asked_by, by=by, approved=approved, reason=words
    )
    tell_of_vote(vote, enough=approvals_of(locked).enough)
    _record("service.publication_approved" if approved else "service.publication_refused", locked, by, found)


def void_votes(service: Service, by: User) -> None:
    """Nothing that was said of the package counts any more, because it is another one now."""
    count = _open(service).update(void_at=timezone.now())
    if count:
        _record("service.approvals_void", service, by, "", votes=count)


def refuse_without_approvals(service: Service) -> None:
    """Refuse to publish before enough colleagues approve; raises NotApproved."""
    found = approvals_of(service)
    if not found.enough:
        raise NotApproved(found.needed, found.given)


def keep_votes(version: ServiceVersion) -> None:
    """What was said of a package stays with the version that came of it."""
    _open(version.service).update(version=version)


def _open(service: Service) -> QuerySet[PublicationVote]:
    return PublicationVote.objects.filter(service=service, void_at=None, version=None)


def _record(verb: str, service: Service, by: User, sha256: str, **details: int) -> None:
    audit.record(
        verb,
        chain=audit.department_chain(service.department.key),
        actor=by,
        department_id=service.department_id,
        subject=f"service:{service.key}",
        details={"sha256": sha256, **details} if sha256 else details,
    )
