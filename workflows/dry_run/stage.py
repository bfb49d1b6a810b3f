"""Where a walk is played: a department, a service and people that are made for it and rolled back after it.

Everything happens in one transaction that is never committed. No row of the real department is written or
locked, so clerks at work notice nothing; doors to the outside are shut (`engine.core.rehearsal`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.core.rehearsal import Rehearsal, rehearsing
from engine.departments.models import Department
from workflows.calendars import forget_calendar
from workflows.compiler import forget_flow
from workflows.definition import ServicePackage
from workflows.dry_run.cast import Cast, assemble
from workflows.dry_run.lending import called_by
from workflows.models import Case, Service, ServiceVersion, WorkItem
from workflows.selectors.versions import Version, version_of
from workflows.services.openings import renew_openings
from workflows.told_time import clock_set_to

PREFIX = "TRY"


class _Over(Exception):
    """The walk is over: everything is rolled back."""


@dataclass
class Stage:
    """What there is on the stage."""

    department: Department
    service: Service
    version: ServiceVersion
    package: ServicePackage
    cast: Cast
    rehearsal: Rehearsal
    prefix: str
    home: str  # the key of the real department
    lent: list[ServiceVersion] = field(default_factory=list)  # of services that this one calls

    @property
    def parts(self) -> Version:
        """The version with its forms compiled."""
        return version_of(self.version.pk)

    def cases(self) -> list[Case]:
        """The cases of the walk, the first one first."""
        return list(Case.objects.filter(department=self.department).order_by("pk"))

    def items(self) -> list[Any]:
        """Every visit to a step, in order."""
        found = WorkItem.objects.filter(department=self.department).order_by("pk")
        return list(found.select_related("process", "owner").prefetch_related("previous"))

    def real_words(self, text: str) -> str:
        """A text of the walk as it would be for real: with the prefix of the service in its references."""
        return text.replace(self.prefix, self.package.reference_prefix)


@contextmanager
def staged(package: ServicePackage, department: Department, at: datetime) -> Iterator[Stage]:
    """A stage for one walk; leaving it rolls everything back."""
    stage: Stage | None = None
    try:
        with transaction.atomic(), rehearsing() as rehearsal, clock_set_to(at):
            stage = _built(package, department, rehearsal)
            yield stage
            raise _Over
    except _Over:
        return
    finally:
        if stage is not None:
            for version in (stage.version, *stage.lent):
                forget_flow(version.service_id, version.number)
            forget_calendar(stage.department.pk)


def _built(package: ServicePackage, department: Department, rehearsal: Rehearsal) -> Stage:
    token = secrets.token_hex(6)
    own, called = _copy(department, f"try-{token}"), called_by(package, department)
    cast = assemble([package, *called], own, token)
    prefix = f"{PREFIX}{secrets.token_hex(3).upper()}"[:8]
    version = _published(package, {"reference_prefix": prefix}, own, cast)
    lent = [_published(each, {}, own, cast) for each in called]
    return Stage(own, version.service, version, package, cast, rehearsal, prefix, department.key, lent)


def _published(package: ServicePackage, other: dict[str, Any], own: Department, cast: Cast) -> ServiceVersion:
    written = {**package.written(), **other}
    service = Service.objects.create(
        department=own, key=package.key, title=written["title"], audience=package.audience
    )
    version = ServiceVersion.objects.create(
        service=service,
        number=1,
        package=written,
        sha256="",
        published_at=timezone.now(),
        published_by=cast.applicant,
    )
    service.current = version
    service.save(update_fields=["current"])
    version.service = service
    renew_openings(service, package)
    return version


def _copy(department: Department, key: str) -> Department:
    """A department like this one, with its calendar, colours and words, and none of its people or data."""
    columns = {
        each.attname: getattr(department, each.attname)
        for each in Department._meta.concrete_fields
        if not each.primary_key
    }
    return Department.objects.create(**{**columns, "key": key})
