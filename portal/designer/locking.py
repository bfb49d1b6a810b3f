"""A locked design: until it is unlocked nobody else changes or publishes it. Wagtail keeps who and when."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engine.audit import log as audit
from engine.departments.access import AccessRefused, may, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from portal.designer.models import ServiceDesign
from workflows.models import Service


class DesignLocked(Exception):
    """Somebody else has locked the design; nothing was changed."""

    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__("somebody else has locked the design")

    @property
    def sentence(self) -> str:
        """What the person reads."""
        return _("{name} has locked this service. Ask {name} to unlock it, then try again.").format(
            name=self.by
        )


def lock_design(*, service: Service, by: User) -> None:
    """Let nobody else change the design of a service; raises DesignLocked where somebody else was first."""
    require(by, Permission.DESIGN_SERVICE, service.department_id)
    with transaction.atomic():
        design = _held(service)
        refuse_locked(design, by)
        if not design.locked:
            design.locked, design.locked_by, design.locked_at = True, by, timezone.now()
            _keep(design, "service.design_locked", by)


def unlock_design(*, service: Service, by: User) -> None:
    """Let everybody change it again: who locked it may, and who administers the department."""
    with transaction.atomic():
        design = _held(service)
        if not may_unlock(design, by):
            raise AccessRefused(Permission.ADMINISTER_DEPARTMENT, service.department_id)
        if design.locked:
            design.locked, design.locked_by, design.locked_at = False, None, None
            _keep(design, "service.design_unlocked", by)


def may_unlock(design: ServiceDesign, by: User) -> bool:
    """Whether a person may take the lock away; one whose owner is gone is free for every designer."""
    if may(by, Permission.ADMINISTER_DEPARTMENT, design.department_id):
        return True
    owns = design.locked_by_id in (None, by.pk)
    return owns and may(by, Permission.DESIGN_SERVICE, design.department_id)


def refuse_locked(design: ServiceDesign | None, by: User) -> None:
    """Raise DesignLocked where somebody else holds the lock."""
    if design is not None and design.locked and design.locked_by_id != by.pk:
        raise DesignLocked(design.locked_by.get_full_name() if design.locked_by else "–")


def _held(service: Service) -> ServiceDesign:
    return (
        ServiceDesign.objects.select_for_update(of=("self",))
        .select_related("department", "locked_by")
        .get(service=service)
    )


def _keep(design: ServiceDesign, verb: str, by: User) -> None:
    design.save(update_fields=["locked", "locked_by", "locked_at"])
    audit.record(
        verb,
        chain=audit.department_chain(design.department.key),
        actor=by,
        department_id=design.department_id,
        subject=f"service:{design.service.key}",
        details={},
    )
