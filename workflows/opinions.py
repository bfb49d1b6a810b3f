"""Asking somebody outside for an opinion: the row, its key, and the letters about it.

Whoever has the letter can answer: the link is the key. It opens what the step shows and nothing else, once,
until the time of the step is over or the link is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from engine.core.text import Text
from engine.core.worktime import Span
from engine.departments.models import User
from engine.departments.spoken import frame_for
from engine.messages import outbox
from engine.messages.letters import ONCE, send_letter
from forms_library.localising import date_text
from workflows.calendars import calendar_of
from workflows.link_keys import new_key
from workflows.models import Opinion
from workflows.recording import recorded, recorded_case
from workflows.unit import lock_case, unit

TOPIC = "workflow.opinion_reminder"
REMIND_BEFORE = Span(working_days=2)
PATH = "/opinion/"
KIND = f"{ONCE}opinion"
SUBJECT = Text({
    "en": "Please give your opinion by {day}",
    "fr": "Merci de donner votre avis avant le {day}",
    "ar": "يرجى إبداء رأيكم قبل {day}",
})  # fmt: skip
REMINDER = Text({
    "en": "We still wait for your opinion, until {day}",
    "fr": "Nous attendons toujours votre avis, jusqu’au {day}",
    "ar": "ما زلنا ننتظر رأيكم حتى {day}",
})  # fmt: skip
ASKED = Text({
    "en": "{department} asks for your opinion on an application: {service}, reference {reference}.",
    "fr": "{department} vous demande votre avis sur une demande : {service}, référence {reference}.",
    "ar": "تطلب {department} رأيكم في طلب: {service}، الرقم المرجعي {reference}.",
})  # fmt: skip
HOW = Text({
    "en": "The button opens a page with what you need to know, where you write your opinion. You need no "
    "account. The link works for one opinion, until {day}. Do not pass this letter on: whoever has it can "
    "answer for you.",
    "fr": "Le bouton ouvre une page qui dit l’essentiel et où vous écrivez votre avis. Il ne faut pas de "
    "compte. Le lien vaut pour un seul avis, jusqu’au {day}. Ne transmettez pas cette lettre : qui la "
    "détient peut répondre à votre place.",
    "ar": "يفتح الزر صفحة فيها ما تحتاجون إلى معرفته، وفيها تكتبون رأيكم. لا حاجة إلى حساب. الرابط صالح "
    "لرأي واحد حتى {day}. لا تعيدوا إرسال هذه الرسالة: من يملكها يستطيع الرد نيابة عنكم.",
})  # fmt: skip
STILL = Text({
    "en": "The link in our letter of {sent} still works. If you cannot answer, tell us.",
    "fr": "Le lien de notre lettre du {sent} fonctionne toujours. Si vous ne pouvez pas répondre, "
    "prévenez-nous.",
    "ar": "ما زال الرابط في رسالتنا بتاريخ {sent} يعمل. إذا تعذر عليكم الرد فأخبرونا.",
})  # fmt: skip
ACTION = Text({"en": "Give your opinion", "fr": "Donner votre avis", "ar": "إبداء الرأي"})


def ask(item: Any, address: str, *, by: User | None = None) -> Opinion:
    """Ask somebody, with the step and its case locked; whoever was asked before is asked no more."""
    case, options = item.process, item.flow_task.options
    take_back(item, by=by)
    key, key_sha256 = new_key()
    opinion = Opinion.objects.create(
        case=case,
        work_item=item,
        department_id=case.department_id,
        address=address,
        key_sha256=key_sha256,
        language=_language(case, options.language),
        asked_at=now(),
        asked_by=by,
    )
    recorded("opinion.asked", item, by, opinion=opinion.pk)
    how = [options.question.in_(opinion.language), HOW.in_(opinion.language)]
    _write(opinion, item.due_at, SUBJECT, [ASKED.in_(opinion.language), *how], "asked", key)
    return opinion


def ask_beside(
    case: Any, address: str, question: str, fields: Sequence[str], due_at: datetime, by: User
) -> Opinion:
    """Ask somebody beside the workflow, with the case locked; nothing waits for the answer."""
    key, key_sha256 = new_key()
    opinion = Opinion.objects.create(
        case=case,
        department_id=case.department_id,
        address=address,
        key_sha256=key_sha256,
        language=_language(case),
        question=question,
        fields=list(fields),
        due_at=due_at,
        asked_at=now(),
        asked_by=by,
    )
    recorded_case("opinion.asked_beside", case, by, opinion=opinion.pk)
    body = [ASKED.in_(opinion.language), question, HOW.in_(opinion.language)]
    _write(opinion, due_at, SUBJECT, body, "asked", key)
    _remind_later(opinion, due_at)
    return opinion


def _remind_later(opinion: Opinion, due_at: datetime) -> None:
    """Nobody is reminded on the day on which they were asked."""
    at = calendar_of(opinion.department_id).subtract(due_at, REMIND_BEFORE)
    if at - opinion.asked_at < timedelta(hours=12):
        return
    key = f"opinion:{opinion.pk}:remind"
    outbox.put(TOPIC, {"opinion": opinion.pk}, key=key, department_id=opinion.department_id, due_at=at)


def remind_beside(opinion_id: int) -> bool:
    """Write once more to who was asked beside the workflow; False when nothing can be answered now."""
    asked = Opinion.objects.filter(pk=opinion_id, given_at=None, taken_back_at=None)
    case_id = asked.values_list("case_id", flat=True).first()
    if case_id is None:
        return False
    with unit():
        case = lock_case(case_id)
        opinion = asked.filter(due_at__gt=now()).first()  # read after the lock
        if opinion is None or opinion.due_at is None or case.finished or case.held_at:
            return False
        opinion.case = case
        recorded_case("opinion.reminded_beside", case, None, opinion=opinion.pk)
        body = [ASKED.in_(opinion.language), STILL.in_(opinion.language)]
        _write(opinion, opinion.due_at, REMINDER, body, "reminded")
    return True


def remind(item: Any) -> bool:
    """Write again to who was asked; the link stays as it is. False when nobody is asked."""
    opinion = open_opinion(item)
    if opinion is None:
        return False
    recorded("opinion.reminded", item, None, opinion=opinion.pk)
    body = [ASKED.in_(opinion.language), STILL.in_(opinion.language)]
    _write(opinion, item.due_at, REMINDER, body, f"reminded:{now().isoformat()}")
    return True


def take_back(item: Any, *, by: User | None) -> bool:
    """The link leads nowhere from now on; False when there was none that did."""
    opinion = open_opinion(item)
    if opinion is None:
        return False
    opinion.taken_back_at = now()
    opinion.save(update_fields=["taken_back_at"])
    recorded("opinion.taken_back", item, by, opinion=opinion.pk)
    return True


def open_opinion(item: Any) -> Opinion | None:
    """Who is asked at this step now, and has not answered."""
    return Opinion.objects.filter(work_item_id=item.pk, taken_back_at=None, given_at=None).first()


def _language(case: Any, wanted: str | None = None) -> str:
    return frame_for(wanted or case.language, case.department)


def _write(
    opinion: Opinion, due_at: datetime, subject: Text, body: list[str], cause: str, key: str = ""
) -> None:
    """A letter without the name of the applicant: it goes to somebody outside."""
    case, language = opinion.case, opinion.language
    zone = calendar_of(case.department_id).zone
    words = {
        "department": case.department.name(language),
        "service": case.service.name(language),
        "reference": case.reference,
        "day": date_text(due_at.astimezone(zone).date(), language),
        "sent": date_text(opinion.asked_at.astimezone(zone).date(), language),
    }
    send_letter(
        recipient=None,
        address=opinion.address,
        department=case.department,
        kind=KIND,
        subject=_filled(subject.in_(language), words),
        body_paragraphs=[_filled(paragraph, words) for paragraph in body],
        action_label=ACTION.in_(language) if key else "",
        action_path=PATH if key else "",
        action_key=key,
        case_reference=case.reference,
        language=language,
        key=f"opinion:{opinion.pk}:{cause}",
    )


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text
