"""Designs are opened, saved, asked to be published, and restored; every change is a revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.core.problems import DefinitionRefused, Problem
from engine.departments.access import may, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from portal.designer.checking import Checked, check
from portal.designer.locking import refuse_locked
from portal.designer.merging import Conflict, Path, merge, same
from portal.designer.models import ServiceDesign
from workflows.definition import fingerprint
from workflows.models import Service, ServiceVersion
from workflows.publication_letters import tell_published, tell_publishers
from workflows.services.packages import import_package, publish
from workflows.services.publications import void_votes, vote_on_publication
from workflows.services.refusals import NothingToPublish
from workflows.translating import without_renewed_marks

Document = dict[str, Any]
KEPT_REVISIONS = 300
NOTE = 500  # characters


@dataclass(frozen=True)
class Saved:
    """A design after it was saved: the whole document, what is wrong with it, and what others had changed."""

    design: ServiceDesign
    checked: Checked
    from_others: list[Path]


class Conflicting(Exception):
    """The same part was changed by somebody else in another way; nothing was saved."""

    def __init__(self, design: ServiceDesign, document: Document, conflicts: list[Conflict]) -> None:
        self.design, self.document, self.conflicts = design, document, conflicts
        super().__init__("somebody else changed the same")


class NoSuchRevision(LookupError):
    """There is no such revision or version of this design."""


class NothingAsked(Exception):
    """Nobody asked to publish this design, or it is published already."""


class NotComplete(Exception):
    """What is to be published has problems that must be mended."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("there is something to mend")


def open_design(*, service: Service, by: User) -> ServiceDesign:
    """The design of a service as it is now; one is made where there was none."""
    _require_either(by, service)
    with transaction.atomic():
        return _locked(service)


def begin_design(design: ServiceDesign, document: Document, by: User) -> None:
    """Keep the first document of a new service."""
    require(by, Permission.DESIGN_SERVICE, design.department_id)
    with transaction.atomic():
        _keep(design, document, by)


def save_design(*, service: Service, by: User, base: str, document: Document) -> Saved:
    """Keep a document; what others changed since the revision `base` is put together with it.

    Raises Conflicting where both changed the same, DesignLocked where somebody else locked it, and
    NoSuchRevision.
    """
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    with transaction.atomic():
        design = _locked(service)
        refuse_locked(design, by)
        known = _document_of(design, base)
        document = without_renewed_marks({**document, "key": service.key}, known)
        merged = merge(known, design.document, document)
        if merged.conflicts:
            raise Conflicting(design, merged.document, merged.conflicts)
        checked = _keep(design, merged.document, by)
    return Saved(design, checked, merged.from_others)


def restore(*, service: Service, by: User, version: int | None = None, revision: str = "") -> Saved:
    """Bring back the document of a published version or an earlier revision, as a change like any other."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    with transaction.atomic():
        design = _locked(service)
        refuse_locked(design, by)
        if version is None:
            document = _document_of(design, revision)
        else:
            found = service.versions.filter(number=version).first()
            if found is None:
                raise NoSuchRevision
            document = found.package
        checked = _keep(design, {**document, "key": service.key}, by)
    return Saved(design, checked, [])


def ask_for_publication(*, service: Service, by: User, note: str) -> ServiceDesign:
    """Ask those who may publish in the department; raises NotComplete."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    with transaction.atomic():
        design = _locked(service)
        _refuse_incomplete(design)
        void_votes(design.service, by)  # it is asked anew
        design.asked_by, design.asked_at, design.asked_note = by, timezone.now(), note[:NOTE]
        design.save(update_fields=["asked_by", "asked_at", "asked_note"])
        _record("service.publication_asked", design, by)
        tell_publishers(design.service, by)
    return design


def vote(*, service: Service, by: User, revision: str, approved: bool, reason: str) -> None:
    """Approve or refuse what somebody asked to publish, as it was at the revision that the person saw.

    Raises NothingAsked, NoSuchRevision where it was changed since, NotComplete, and what the vote refuses.
    """
    require(by, Permission.PUBLISH_SERVICE, service.department_id)
    with transaction.atomic():
        design = _locked(service)
        if design.asked_by is None:
            raise NothingAsked
        if revision != str(design.latest_revision_id):
            raise NoSuchRevision
        _refuse_incomplete(design)
        vote_on_publication(
            service=design.service, asked_by=design.asked_by, approved=approved, reason=reason, by=by
        )


def publish_design(*, service: Service, by: User, note: str) -> ServiceVersion:
    """Publish the document as it is now; raises NotComplete, and NothingToPublish."""
    require(by, Permission.PUBLISH_SERVICE, service.department_id)
    with transaction.atomic():
        design = _locked(service)
        _refuse_publishing_locked(design, by)
        _refuse_incomplete(design)
        try:
            version = publish(service=service, by=by, note=note[:NOTE])
        except DefinitionRefused as refused:
            raise NotComplete(list(refused.problems)) from None
        design.followed = version.sha256
        design.save(update_fields=["followed"])
        _answer_who_asked(design, version)
    return version


