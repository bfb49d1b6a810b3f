"""The few words that a form itself says, in the languages of the interface."""

from collections.abc import Mapping

from engine.core.text import Text

WORDS: Mapping[str, Text] = {
    "optional": Text({"en": "(optional)", "fr": "(facultatif)", "ar": "(اختياري)"}),
    "error": Text({"en": "Error:", "fr": "Erreur :", "ar": "خطأ:"}),
    "problem": Text({"en": "There is a problem", "fr": "Il y a un problème", "ar": "هناك مشكلة"}),
    "day": Text({"en": "Day", "fr": "Jour", "ar": "اليوم"}),
    "month": Text({"en": "Month", "fr": "Mois", "ar": "الشهر"}),
    "year": Text({"en": "Year", "fr": "Année", "ar": "السنة"}),
    "yes": Text({"en": "Yes", "fr": "Oui", "ar": "نعم"}),
    "no": Text({"en": "No", "fr": "Non", "ar": "لا"}),
    "or": Text({"en": "or", "fr": "ou", "ar": "أو"}),
    "nothing_selected": Text({"en": "None selected", "fr": "Aucune sélection", "ar": "لم يتم اختيار شيء"}),
    "choose": Text({"en": "Select an answer", "fr": "Sélectionnez une réponse", "ar": "اختر إجابة"}),
    "not_answered": Text({"en": "Not answered", "fr": "Sans réponse", "ar": "لم تتم الإجابة"}),
    "added": Text({"en": "You have added", "fr": "Vous avez ajouté", "ar": "لقد أضفت"}),
    "replace": Text({"en": "Replace this file", "fr": "Remplacer ce fichier", "ar": "استبدال هذا الملف"}),
    "remove": Text({"en": "Remove this file", "fr": "Supprimer ce fichier", "ar": "إزالة هذا الملف"}),
    "line_1": Text({"en": "Address line 1", "fr": "Adresse, ligne 1", "ar": "العنوان، السطر 1"}),
    "line_2": Text({"en": "Address line 2", "fr": "Adresse, ligne 2", "ar": "العنوان، السطر 2"}),
    "town": Text({"en": "Town or city", "fr": "Ville", "ar": "المدينة"}),
    "region": Text({"en": "Region", "fr": "Région", "ar": "المنطقة"}),
    "postcode": Text({"en": "Postcode", "fr": "Code postal", "ar": "الرمز البريدي"}),
    "country": Text({"en": "Country", "fr": "Pays", "ar": "البلد"}),
    "up_to": Text({
        "en": "{types} of up to {size}",
        "fr": "{types}, {size} au plus",
        "ar": "{types} بحجم لا يتجاوز {size}",
    }),
    "masked": Text({
        "en": "Hidden. Only the last four characters are shown.",
        "fr": "Masqué. Seuls les quatre derniers caractères sont affichés.",
        "ar": "مخفي. تظهر الأحرف الأربعة الأخيرة فقط.",
    }),
}  # fmt: skip


def word(key: str, language: str) -> str:
    """One of the words in a language."""
    return WORDS[key].in_(language)
