"""Leading somebody back to a draft by a link in a letter.

The link is a comfort and no key: it leads through sign-in, and only its owner gets anywhere. It works once,
until the draft ends or another one is asked for, and the database holds its hash only.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from engine.core.text import Text
from engine.departments.models import User
from engine.messages.letters import ONCE, send_letter
from forms_library.localising import date_text
from workflows.clock import calendar_of
from workflows.link_keys import hash_of, new_key
from workflows.models import Draft, ResumeLink
from workflows.services.drafts import own_draft
from workflows.spoken import letter_language

SUBJECT = Text({
    "en": "Continue your application",
    "fr": "Continuer votre demande",
    "ar": "تابع طلبك",
})  # fmt: skip
BODY = Text({
    "en": "You have saved your application: {service}. The button leads back to it. It works once, after "
    "you have signed in. We keep your answers until {day}.",
    "fr": "Vous avez enregistré votre demande : {service}. Le bouton vous y ramène. Il fonctionne une seule "
    "fois, après connexion. Nous conservons vos réponses jusqu’au {day}.",
    "ar": "لقد حفظت طلبك: {service}. يعيدك الزر إليه. يعمل مرة واحدة بعد تسجيل الدخول. "
    "نحتفظ بإجاباتك حتى {day}.",
})  # fmt: skip
ACTION = Text({"en": "Continue", "fr": "Continuer", "ar": "متابعة"})
AGAIN_AFTER = timedelta(minutes=2)  # a second press in between sends nothing more


def send_resume_link(draft: Draft, *, by: User, language: str) -> bool:
    """Write a letter with a new link; links that were sent before lead nowhere from now on."""
    with transaction.atomic():
        mine = own_draft(draft.pk, by)
        now = timezone.now()
        if ResumeLink.objects.filter(draft=mine, used_at=None, created_at__gt=now - AGAIN_AFTER).exists():
            return False
        ResumeLink.objects.filter(draft=mine, used_at=None).delete()
        token, token_sha256 = new_key()
        link = ResumeLink.objects.create(draft=mine, token_sha256=token_sha256)
        _write(mine, by, language, token, link)
    return True


def _write(draft: Draft, by: User, language: str, token: str, link: ResumeLink) -> None:
    language = letter_language(language, draft.department, draft.service_version_id)
    day = draft.expires_at.astimezone(calendar_of(draft.department_id).zone).date()
    words = {"{service}": draft.service_version.service.name(language), "{day}": date_text(day, language)}
    body = BODY.in_(language)
    for name, word in words.items():
        body = body.replace(name, word)
    send_letter(
        recipient=by,
        department=draft.department,
        kind=f"{ONCE}draft",
        subject=SUBJECT.in_(language),
        body_paragraphs=[body],
        action_label=ACTION.in_(language),
        action_path=f"/apply/d/link/{token}/",
        language=language,
        key=f"resume:{link.pk}",
    )


def use_resume_link(token: str, *, by: User) -> Draft | None:
    """The draft that the link leads to, for its owner and once; None for a link that is used or unknown."""
    with transaction.atomic():
        link = (
            ResumeLink.objects.select_for_update(of=("self",))
            .select_related("draft")
            .filter(token_sha256=hash_of(token), draft__owner=by)
            .first()
        )
        if link is None or link.used_at is not None or link.draft.expires_at <= timezone.now():
            return None
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        found: Draft = link.draft
        return found
