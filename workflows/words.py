"""The words that workflows themselves say to people, in the languages of the interface."""

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError

from engine.core.text import Text
from engine.core.voice import base_of, shown, voice
from engine.core.worktime import Span

Forms = Mapping[str, Mapping[str, str]]

# by unit, language and plural form of the number
SPANS: Mapping[str, Forms] = {
    "working_days": {
        "en": {"one": "{n} working day", "other": "{n} working days"},
        "fr": {"one": "{n} jour ouvrable", "other": "{n} jours ouvrables"},
        "ar": {"one": "يوم عمل واحد", "two": "يوما عمل", "few": "{n} أيام عمل", "other": "{n} يوم عمل"},
    },
    "working_hours": {
        "en": {"one": "{n} working hour", "other": "{n} working hours"},
        "fr": {"one": "{n} heure ouvrable", "other": "{n} heures ouvrables"},
        "ar": {"one": "ساعة عمل واحدة", "two": "ساعتا عمل", "few": "{n} ساعات عمل", "other": "{n} ساعة عمل"},
    },
    "minutes": {
        "en": {"one": "{n} minute", "other": "{n} minutes"},
        "fr": {"one": "{n} minute", "other": "{n} minutes"},
        "ar": {"one": "دقيقة واحدة", "two": "دقيقتان", "few": "{n} دقائق", "other": "{n} دقيقة"},
    },
    "hours": {
        "en": {"one": "{n} hour", "other": "{n} hours"},
        "fr": {"one": "{n} heure", "other": "{n} heures"},
        "ar": {"one": "ساعة واحدة", "two": "ساعتان", "few": "{n} ساعات", "other": "{n} ساعة"},
    },
    "days": {
        "en": {"one": "{n} day", "other": "{n} days"},
        "fr": {"one": "{n} jour", "other": "{n} jours"},
        "ar": {"one": "يوم واحد", "two": "يومان", "few": "{n} أيام", "many": "{n} يومًا", "other": "{n} يوم"},
    },
    "months": {
        "en": {"one": "{n} month", "other": "{n} months"},
        "fr": {"other": "{n} mois"},
        "ar": {"one": "شهر واحد", "two": "شهران", "few": "{n} أشهر", "many": "{n} شهرًا", "other": "{n} شهر"},
    },
    "years": {
        "en": {"one": "{n} year", "other": "{n} years"},
        "fr": {"one": "{n} an", "other": "{n} ans"},
        "ar": {"one": "سنة واحدة", "two": "سنتان", "few": "{n} سنوات", "other": "{n} سنة"},
    },
}  # fmt: skip

WORDS: Mapping[str, Text] = {
    "time": Text({"en": "Time to apply", "fr": "Durée de la demande", "ar": "مدة تقديم الطلب"}),
    "decision_within": Text({"en": "Decision within", "fr": "Décision sous", "ar": "القرار خلال"}),
    "fee": Text({"en": "Fee", "fr": "Frais", "ar": "الرسوم"}),
    "validity": Text({"en": "Valid for", "fr": "Durée de validité", "ar": "مدة الصلاحية"}),
    "languages": Text({"en": "Languages", "fr": "Langues", "ar": "اللغات"}),
    "sent": Text({"en": "Sent", "fr": "Envoyée", "ar": "أُرسل"}),
    "being_checked": Text({"en": "Being checked", "fr": "En cours d’examen", "ar": "قيد الفحص"}),
    "waiting_for_you": Text({"en": "Waiting for you", "fr": "En attente de votre réponse", "ar": "بانتظارك"}),
    "waiting_for_payment": Text({
        "en": "Waiting for payment", "fr": "En attente de paiement", "ar": "بانتظار الدفع"
    }),
    "approved": Text({"en": "Approved", "fr": "Approuvée", "ar": "تمت الموافقة"}),
    "refused": Text({"en": "Refused", "fr": "Refusée", "ar": "مرفوض"}),
    "withdrawn": Text({"en": "Withdrawn", "fr": "Retirée", "ar": "مسحوب"}),
    "cancelled": Text({"en": "Cancelled", "fr": "Annulée", "ar": "ملغى"}),
    "merged": Text({"en": "Merged", "fr": "Fusionnée", "ar": "مدموج"}),
    "expired": Text({"en": "Expired", "fr": "Expirée", "ar": "منتهي"}),
    "failed": Text({
        "en": "Could not be completed", "fr": "N’a pas pu aboutir", "ar": "تعذّر إتمامه"
    }),
    "you_apply": Text({"en": "You apply", "fr": "Vous faites votre demande", "ar": "تقدّم طلبك"}),
    "you_withdrew": Text({
        "en": "You withdrew your application", "fr": "Vous avez retiré votre demande", "ar": "سحبت طلبك"
    }),
    "draft": Text({"en": "Draft", "fr": "Brouillon", "ar": "مسودة"}),
}  # fmt: skip


ROLES: Mapping[str, Text] = {
    "clerk": Text({"en": "Clerk", "fr": "Agent", "ar": "موظف"}),
    "supervisor": Text({"en": "Supervisor", "fr": "Responsable", "ar": "مشرف"}),
    "designer": Text({"en": "Designer", "fr": "Concepteur", "ar": "مصمم"}),
    "publisher": Text({"en": "Publisher", "fr": "Éditeur", "ar": "ناشر"}),
    "administrator": Text({"en": "Administrator", "fr": "Administrateur", "ar": "مسؤول إداري"}),
    "auditor": Text({"en": "Auditor", "fr": "Auditeur", "ar": "مدقق"}),
}


def role_text(role: str, language: str) -> str:
    """A role as people call it."""
    return ROLES[role].in_(language) if role in ROLES else role


def word(key: str, language: str) -> str:
    """One of the words in a language."""
    return WORDS[key].in_(language)


def span_text(span: Span, language: str) -> str:
    """A length of time as people say it: "10 working days"."""
    known, base = SPANS[span.unit], base_of(language)
    base = next(each for each in (base, voice().frame, "en") if each in known)
    forms = known[base]
    try:
        form = Locale.parse(base).plural_form(span.amount)
    except (UnknownLocaleError, ValueError):
        form = "other"
    said = forms.get(form, forms["other"]).replace("{n}", str(span.amount))
    return shown(said, base, language)
