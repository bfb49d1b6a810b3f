"""Reading personal data: shown to who has the right, and every reading is recorded."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from engine.audit import log as audit
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.documents.models import Document
from forms_library.review import ReviewRow, review
from workflows.clock import calendar_of
from workflows.models import Submission
from workflows.selectors.case_finding import find_case
from workflows.selectors.documents import document_for
from workflows.selectors.past_answers import left_in_record
from workflows.selectors.versions import version_of
from workflows.services.refused import refusals_noted


@refusals_noted
@transaction.atomic
def reveal(*, reference: str, field_keys: Collection[str], by: User, language: str = "en") -> list[ReviewRow]:
    """The rows of these answers in full; the reading is recorded before anything is shown."""
    case = find_case(by, reference)
    require(by, Permission.SEE_PERSONAL_DATA, case.department_id)
    form, calendar = version_of(case.version_id).start_form, calendar_of(case.department_id)
    sent = Submission.objects.filter(case=case).order_by("-number").first()
    today = timezone.now().astimezone(calendar.zone).date()
    left = left_in_record(case, sent, language, today, reveal=field_keys)
    known = [key for key in field_keys if key in form.fields or key in {row.field_key for row in left}]
    if known:
        audit.record_read(
            by,
            chain=case.chain,
            department_id=case.department_id,
            subject=f"case:{case.pk}",
            fields=known,
        )
    sections = review(form, case.answers, language, today, reveal=known, calendar=calendar)
    rows = [*(row for section in sections for row in section.rows), *left]
    return [row for row in rows if row.field_key in known]


@transaction.atomic
def open_document(*, document_id: uuid.UUID, by: User) -> Document:
    """A document to be served; when staff open what an applicant sent, that is recorded."""
    found = document_for(by, document_id)
    if found.case is not None and found.as_staff:
        audit.record_read(
            by,
            chain=found.case.chain,
            department_id=found.case.department_id,
            subject=f"document:{found.document.pk}",
            fields=[found.field_key],
        )
    return found.document
