"""Service packages come in, are published, and go out again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from engine.audit import log as audit
from engine.core.problems import DefinitionRefused, Problem, Problems
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from engine.departments.work_roles import define_work_roles
from workflows.compiler import build_flow
from workflows.definition import ServicePackage, fingerprint, parse_package
from workflows.models import Service, ServiceVersion
from workflows.sealed_fields import keys_in, ring
from workflows.selectors.readiness import note_what_is_missing_here
from workflows.services.called_services import check_called
from workflows.services.openings import renew_openings
from workflows.services.package_roles import own_roles
from workflows.services.package_text import read_package, write_package
from workflows.services.publications import keep_votes, refuse_without_approvals, void_votes
from workflows.services.refusals import NothingToPublish
from workflows.translating import with_stale_marks
from workflows.validator import check_package

Source = str | bytes | Mapping[str, Any]
Proof = Callable[[ServicePackage, Service, Problems], None]
CHECKED = 64  # packages whose problems are remembered
proofs: list[Proof] = []  # what a package must stand before it is published, beside the checks of its text


@dataclass(frozen=True)
class ImportReport:
    """What an import did; `problems` holds what is allowed but worth a look."""

    service: Service
    status: Literal["new", "changed", "unchanged"]
    problems: list[Problem] = field(default_factory=list)


def import_package(
    *, source: Source, department: Department, by: User, marks_are_given: bool = False
) -> ImportReport:
    """Take a package as the working copy of its service; with anything to mend nothing is changed at all.

    Translations whose source changed are marked as stale, unless the caller has seen to that.
    """
    require(by, Permission.DESIGN_SERVICE, department.pk)
    package, problems = checked(source)
    note_what_is_missing_here(package, department, problems)
    with transaction.atomic():
        service = _service(package, department)
        if not marks_are_given:
            package = with_stale_marks(package, service.working or _live(service))
        define_work_roles(department, own_roles(package))
        status = _keep(service, package, by)
        if status != "unchanged":
            void_votes(service, by)
            _record("service.imported", service, department, by, fingerprint(package.written()))
    return ImportReport(service, status, list(problems))


def _live(service: Service) -> dict[str, Any] | None:
    return service.current.package if service.current else None


def publish(*, service: Service, by: User, note: str = "") -> ServiceVersion:
    """Make the working copy the next version; without one, or with nothing changed, the current one stays."""
    require(by, Permission.PUBLISH_SERVICE, service.department_id)
    with transaction.atomic():
        locked = Service.objects.select_for_update().get(pk=service.pk)
        if locked.working is None:
            if locked.current is None:
                raise NothingToPublish
            return locked.current
        refuse_without_approvals(locked)
        package, _ = checked(locked.working)
        _refuse_without_keys(package)
        _refuse_bad_calls(package, locked)
        return _published(locked, package, by, note)


def export_package(*, version: ServiceVersion, by: User) -> str:
    """The YAML text of a version; importing it again changes nothing."""
    require(by, Permission.DESIGN_SERVICE, version.service.department_id)
    return written_out(version.package)


def export_working(*, service: Service, by: User) -> str:
    """The YAML text of what is not published yet, or of the current version."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    package = service.working or _live(service)
    if package is None:
        raise NothingToPublish
    return written_out(package)


def written_out(stored: Mapping[str, Any]) -> str:
    """The text of a stored package; the database forgets the order of words, so it is made anew."""
    package = ServicePackage.model_validate(stored)
    ordered: dict[str, Any] = _in_order(package.written(), list(package.languages))
    return write_package(ordered)


def _in_order(value: Any, languages: list[str]) -> Any:
    if isinstance(value, list):
        return [_in_order(part, languages) for part in value]
    if not isinstance(value, dict):
        return value
    if value and set(value) <= set(languages):  # a text by language
        return {language: value[language] for language in languages if language in value}
    return {word: _in_order(part, languages) for word, part in value.items()}


