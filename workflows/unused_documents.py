"""Documents that nothing refers to: uploads of drafts that were given up or that were replaced, and what a
worker had stored when it died before a case was given it.

An upload is stored before the page it belongs to is judged, so it may lie there without being used. A page
that is open in a browser, and a form that staff are filling in, refer to it for a day at most; the grace time
is a week. What is sealed names its documents beside the seal, so a text search in the row finds all.
"""

# ruff: noqa: S608 - only names of our own tables are put into SQL here

import logging
import uuid
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone

from engine.documents.models import Document
from engine.documents.removing import remove_document
from engine.documents.storage import StoreAway
from workflows.models import Case, Draft, Submission, WorkItem

logger = logging.getLogger(__name__)
GRACE = timedelta(days=7)
AT_ONCE = 500
REASON = "nothing refers to it"
_FIRST = uuid.UUID(int=0)
# An upload is used only by what its owner filled in, as an applicant or as staff; what is nobody's upload was
# made by a step or came from outside, and the rows of those refer to it.
UNUSED = f"""
SELECT d.id FROM {Document._meta.db_table} d
WHERE d.id = ANY(%s) AND d.created_at < %s
  AND NOT EXISTS (SELECT FROM {Draft._meta.db_table} f WHERE f.owner_id = d.owner_id
    AND strpos(concat(f.answers, f.raw, f.prefilled), d.id::text) > 0)
  AND NOT EXISTS (SELECT FROM {Case._meta.db_table} c WHERE c.applicant_id = d.owner_id
    AND (strpos(concat(c.data), d.id::text) > 0 OR EXISTS (SELECT FROM {Submission._meta.db_table} s
      WHERE s.case_id = c.id AND strpos(concat(s.answers, s.prefilled), d.id::text) > 0)))
  AND NOT EXISTS (SELECT FROM {WorkItem._meta.db_table} w JOIN {Case._meta.db_table} c ON c.id = w.process_id
    WHERE w.owner_id = d.owner_id AND strpos(concat(w.data, c.data), d.id::text) > 0)
"""


def sweep_documents() -> int:
    """Remove every document that nothing refers to after the grace time; gives how many."""
    before, last, removed = timezone.now() - GRACE, _FIRST, 0
    old = Document.objects.filter(created_at__lt=before).order_by("pk")
    while keys := list(old.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        last = keys[-1]
        removed += sum(_remove(key, before) for key in _unused(keys, before))
    return removed


def _unused(keys: list[uuid.UUID], before: datetime) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(UNUSED + _not_referred_to(), [keys, before])
        return [key for (key,) in cursor.fetchall()]


@cache
def _not_referred_to() -> str:
    """No row of any table has it as a foreign key."""
    related = (
        each for each in Document._meta.get_fields(include_hidden=True) if isinstance(each, ForeignObjectRel)
    )
    keys: list[Any] = [each.field for each in related]
    rows = (f"SELECT FROM {key.model._meta.db_table} r WHERE r.{key.column} = d.id" for key in keys)
    return "".join(f"  AND NOT EXISTS ({row})\n" for row in rows)


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
