"""The new certificate of an approved amendment, made by a worker; it takes the place of the wrong one."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from engine.documents.certificates.issuing import issue
from engine.documents.certificates.request import CertificateRequest
from engine.documents.models import Certificate
from workflows.amendment_letters import tell_amended
from workflows.amendment_refusals import AmendmentRefused
from workflows.certificate_requests import PrintedAnswers, request_for
from workflows.models import Amendment
from workflows.recording import recorded_case
from workflows.selectors.versions import version_of
from workflows.unit import lock_case, unit

TOPIC = "amendment"
GRACE = timedelta(seconds=60)  # a request that was committed reaches a worker within this time
AT_ONCE = 100

logger = logging.getLogger(__name__)


def request_of(amendment: Amendment) -> CertificateRequest:
    """What the new certificate shall say: the answers as they are now, for the same time as the old one."""
    case, old = amendment.case, amendment.certificate
    version, key = version_of(case.version_id), old.kind.partition(":")[2]
    definition = version.package.certificates.get(key)
    if definition is None:
        raise AmendmentRefused("other_version")
    request = request_for(
        definition,
        PrintedAnswers(version.start_form, case.answers),
        department=case.department,
        kind=old.kind,
        idempotency_key=f"amendment:{amendment.pk}",
        case_reference=case.reference,
    )
    return replace(request, replaces=old.number, valid_from=old.valid_from, valid_until=old.valid_until)


def issue_again(amendment_id: int) -> bool:
    """Make the new certificate of an approved amendment; safe to call twice and by two workers at once."""
    amendment = _to_carry_out().filter(pk=amendment_id).first()
    if amendment is None:
        return False
    if amendment.certificate.state == Certificate.State.REVOKED:
        return _drop(amendment)
    try:
        newer = issue(request_of(amendment))
    except Exception as error:  # the store or the key is away: a sweep tries again
        logger.warning("amendment %s: %s", amendment_id, type(error).__name__)
        return False
    return _finish(amendment, newer)


def lost_amendments() -> list[int]:
    """Approved amendments without their new certificate, which no worker makes at the moment."""
    found = _to_carry_out().filter(settled_at__lt=now() - GRACE).order_by("settled_at")
    return list(found.values_list("pk", flat=True)[:AT_ONCE])


def _to_carry_out() -> Any:
    related = ("case__service", "case__department", "case__applicant", "certificate", "asked_by")
    found = Amendment.objects.filter(state=Amendment.State.APPROVED, replacement=None)
    return found.select_related(*related)


def _drop(amendment: Amendment) -> bool:
    """The certificate was revoked since, so that there is nothing to replace."""
    with unit():
        case = lock_case(amendment.case_id)
        if _to_carry_out().filter(pk=amendment.pk).update(state=Amendment.State.DROPPED):
            recorded_case("amendment.dropped", case, None, amendment=amendment.pk)
    return False


def _finish(amendment: Amendment, newer: Certificate) -> bool:
    """Close the row and write to the applicant; of two workers the first does."""
    with unit():
        case = lock_case(amendment.case_id)
        if not _to_carry_out().filter(pk=amendment.pk).update(replacement=newer):
            return False
        case.data.setdefault("certificates", []).append(newer.number)
        case.save(update_fields=["data"])
        subject = f"certificate:{newer.number}"
        recorded_case("amendment.carried_out", case, None, subject=subject, amendment=amendment.pk)
        tell_amended(amendment, newer)
    return True
