"""Putting a mistake on a certificate right: one person asks, another decides, a worker issues anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.access import AccessRefused, people_with, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Certificate
from engine.messages import outbox
from workflows.amending import TOPIC, request_of
from workflows.amendment_letters import tell_staff
from workflows.amendment_refusals import AmendmentRefused
from workflows.models import Amendment, Case
from workflows.recording import recorded_case
from workflows.selectors.amendments import amendment_in, may_settle
from workflows.selectors.case_finding import find_case
from workflows.selectors.changing import ChangedAnswer, changed_answers
from workflows.services.changing_answers import judged, keep_change
from workflows.services.deciding import cleaned
from workflows.services.refusals import ReasonMissing
from workflows.services.refused import refusals_noted
from workflows.unit import lock_case, unit

CHANGES = (Permission.WORK_CASE, Permission.SEE_PERSONAL_DATA)  # who asks types personal answers


@refusals_noted
def ask_for_amendment(
    *, reference: str, number: str, given: Mapping[str, Any], reason: str, by: User
) -> Amendment:
    """Ask for new answers on a certificate that is in force; nothing changes before another person agrees."""
    found = find_case(by, reference)
    for right in CHANGES:
        require(by, right, found.department_id)
    words = cleaned(reason)
    if not words:
        raise ReasonMissing
    with unit():
        case: Case = lock_case(found.pk)
        certificate = _in_force(case, number)
        _refuse_applicant(case, by)
        judged(case, given, by.language)
        amendment = Amendment(
            case=case,
            department_id=case.department_id,
            certificate=certificate,
            answers=dict(given),
            reason=words,
            asked_by=by,
            asked_at=timezone.now(),
        )
        request_of(amendment)  # raises where the service does not issue such certificates any more
        amendment.save()
        subject = f"certificate:{number}"
        recorded_case("amendment.asked", case, by, subject=subject, fields=sorted(given))
        tell_staff(amendment, people_with(Permission.APPROVE_CASE, case.department), by, "asked")
    return amendment


@refusals_noted
def approve_amendment(*, reference: str, amendment_id: int, by: User) -> Amendment:
    """Take the new answers; a worker issues the new certificate, which takes the place of the old one."""
    with _waiting(reference, amendment_id, by) as (case, amendment):
        if amendment.certificate.state != Certificate.State.VALID:
            raise AmendmentRefused("not_in_force")
        answers = judged(case, amendment.answers, by.language)
        keep_change(case, answers, amendment.asked_by)
        _settle(amendment, case, Amendment.State.APPROVED, by)
        outbox.put(
            TOPIC,
            {"amendment": amendment.pk},
            key=f"amendment:{amendment.pk}",
            department_id=case.department_id,
        )
    return amendment


@refusals_noted
def refuse_amendment(*, reference: str, amendment_id: int, reason: str, by: User) -> Amendment:
    """Leave everything as it is; who asked reads why."""
    words = cleaned(reason)
    with _waiting(reference, amendment_id, by) as (case, amendment):
        if not words:
            raise ReasonMissing
        amendment.settled_words = words
        _settle(amendment, case, Amendment.State.REFUSED, by)
    return amendment


@refusals_noted
@transaction.atomic
def read_amendment(*, reference: str, amendment_id: int, by: User, language: str) -> list[ChangedAnswer]:
    """What would change, in full, for who decides on it; the reading is recorded."""
    case = find_case(by, reference)
    if not may_settle(by, case.department_id):
        raise AccessRefused(Permission.APPROVE_CASE, case.department_id)
    amendment = amendment_in(case, amendment_id)
    keys = sorted(amendment.answers)
    audit.record_read(
        by,
        chain=case.chain,
        department_id=case.department_id,
        subject=f"case:{case.pk}",
        fields=keys,
    )
    return changed_answers(case, amendment.answers, language, reveal=keys)


@contextmanager
def _waiting(reference: str, amendment_id: int, by: User) -> Iterator[tuple[Case, Amendment]]:
    """The case and an amendment of it that waits, both locked, for who may decide on it."""
    found = find_case(by, reference)
    if not may_settle(by, found.department_id):
        raise AccessRefused(Permission.APPROVE_CASE, found.department_id)
    with unit():
        case: Case = lock_case(found.pk)
        related = ("certificate", "asked_by")
        amendment = Amendment.objects.select_related(*related).get(pk=amendment_id, case=case)
        amendment.case = case
        if amendment.state != Amendment.State.WAITING:
            raise AmendmentRefused("settled")
        _refuse_applicant(case, by)
        if amendment.asked_by_id == by.pk:
            raise AmendmentRefused("own_request")
        yield case, amendment


def _settle(amendment: Amendment, case: Case, state: Amendment.State, by: User) -> None:
    amendment.state, amendment.settled_by, amendment.settled_at = state, by, timezone.now()
    amendment.save(update_fields=["state", "settled_by", "settled_at", "settled_words"])
    subject = f"certificate:{amendment.certificate.number}"
    recorded_case(f"amendment.{state.value}", case, by, subject=subject, amendment=amendment.pk)
    tell_staff(amendment, [amendment.asked_by], by, state.value)


def _in_force(case: Case, number: str) -> Certificate:
    """The certificate, if it is in force and nothing is asked about it already."""
    issued = Certificate.objects.filter(case_reference=case.reference, department_id=case.department_id)
    certificate = issued.exclude(state=Certificate.State.PREPARING).get(number=number)
    if certificate.state != Certificate.State.VALID:
        raise AmendmentRefused("not_in_force")
    open_ones = Amendment.objects.filter(certificate=certificate, replacement=None)
    if open_ones.filter(state__in=(Amendment.State.WAITING, Amendment.State.APPROVED)).exists():
        raise AmendmentRefused("waiting")
    return certificate


def _refuse_applicant(case: Case, by: User) -> None:
    if case.applicant_id == by.pk:
        raise AmendmentRefused("own_application")
