"""The letter before a draft ends."""

import uuid

from django.db import transaction

from engine.core.text import Text
from engine.messages.letters import send_letter
from forms_library.localising import date_text
from workflows.clock import calendar_of
from workflows.models import Draft
from workflows.spoken import letter_language

REMINDED = "_reminded"  # in `raw`, which is otherwise by page: the last day that was told
SUBJECT = Text({
    "en": "Your application is not sent yet",
    "fr": "Votre demande n’est pas encore envoyée",
    "ar": "طلبك لم يُرسل بعد",
})  # fmt: skip
BODY = Text({
    "en": "You have begun an application: {service}. We keep your answers until {day}, "
    "then we delete them.",
    "fr": "Vous avez commencé une demande : {service}. Nous conservons vos réponses jusqu’au {day}, "
    "puis nous les supprimons.",
    "ar": "لقد بدأت طلبًا: {service}. نحتفظ بإجاباتك حتى {day}، ثم نحذفها.",
})  # fmt: skip
ACTION = Text({"en": "Go on with your application", "fr": "Continuer votre demande", "ar": "تابع طلبك"})


def remind_of_draft(draft_id: uuid.UUID) -> bool:
    """Write the letter once; saving the draft again later makes a new date and a new reminder."""
    with transaction.atomic():
        draft = (
            Draft.objects.select_for_update(of=("self",))
            .select_related("owner", "department", "service_version__service")
            .filter(pk=draft_id, submitted_case=None)
            .first()
        )
        if draft is None:
            return False
        language = letter_language(draft.language, draft.department, draft.service_version_id)
        day = draft.expires_at.astimezone(calendar_of(draft.department_id).zone).date()
        service = draft.service_version.service.name(language)
        send_letter(
            recipient=draft.owner,
            department=draft.department,
            kind="draft.reminder",
            subject=SUBJECT.in_(language),
            body_paragraphs=[
                BODY.in_(language).replace("{service}", service).replace("{day}", date_text(day, language))
            ],
            action_label=ACTION.in_(language),
            action_path=f"/apply/d/{draft.pk}/",
            language=language,
            key=f"draft:{draft.pk}:{day.isoformat()}",
        )
        draft.raw = {**draft.raw, REMINDED: day.isoformat()}
        draft.save(update_fields=["raw"])
    return True
