"""Taking a certificate back."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from engine.audit import log
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Certificate


class NotInForce(Exception):
    """Only a certificate that is in force can be revoked."""


class ReasonMissing(Exception):
    """Whoever asks must be told why a certificate was revoked."""


def _tell_nobody(certificate: Certificate) -> None:
    """What happens after a revocation when the caller has nothing to add."""


def revoke(
    certificate: Certificate,
    *,
    by: User | None,
    reason: str,
    announce: Callable[[Certificate], None] = _tell_nobody,
) -> Certificate:
    """Revoke, once; `announce` runs in the same transaction, for the letter to the holder and the like.

    Nobody (None) is a workflow that the department published.
    """
    if by is not None:
        require(by, Permission.REVOKE_CERTIFICATE, certificate.department_id)
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        mine = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if mine.state != Certificate.State.VALID:
            raise NotInForce(mine.state)
        mine.state = Certificate.State.REVOKED
        mine.revoked_at, mine.revoked_by, mine.revoke_reason = timezone.now(), by, reason.strip()[:500]
        mine.save(update_fields=["state", "revoked_at", "revoked_by", "revoke_reason"])
        log.record(
            "certificate.revoked",
            chain=log.case_chain(mine.case_reference),
            actor=by,
            department_id=mine.department_id,
            subject=f"certificate:{mine.number}",
        )
        announce(mine)
    return mine