def publish_unpublished(*, service: Service, by: User, note: str) -> ServiceVersion:
    """Publish the package that was imported or saved last; raises what publishing raises."""
    with transaction.atomic():
        design = ServiceDesign.objects.select_for_update(of=("self",)).filter(service=service).first()
        _refuse_publishing_locked(design, by)
        version = publish(service=service, by=by, note=note[:NOTE])
        if design is not None:
            _answer_who_asked(design, version)
    return version


def _refuse_publishing_locked(design: ServiceDesign | None, by: User) -> None:
    """Who locked it and asks for its publication wants it published by somebody else."""
    if design is not None and (design.asked_by_id is None or design.asked_by_id != design.locked_by_id):
        refuse_locked(design, by)


def _answer_who_asked(design: ServiceDesign, version: ServiceVersion) -> None:
    if design.asked_by is not None:
        tell_published(version, design.asked_by)
    design.asked_by, design.asked_at, design.asked_note = None, None, ""
    design.save(update_fields=["asked_by", "asked_at", "asked_note"])


def _refuse_incomplete(design: ServiceDesign) -> None:
    problems = check(design.document, design.department).problems
    if any(problem.severity == "mend" for problem in problems):
        raise NotComplete(problems)
    if outside(design.service) is None:
        raise NothingToPublish


def _require_either(by: User, service: Service) -> None:
    """Who designs or publishes may look at a design."""
    if not may(by, Permission.DESIGN_SERVICE, service.department_id):
        require(by, Permission.PUBLISH_SERVICE, service.department_id)


def is_ahead(service: Service) -> bool:
    """Whether the draft is incomplete, so that all but the editor knows an earlier state of it."""
    design, package = ServiceDesign.objects.filter(service=service).first(), outside(service)
    if design is None or package is None:
        return design is not None
    return design.followed == fingerprint(package) and not same(design.document, package)


def outside(service: Service) -> Document | None:
    """The package as the rest of the product knows it: not published yet, or live."""
    return service.working or (service.current.package if service.current else None)


def _locked(service: Service) -> ServiceDesign:
    """The design, locked, after it took in what was imported past the designer."""
    design, made = ServiceDesign.objects.get_or_create(
        service=service, defaults={"department_id": service.department_id}
    )
    design = (
        ServiceDesign.objects.select_for_update(of=("self",)).select_related("department").get(pk=design.pk)
    )
    design.service = Service.objects.select_related("current", "department").get(pk=service.pk)
    package = outside(design.service)
    found = fingerprint(package) if package is not None else ""
    if package is not None and found != design.followed:
        design.document, design.followed = package, found
        _revise(design, design.service.working_by)
    elif made or not design.latest_revision_id:
        _revise(design, None)
    return design


def _document_of(design: ServiceDesign, revision: str) -> Document:
    if not revision.isascii() or not revision.isdigit() or len(revision) > 18:
        raise NoSuchRevision
    found = design.revisions.filter(pk=int(revision)).first()
    if found is None:
        raise NoSuchRevision
    document: Document = found.content["document"]
    return document


def _keep(design: ServiceDesign, document: Document, by: User) -> Checked:
    """Save a document; one without anything to mend becomes the unpublished package of the service."""
    checked = check(document, design.department)
    unchanged = same(document, design.document)
    if checked.complete:
        report = import_package(source=document, department=design.department, by=by)
        package = outside(Service.objects.select_related("current").get(pk=design.service_id))
        if package is not None:
            design.followed = fingerprint(package)
            document = package  # with the marks of stale translations
            unchanged = unchanged and report.status == "unchanged"
    if not unchanged or not same(document, design.document):
        design.document = document
        void_votes(design.service, by)
        _revise(design, by)
        _record("service.designed", design, by)
    return checked


def _revise(design: ServiceDesign, by: User | None) -> None:
    design.changed_by, design.changed_at = by, timezone.now()
    design.save()
    design.save_revision(user=by, clean=False)
    _forget_oldest(design)


def _forget_oldest(design: ServiceDesign) -> None:
    """Every pause in typing makes a revision; the newest are enough to merge with and go back to."""
    oldest = design.revisions.order_by("-pk").values_list("pk", flat=True)[
        KEPT_REVISIONS : KEPT_REVISIONS + 1
    ]
    for key in list(oldest):
        design.revisions.filter(pk__lte=key).delete()


def _record(verb: str, design: ServiceDesign, by: User) -> None:
    audit.record(
        verb,
        chain=audit.department_chain(design.department.key),
        actor=by,
        department_id=design.department_id,
        subject=f"service:{design.service.key}",
        details={"sha256": fingerprint(design.document)},
    )
