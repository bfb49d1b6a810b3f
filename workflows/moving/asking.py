"""Asking the applicant what only the new version asks: as if a clerk had returned the application to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.core.text import Text
from engine.messages.letters import send_letter
from workflows.advancing import advance, cancel_items
from workflows.models import WorkItem, WorkKind
from workflows.moving.course import Course
from workflows.moving.matching import CANCELLED
from workflows.moving.reasons import NEEDS, Reason, reason
from workflows.moving.standing import Standing
from workflows.moving.terrain import MAIN
from workflows.spoken import letter_language

ANSWERABLE = frozenset({"again", "asked"})  # what an applicant can answer
TO_APPLICANT = "to_applicant"  # a note: the applicant is asked about this question
APPLICANT = "APPLICANT"  # the type of a step at which an application is corrected
NOTE = Text({
    "en": "The service has changed since you applied. Please answer what it asks now.",
    "fr": "Le service a changé depuis votre demande. Veuillez répondre à ce qu’il demande désormais.",
    "ar": "تغيرت الخدمة منذ أن قدمت طلبك. يرجى الإجابة عما تطلبه الآن.",
})  # fmt: skip
SUBJECT = Text({
    "en": "Please complete your application {reference}",
    "fr": "Veuillez compléter votre demande {reference}",
    "ar": "يرجى استكمال طلبك {reference}",
})  # fmt: skip
LOOK = Text({"en": "Complete your application", "fr": "Compléter votre demande", "ar": "استكمال طلبك"})


@dataclass(frozen=True)
class Asked:
    """At which step the applicant is asked, and about which questions."""

    step: str
    fields: list[str]


def to_ask(
    standing: Standing, targets: Mapping[int, str], reasons: Iterable[Reason], course: Course
) -> Asked | None:
    """What the applicant can be asked, if that is all that stands in the way and the version has a way."""
    found = list(reasons)
    in_the_way = [each for each in found if each.code in NEEDS]
    answerable = all(each.code in ANSWERABLE for each in in_the_way)
    step = _way_back(standing, targets, course) if in_the_way and answerable else None
    return None if step is None else Asked(step, [each.words["field"] for each in in_the_way])


def as_notes(reasons: Iterable[Reason], asked: Asked) -> list[Reason]:
    """The reasons without what the applicant is asked, which is no more than told."""
    kept = [each for each in reasons if each.code not in ANSWERABLE]
    return [*kept, *(reason(TO_APPLICANT, field=key) for key in asked.fields)]


def _way_back(standing: Standing, targets: Mapping[int, str], course: Course) -> str | None:
    """Where a clerk who has the case would return it to the applicant; only of work that stands alone."""
    if len(standing.spots) != 1:
        return None
    (spot,) = standing.spots
    to = targets.get(spot.item.pk, CANCELLED)
    if to == CANCELLED or spot.region != MAIN or spot.splits or spot.item.kind != WorkKind.PERSON:
        return None
    options = course.flow.step(to).options
    for outcome in course.flow.step(to).node_type.outcomes(options):
        if outcome.style == "return" and course.flow.step(outcome.next).task_type == APPLICANT:
            return str(outcome.next)
    return None


def ask_applicant(case: Any, item: WorkItem, asked: Asked) -> None:
    """Leave the work of the clerk, and let the applicant answer, which brings the case back to a clerk."""
    step = case.flow_class.step(asked.step)
    language = letter_language(case.language, case.department, case.version_id)
    note = NOTE.in_(language)
    case.data["correction"] = {"fields": asked.fields, "note": note, "asked_by": item.node_key}
    case.save(update_fields=["data"])
    before: Any = item.flow_task
    cancel_items(case, [item])
    advance([step._create(before.activation_class(item), item.token)])
    send_letter(
        recipient=case.applicant,
        department=case.department,
        kind="case.asked_by_new_version",
        subject=SUBJECT.in_(language).replace("{reference}", case.reference),
        body_paragraphs=[note],
        action_label=LOOK.in_(language),
        action_path=f"/applications/{case.reference}/",
        case_reference=case.reference,
        language=language,
        key=f"asked_by_version:{item.pk}",
    )
