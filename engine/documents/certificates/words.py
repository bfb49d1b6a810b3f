"""The fixed words on a certificate, in the languages of certificates rather than of the reader's screen."""

from __future__ import annotations

from engine.core.text import Text

WORDS = {
    "valid_until": Text({"en": "Valid until", "fr": "Valable jusqu’au", "ar": "صالحة حتى"}),
    "replaces": Text({"en": "Replaces", "fr": "Remplace", "ar": "تحل محل"}),
    "issued": Text({"en": "Issued", "fr": "Délivré le", "ar": "صدرت في"}),
    "check_at": Text({"en": "Check at", "fr": "Vérifier sur", "ar": "للتحقق"}),
    "code": Text({"en": "Code", "fr": "Code", "ar": "الرمز"}),
    "signed": Text(
        {
            "en": "Signed electronically. Your PDF reader shows the signature.",
            "fr": "Signé électroniquement. Votre lecteur PDF affiche la signature.",
            "ar": "موقّعة إلكترونيًا. يعرض قارئ PDF التوقيع.",
        }
    ),
    "qr": Text(
        {
            "en": "QR code that opens the page where this certificate can be checked",
            "fr": "Code QR qui ouvre la page de vérification de ce certificat",
            "ar": "رمز استجابة سريعة يفتح صفحة التحقق من هذه الشهادة",
        }
    ),
    "sample": Text({"en": "SAMPLE", "fr": "SPÉCIMEN", "ar": "نموذج"}),
    "revoked": Text({"en": "REVOKED", "fr": "RÉVOQUÉ", "ar": "ملغاة"}),
    "replaced": Text({"en": "REPLACED", "fr": "REMPLACÉ", "ar": "مستبدلة"}),
}


def word(key: str, language: str) -> str:
    """A fixed word in this language, or in English."""
    return WORDS[key].in_(language)
