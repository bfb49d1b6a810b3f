"""Letters about a change of course: to applicants with the reason, to colleagues without any of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import now

from engine.core.text import Text
from engine.departments.models import User
from engine.messages.letters import send_letter
from engine.messages.writing import Quote
from workflows.services.telling import tell
from workflows.spoken import letter_language

LOOK = Text({"en": "Look at your application", "fr": "Voir votre demande", "ar": "عرض طلبك"})
TO_OWNERS: Mapping[str, tuple[Text, Text]] = {
    "undone": (
        Text({
            "en": "{name} undid a step of {reference}",
            "fr": "{name} a annulé une étape de {reference}",
            "ar": "تراجع {name} عن خطوة في {reference}",
        }),
        Text({
            "en": "{name} has undone the last step of the case {reference}. It waits for you again.",
            "fr": "{name} a annulé la dernière étape du dossier {reference}. Elle vous attend de nouveau.",
            "ar": "تراجع {name} عن آخر خطوة في المعاملة {reference}. وهي بانتظارك من جديد.",
        }),
    ),
    "moved": (
        Text({
            "en": "{name} moved {reference} to another step",
            "fr": "{name} a déplacé {reference} à une autre étape",
            "ar": "نقل {name} {reference} إلى خطوة أخرى",
        }),
        Text({
            "en": "{name} has moved the case {reference}. The step that you had is not needed any more.",
            "fr": "{name} a déplacé le dossier {reference}. L’étape que vous aviez n’est plus nécessaire.",
            "ar": "نقل {name} المعاملة {reference}. لم تعد هناك حاجة إلى الخطوة التي كانت لديك.",
        }),
    ),
}  # fmt: skip
TO_APPLICANTS: Mapping[str, tuple[Text, Text]] = {
    "cancelled": (
        Text({
            "en": "Your application {reference} was cancelled",
            "fr": "Votre demande {reference} a été annulée",
            "ar": "أُلغي طلبك {reference}",
        }),
        Text({
            "en": "We have cancelled your application {reference}. You need do nothing. This is why:",
            "fr": "Nous avons annulé votre demande {reference}. Vous n’avez rien à faire. La raison :",
            "ar": "لقد ألغينا طلبك {reference}. لا يلزمك فعل شيء. وهذا هو السبب:",
        }),
    ),
    "merged": (
        Text({
            "en": "Your application {reference} goes on as {kept}",
            "fr": "Votre demande {reference} se poursuit sous {kept}",
            "ar": "يستمر طلبك {reference} برقم {kept}",
        }),
        Text({
            "en": "Your application {reference} is the same as {kept}, so we have put both together. We go "
            "on with {kept} only. You need do nothing. If this is a mistake, tell us.",
            "fr": "Votre demande {reference} est la même que {kept}, nous les avons donc réunies. Nous ne "
            "poursuivons que {kept}. Vous n’avez rien à faire. Si c’est une erreur, dites-le-nous.",
            "ar": "طلبك {reference} هو نفسه {kept}، لذا جمعنا بينهما. نتابع {kept} وحده. لا يلزمك فعل شيء. "
            "إذا كان ذلك خطأ فأخبرنا.",
        }),
    ),
    "reopened": (
        Text({
            "en": "We look at your application {reference} again",
            "fr": "Nous examinons de nouveau votre demande {reference}",
            "ar": "نعيد النظر في طلبك {reference}",
        }),
        Text({
            "en": "We have opened your application {reference} again. We will write to you. This is why:",
            "fr": "Nous avons rouvert votre demande {reference}. Nous vous écrirons. En voici la raison :",
            "ar": "لقد أعدنا فتح طلبك {reference}. سنكتب إليك. وهذا هو السبب:",
        }),
    ),
}  # fmt: skip


def tell_owner(item: Any, case: Any, by: User, what: str) -> None:
    """Write to the colleague who has the work, unless they did it themselves."""
    if item.owner_id in (None, by.pk, case.applicant_id):
        return
    subject, body = TO_OWNERS[what]
    owner = User.objects.get(pk=item.owner_id)
    tell(owner, case, by, kind=f"case.{what}", subject=subject, body=body, key=f"course:{what}:{item.pk}")


def tell_applicant(case: Any, by: User, what: str, reason: str, *, kept: str = "") -> None:
    """Write to the applicant, with the words of who did it where there are any."""
    subject, body = TO_APPLICANTS[what]
    language = letter_language(case.language, case.department, case.version_id)

    def filled(text: Text) -> str:
        return text.in_(language).replace("{reference}", case.reference).replace("{kept}", kept)

    send_letter(
        recipient=case.applicant,
        department=case.department,
        kind=f"case.{what}",
        subject=filled(subject),
        body_paragraphs=[filled(body), *([Quote(reason, by.get_full_name())] if reason else [])],
        action_label=LOOK.in_(language),
        action_path=f"/applications/{case.reference}/",
        case_reference=case.reference,
        language=language,
        key=f"course:{what}:{case.pk}:{now().isoformat()}",
    )
