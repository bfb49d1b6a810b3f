"""Opinions of people outside that staff ask for beside the workflow: the case goes on meanwhile."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.timezone import now

from engine.core.text import Text
from engine.core.worktime import Span
from engine.departments.access import require
from engine.departments.models import User
from engine.departments.permissions import Permission
from workflows.clock import due
from workflows.models import Case, Opinion
from workflows.opinion_choices import USUAL
from workflows.opinion_step import is_address
from workflows.opinions import ask_beside as ask
from workflows.recording import recorded_case
from workflows.selectors.case_finding import find_case
from workflows.selectors.opinions import refuse_closed, showable_fields
from workflows.services.deciding import cleaned
from workflows.services.refusals import NotOpen, OpinionIncomplete
from workflows.services.refused import refusals_noted
from workflows.services.telling import tell
from workflows.unit import lock_case, unit

MOST_DAYS = 90
COME = Text({
    "en": "An opinion on {reference} has come",
    "fr": "Un avis sur {reference} est arrivé",
    "ar": "وصل رأي بشأن {reference}",
})  # fmt: skip
COME_BODY = Text({
    "en": "Somebody outside whom you asked about the case {reference} has answered. The case shows what they "
    "said.",
    "fr": "La personne extérieure que vous avez interrogée sur le dossier {reference} a répondu. Le dossier "
    "montre ce qu’elle a dit.",
    "ar": "أجاب من سألته من خارج الجهة بشأن المعاملة {reference}. تعرض المعاملة ما قاله.",
})  # fmt: skip


@refusals_noted
def ask_beside(
    *, reference: str, address: str, question: str, fields: Collection[str], days: int | None, by: User
) -> Opinion:
    """Send somebody a link to a question and some answers of an open case; raises OpinionIncomplete."""
    found = find_case(by, reference)
    for right in (Permission.WORK_CASE, Permission.SEE_PERSONAL_DATA):
        require(by, right, found.department_id)
    given, words = address.strip(), cleaned(question)
    with unit():
        case: Case = lock_case(found.pk)
        if case.finished is not None:
            raise NotOpen
        known = [key for key, _label in showable_fields(case, by.language)]
        missing = [] if is_address(given) else ["address"]
        missing += [] if words else ["question"]
        missing += [] if set(fields) <= set(known) else ["fields"]
        if days is None or not 1 <= days <= MOST_DAYS:
            missing.append("days")
        if missing or days is None:
            raise OpinionIncomplete(missing)
        shown = [key for key in known if key in fields]
        until = due(case, Span(working_days=days), now())
        return ask(case, given, words, shown, until, by)


@refusals_noted
def end_link(*, reference: str, opinion_id: int, by: User) -> None:
    """Take the link back; it leads nowhere from now on."""
    found = find_case(by, reference)
    require(by, Permission.WORK_CASE, found.department_id)
    with unit():
        case: Case = lock_case(found.pk)
        waiting = Opinion.objects.filter(case=case, work_item=None, given_at=None, taken_back_at=None)
        if not waiting.filter(pk=opinion_id).update(taken_back_at=now()):
            raise NotOpen
        recorded_case("opinion.link_ended", case, by, opinion=opinion_id)


def give(found: Opinion, recommendation: str, words: str) -> None:
    """Keep what was said, once, and write to who asked; raises LinkClosed and OpinionIncomplete."""
    with unit():
        case: Case = lock_case(found.case_id)
        opinion = Opinion.objects.select_related("asked_by").get(pk=found.pk)
        opinion.case = case
        refuse_closed(opinion, None)
        missing = [] if recommendation in {each.key for each in USUAL} else ["recommendation"]
        missing += [] if words else ["text"]
        if missing:
            raise OpinionIncomplete(missing)
        opinion.given_at, opinion.recommendation, opinion.text = now(), recommendation, words
        opinion.save(update_fields=["given_at", "recommendation", "text"])
        recorded_case("opinion.came_beside", case, None, opinion=opinion.pk)
        asker = opinion.asked_by
        if asker is not None:
            key = f"opinion:{opinion.pk}:came"
            tell(asker, case, asker, kind="opinion.came", subject=COME, body=COME_BODY, key=key)