def checked(source: Source) -> tuple[ServicePackage, Problems]:
    """The package, with what is worth a look; raises DefinitionRefused with every problem."""
    document = source if isinstance(source, Mapping) else read_package(source)
    problems = Problems()
    package = parse_package(document, problems)
    if package is None:
        raise DefinitionRefused(problems)
    found = Problems(found=list(_problems_of(_Written(fingerprint(package.written()), package))))
    found.refuse_if_any()
    return package, found


@dataclass(frozen=True)
class _Written:
    """A package by what is written in it."""

    sha256: str
    package: ServicePackage = field(compare=False, repr=False)


@lru_cache(maxsize=CHECKED)
def _problems_of(written: _Written) -> tuple[Problem, ...]:
    """A text is checked when it comes in, when it is looked at and when it is published: once is enough."""
    return tuple(check_package(written.package))


def _service(package: ServicePackage, department: Department) -> Service:
    service, _ = Service.objects.get_or_create(
        department=department,
        key=package.key,
        defaults={"title": package.written()["title"], "audience": package.audience},
    )
    return Service.objects.select_for_update().get(pk=service.pk)


def _keep(service: Service, package: ServicePackage, by: User) -> Literal["new", "changed", "unchanged"]:
    written = package.written()
    found = fingerprint(written)
    if service.current is not None and service.current.sha256 == found:
        if service.working is not None:  # the text says what is published: the working copy is given up
            _set_working(service, None, None)
            return "changed"
        return "unchanged"
    if service.working is not None and fingerprint(service.working) == found:
        return "unchanged"
    _set_working(service, written, by)
    return "changed" if service.current_id else "new"


def _set_working(service: Service, written: dict[str, Any] | None, by: User | None) -> None:
    service.working, service.working_by = written, by
    service.working_at = timezone.now() if written is not None else None
    service.save(update_fields=["working", "working_by", "working_at"])


def _published(service: Service, package: ServicePackage, by: User, note: str) -> ServiceVersion:
    written = package.written()
    found = fingerprint(written)
    version = service.current
    if version is None or version.sha256 != found:
        last = service.versions.aggregate(last=Max("number"))["last"] or 0
        _refuse_unless_it_runs(package, service, last + 1)
        version = ServiceVersion.objects.create(
            service=service,
            number=last + 1,
            package=written,
            sha256=found,
            published_at=timezone.now(),
            published_by=by,
            note=note,
        )
        keep_votes(version)
        _record("service.published", service, service.department, by, found, number=version.number)
    service.current, service.working, service.working_by, service.working_at = version, None, None, None
    service.title, service.audience = written["title"], package.audience
    service.save()
    renew_openings(service, package)
    return version


def _refuse_without_keys(package: ServicePackage) -> None:
    """Sensitive answers are kept sealed or not at all."""
    problems = Problems()
    if not ring() and keys_in(package.written()).any:
        sentence = "This service asks for sensitive answers, and there is no key here to seal them with."
        problems.at("forms").mend("no_key", f"{sentence} Ask who runs it to set FIELD_KEYS.")
    problems.refuse_if_any()


def _refuse_bad_calls(package: ServicePackage, service: Service) -> None:
    """What a package says of other services is checked when it is published: they may come later."""
    problems = Problems()
    check_called(package, service.department, problems)
    problems.refuse_if_any()


def _refuse_unless_it_runs(package: ServicePackage, service: Service, number: int) -> None:
    """Build what will run: what passes every check and still cannot run is refused here, not at work."""
    problems = Problems()
    try:
        build_flow(package, service.pk, number)
    except Exception as error:  # whatever it is, the version must not be published
        problems.mend("does_not_run", f"This package cannot be run ({type(error).__name__}).")
    problems.refuse_if_any()
    for proof in proofs:
        proof(package, service, problems)
    problems.refuse_if_any()


def _record(
    verb: str, service: Service, department: Department, by: User, sha256: str, **details: Any
) -> None:
    audit.record(
        verb,
        chain=audit.department_chain(department.key),
        actor=by,
        department_id=department.pk,
        subject=f"service:{service.key}",
        details={"sha256": sha256, **details},
    )
