"""Letters about a mistake on a certificate: to who decides, to who asked, and to the applicant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.core.text import Text
from engine.departments.models import User
from engine.documents.models import Certificate
from engine.messages.letters import send_letter
from workflows.models import Amendment
from workflows.spoken import letter_language

LOOK = Text({"en": "Open the case", "fr": "Ouvrir le dossier", "ar": "فتح المعاملة"})
FETCH = Text(
    {
        "en": "Get the new certificate",
        "fr": "Obtenir le nouveau certificat",
        "ar": "الحصول على الشهادة الجديدة",
    }
)
STAFF: Mapping[str, tuple[Text, Text]] = {
    "asked": (
        Text({
            "en": "{name} asks to correct certificate {number}",
            "fr": "{name} demande à corriger le certificat {number}",
            "ar": "{name} يطلب تصحيح الشهادة {number}",
        }),
        Text({
            "en": "{name} asks to correct certificate {number} of the case {reference}. Please decide on it.",
            "fr": "{name} veut corriger le certificat {number} (dossier {reference}). Merci de décider.",
            "ar": "{name} يطلب تصحيح الشهادة {number} في المعاملة {reference}. يرجى البت في ذلك.",
        }),
    ),
    "approved": (
        Text({
            "en": "{name} approved the correction of certificate {number}",
            "fr": "{name} a approuvé la correction du certificat {number}",
            "ar": "وافق {name} على تصحيح الشهادة {number}",
        }),
        Text({
            "en": "{name} approved the correction of certificate {number} of the case {reference}. A new "
            "certificate is made now.",
            "fr": "{name} a approuvé la correction du certificat {number} du dossier {reference}. Un nouveau "
            "certificat est en préparation.",
            "ar": "وافق {name} على تصحيح الشهادة {number} في المعاملة {reference}. يجري إعداد شهادة جديدة.",
        }),
    ),
    "refused": (
        Text({
            "en": "{name} refused the correction of certificate {number}",
            "fr": "{name} a refusé la correction du certificat {number}",
            "ar": "رفض {name} تصحيح الشهادة {number}",
        }),
        Text({
            "en": "{name} refused the correction of certificate {number} of the case {reference}. The case "
            "says why.",
            "fr": "{name} a refusé la correction du certificat {number} du dossier {reference}. Le dossier "
            "dit pourquoi.",
            "ar": "رفض {name} تصحيح الشهادة {number} في المعاملة {reference}. السبب مذكور في المعاملة.",
        }),
    ),
}  # fmt: skip
SUBJECT = Text({
    "en": "We have corrected your certificate {old}",
    "fr": "Nous avons corrigé votre certificat {old}",
    "ar": "لقد صححنا شهادتك {old}",
})  # fmt: skip
BODY = Text({
    "en": "There was a mistake on your certificate {old}. It is not valid any more. The new certificate "
    "{new} takes its place. Please use only the new one, and give it to whoever has the old one.",
    "fr": "Votre certificat {old} contenait une erreur. Il n’est plus valable. Le nouveau certificat {new} "
    "le remplace. Merci de n’utiliser que le nouveau, et de le remettre à ceux qui ont l’ancien.",
    "ar": "كان في شهادتك {old} خطأ، ولم تعد صالحة. تحل محلها الشهادة الجديدة {new}. يرجى استعمال "
    "الجديدة فقط، وتقديمها إلى كل من لديه القديمة.",
})  # fmt: skip


def tell_staff(amendment: Amendment, people: Iterable[User], by: User, what: str) -> None:
    """Write to colleagues, but not to who did it."""
    case, (subject, body) = amendment.case, STAFF[what]
    words = {"name": by.get_full_name(), "number": amendment.certificate.number, "reference": case.reference}
    for person in people:
        if person.pk == by.pk:
            continue
        send_letter(
            recipient=person,
            department=case.department,
            kind=f"amendment.{what}",
            subject=_filled(subject, person.language, words),
            body_paragraphs=[_filled(body, person.language, words)],
            action_label=LOOK.in_(person.language or "en"),
            action_path=f"/work/cases/{case.reference}/",
            language=person.language or "en",
            key=f"amendment:{what}:{amendment.pk}:{person.pk}",
        )


def tell_amended(amendment: Amendment, newer: Certificate) -> None:
    """Write to the applicant that there is a new certificate."""
    case = amendment.case
    language = letter_language(case.language, case.department, case.version_id)
    words = {"old": amendment.certificate.number, "new": newer.number}
    send_letter(
        recipient=case.applicant,
        department=case.department,
        kind="case.certificate_corrected",
        subject=_filled(SUBJECT, language, words),
        body_paragraphs=[_filled(BODY, language, words)],
        action_label=FETCH.in_(language),
        action_path=f"/applications/{case.reference}/",
        case_reference=case.reference,
        language=language,
        key=f"amendment:carried_out:{amendment.pk}",
    )


def _filled(text: Text, language: str, words: Mapping[str, str]) -> str:
    found = text.in_(language or "en")
    for name, word in words.items():
        found = found.replace(f"{{{name}}}", word)
    return found
