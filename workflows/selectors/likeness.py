"""Cases that may be the same as another, and both of them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Subquery

from engine.departments.access import may
from engine.departments.models import User
from engine.departments.permissions import Permission
from forms_library.bound import CompiledField
from forms_library.review import field_text
from workflows.likeness import Likeness, compared
from workflows.models import Case, CaseLikeness, CaseState
from workflows.models.cases import answers_place
from workflows.sealed_fields import opened
from workflows.selectors.versions import Version, version_of

BY_KIND = ("person_name", "national_id")  # what is compared where the service names nothing
LOOKED_AT, SHOWN = 50, 5


@dataclass(frozen=True)
class AlikeCase:
    """Another case, and the questions whose answers are the same or nearly."""

    reference: str
    state: str
    sent_at: datetime
    same: list[str]
    near: list[str]


def compared_fields(version: Version) -> list[str]:
    """The questions by which applications of a service are compared."""
    named = version.package.duplicate_fields
    return list(named) or [asked.key for asked in version.start_form.questions() if _names(asked)]


def _names(asked: CompiledField) -> bool:
    """Whether a question asks who somebody is."""
    options = asked.question.options
    return asked.field.type in BY_KIND or getattr(options, "autocomplete", None) == "name"


def texts_of(case: Any, answers: Mapping[str, Any]) -> dict[str, str]:
    """What is compared of a case, in the first language of its service."""
    version = version_of(case.version_id)
    language = version.package.languages[0]
    fields = compared_fields(version)
    return {key: field_text(version.start_form, key, answers, language) for key in fields if key in answers}


def alike_cases(user: User, case: Case, language: str) -> list[AlikeCase]:
    """Other cases of the same service that may be the same, the most alike first; for who works on them."""
    if not may(user, Permission.WORK_CASE, case.department_id):
        return []
    mine = CaseLikeness.objects.filter(case=case).values("keys")
    found = CaseLikeness.objects.filter(service_id=case.service_id, keys__overlap=Subquery(mine))
    newest = (F("case_id") + 0).desc()  # a sum, so that the keys are looked up instead of the newest tried
    others = Case.objects.filter(pk__in=found.exclude(case=case).order_by(newest).values("pk")[:LOOKED_AT])
    here = others.filter(department_id=case.department_id, archived_at=None)
    texts = None
    alike = []
    for other in here.exclude(state=CaseState.MERGED):
        texts = texts_of(case, case.answers) if texts is None else texts
        likeness = compared(texts, texts_of(other, _needed(other)))
        if likeness.is_alike:
            alike.append((likeness.score, other.submitted_at, other, likeness))
    alike.sort(key=lambda each: each[:2], reverse=True)
    return [_line(other, likeness, language) for *_, other, likeness in alike[:SHOWN]]


def _needed(case: Case) -> dict[str, Any]:
    """The answers that are compared, opened; no others."""
    stored, fields = case.data.get("answers", {}), compared_fields(version_of(case.version_id))
    return opened({key: stored[key] for key in fields if key in stored}, answers_place(case.pk))


def _line(case: Case, likeness: Likeness, language: str) -> AlikeCase:
    fields = version_of(case.version_id).start_form.fields

    def labels(keys: tuple[str, ...]) -> list[str]:
        return [fields[key].field.label.in_(language) for key in keys if key in fields]

    return AlikeCase(
        case.reference, case.state, case.submitted_at, labels(likeness.same), labels(likeness.near)
    )
