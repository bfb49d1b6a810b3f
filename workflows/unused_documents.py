"""Uploads that nothing refers to: those of drafts that were given up, and those that were replaced.

An upload is stored before the page it belongs to is judged, so it may lie there without being used. A page
that is open in a browser, and a form that staff are filling in, refer to it for a day at most; the grace time
is a week. What is sealed names its documents beside the seal, so a text search in the row finds all.
"""

# ruff: noqa: S608 - only names of our own tables are put into SQL here

import logging
import uuid
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from engine.documents.models import Certificate, Document
from engine.documents.removing import remove_document
from engine.documents.storage import StoreAway
from workflows.models import Case, Draft, Submission, WorkItem

logger = logging.getLogger(__name__)
GRACE = timedelta(days=7)
AT_ONCE = 500
REASON = "nothing refers to it"
_FIRST = uuid.UUID(int=0)
# A document is used only by what its owner filled in, as an applicant or as staff.
UNUSED = f"""
SELECT d.id FROM {Document._meta.db_table} d
WHERE d.id = ANY(%s) AND d.owner_id IS NOT NULL AND d.created_at < %s
  AND NOT EXISTS (SELECT FROM {Certificate._meta.db_table} c WHERE c.document_id = d.id)
  AND NOT EXISTS (SELECT FROM {Draft._meta.db_table} f WHERE f.owner_id = d.owner_id
    AND strpos(concat(f.answers, f.raw, f.prefilled), d.id::text) > 0)
  AND NOT EXISTS (SELECT FROM {Case._meta.db_table} c WHERE c.applicant_id = d.owner_id
    AND (strpos(concat(c.data), d.id::text) > 0 OR EXISTS (SELECT FROM {Submission._meta.db_table} s
      WHERE s.case_id = c.id AND strpos(concat(s.answers, s.prefilled), d.id::text) > 0)))
  AND NOT EXISTS (SELECT FROM {WorkItem._meta.db_table} w JOIN {Case._meta.db_table} c ON c.id = w.process_id
    WHERE w.owner_id = d.owner_id AND strpos(concat(w.data, c.data), d.id::text) > 0)
"""


def sweep_documents() -> int:
    """Remove every upload that nothing refers to after the grace time; gives how many."""
    before, last, removed = timezone.now() - GRACE, _FIRST, 0
    old = Document.objects.filter(owner__isnull=False, created_at__lt=before).order_by("pk")
    while keys := list(old.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        last = keys[-1]
        removed += sum(_remove(key, before) for key in _unused(keys, before))
    return removed


def _unused(keys: list[uuid.UUID], before: datetime) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(UNUSED, [keys, before])
        return [key for (key,) in cursor.fetchall()]


def _remove(key: uuid.UUID, before: datetime) -> bool:
    """Look again with the row locked; a store that is away keeps the document for the next sweep."""
    try:
        with transaction.atomic():
            document = Document.objects.select_for_update().filter(pk=key).first()
            if document is None or not _unused([key], before):
                return False
            remove_document(document, reason=REASON)
    except StoreAway as error:
        logger.warning("unused document %s stays: %s", key, error)
        return False
    return True
