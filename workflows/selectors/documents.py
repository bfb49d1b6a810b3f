"""Who may open a document: its owner, and staff of the department whose case or certificate holds it."""

# ruff: noqa: S608 - only names of our own tables and conditions of our own are put into SQL here

import json
import uuid
from dataclasses import dataclass

from django.db import connection

from engine.departments.access import AccessRefused, is_staff_member, require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Certificate, Document
from workflows.models import Case, CaseDocument, Opinion, Submission
from workflows.selectors.rights import may_read_answers

HOLDS = (
    f"SELECT s.case_id, a.key FROM {Submission._meta.db_table} s, jsonb_each(s.answers) a "
    "WHERE s.case_id IN (SELECT id FROM {case} WHERE department_id=%s AND applicant_id=%s) "
    "AND jsonb_path_exists(a.value, '$.** ? (@.document == $id || @.documents[*] == $id)', %s::jsonb) "
    "ORDER BY s.number DESC LIMIT 1"
).format(case=Case._meta.db_table)


@dataclass(frozen=True)
class HeldDocument:
    """A document with the case and field that hold it; `as_staff` when the reader is not its owner."""

    document: Document
    case: Case | None
    field_key: str
    as_staff: bool


def document_for(user: User, document_id: uuid.UUID) -> HeldDocument:
    """The document, if the person may open it; for people without any right it does not exist."""
    document = Document.objects.select_related("department").get(pk=document_id)
    certificate = Certificate.objects.filter(document=document).first()
    if certificate is not None:
        return _of_certificate(user, document, certificate)
    made = CaseDocument.objects.select_related("case").filter(document=document).first()
    if made is not None and made.for_applicant and made.case.applicant_id == user.pk:
        return HeldDocument(document, made.case, "letter", as_staff=False)
    case, field_key = (made.case, "letter") if made is not None else _held_by(document)
    if document.owner_id == user.pk:
        return HeldDocument(document, case, field_key, as_staff=False)
    if case is None or not is_staff_member(user):
        raise Document.DoesNotExist
    require(user, Permission.VIEW_CASE, case.department_id)
    if document.data_class != "public" and not may_read_answers(user, case):
        raise AccessRefused(Permission.SEE_PERSONAL_DATA, case.department_id)
    return HeldDocument(document, case, field_key, as_staff=True)


def _of_certificate(user: User, document: Document, certificate: Certificate) -> HeldDocument:
    case = Case.objects.filter(reference=certificate.case_reference).first()
    mine = case is not None and case.applicant_id == user.pk
    if not mine:
        require(user, Permission.VIEW_CASE, certificate.department_id)
    return HeldDocument(document, case, "certificate", as_staff=not mine)


def _held_by(document: Document) -> tuple[Case | None, str]:
    opinion = Opinion.objects.select_related("case").filter(document=document).first()
    if opinion is not None:
        return opinion.case, "opinion"
    with connection.cursor() as cursor:
        cursor.execute(
            HOLDS, [document.department_id, document.owner_id, json.dumps({"id": str(document.pk)})]
        )
        row = cursor.fetchone()
    if row is None:
        return None, ""
    return Case.objects.get(pk=row[0]), str(row[1])
