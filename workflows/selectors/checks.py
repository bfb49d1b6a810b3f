"""What the system has checked on a case, so that a clerk need not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.core.text import Text
from engine.documents.models import Document
from workflows.models import Case

MOST_OTHERS = 3
TEXTS = {
    "files_clean": Text({
        "en": "Files are free of viruses",
        "fr": "Fichiers sans virus",
        "ar": "الملفات خالية من الفيروسات",
    }),
    "files_not_scanned": Text({
        "en": "Files were not checked for viruses",
        "fr": "Fichiers non analysés par l’antivirus",
        "ar": "لم تُفحص الملفات من الفيروسات",
    }),
    "files_damaged": Text({
        "en": "A file is damaged",
        "fr": "Un fichier est endommagé",
        "ar": "أحد الملفات تالف",
    }),
    "same_applicant": Text({
        "en": "Same applicant:",
        "fr": "Même demandeur :",
        "ar": "مقدّم الطلب نفسه:",
    }),
}  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One line: its state, its words, and a case that it names."""

    code: str
    state: Literal["good", "look", "bad"]
    text: str
    reference: str = ""


def checks_of(
    case: Case, documents: Sequence[Document], language: str, beside: Sequence[str] = ()
) -> list[Check]:
    """Files first, then other cases of the same applicant for the same service that are not shown beside."""
    found = []
    if documents:
        code, state = _files(documents)
        found.append(Check(code, state, TEXTS[code].in_(language)))
    others = Case.objects.filter(service_id=case.service_id, applicant_id=case.applicant_id)
    others_sent = (
        others.exclude(pk=case.pk)
        .exclude(reference__in=beside)
        .order_by("-submitted_at")
        .values_list("reference", flat=True)
    )
    text = TEXTS["same_applicant"].in_(language)
    return found + [Check("same_applicant", "look", text, one) for one in others_sent[:MOST_OTHERS]]


def _files(documents: Sequence[Document]) -> tuple[str, Literal["good", "look", "bad"]]:
    if any(document.state != Document.State.STORED for document in documents):
        return "files_damaged", "bad"
    if all(document.scan_state == Document.ScanState.CLEAN for document in documents):
        return "files_clean", "good"
    return "files_not_scanned", "look"
