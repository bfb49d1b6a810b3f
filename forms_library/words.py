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
    "pages_most": Text({
        "en": "No more than {max} pages in a PDF",
        "fr": "{max} pages au plus dans un PDF",
        "ar": "لا تزيد صفحات ملف PDF على {max}",
    }),
    "files_most": Text({
        "en": "No more than {max} files",
        "fr": "{max} fichiers au plus",
        "ar": "لا يزيد عدد الملفات على {max}",
    }),
    "files_between": Text({
        "en": "{min} to {max} files",
        "fr": "De {min} à {max} fichiers",
        "ar": "من {min} إلى {max} ملفات",
    }),
    "files_exactly": Text({"en": "{min} files", "fr": "{min} fichiers", "ar": "عدد الملفات: {min}"}),
    "words_most": Text({
        "en": "You can enter up to {max} words",
        "fr": "Vous pouvez saisir jusqu’à {max} mots",
        "ar": "يمكنك إدخال {max} كلمة كحد أقصى",
    }),
    "words_left": Text({
        "en": "Words left: {left}",
        "fr": "Mots restants : {left}",
        "ar": "الكلمات المتبقية: {left}",
    }),
    "words_over": Text({
        "en": "Words too many: {over}",
        "fr": "Mots en trop : {over}",
        "ar": "الكلمات الزائدة: {over}",
    }),
    "characters_most": Text({
        "en": "You can enter up to {max} characters",
        "fr": "Vous pouvez saisir jusqu’à {max} caractères",
        "ar": "يمكنك إدخال {max} حرفًا كحد أقصى",
    }),
    "characters_left": Text({
        "en": "Characters left: {left}",
        "fr": "Caractères restants : {left}",
        "ar": "الأحرف المتبقية: {left}",
    }),
    "characters_over": Text({
        "en": "Characters too many: {over}",
        "fr": "Caractères en trop : {over}",
        "ar": "الأحرف الزائدة: {over}",
    }),
    "start": Text({"en": "From", "fr": "Du", "ar": "من"}),
    "end": Text({"en": "To", "fr": "Au", "ar": "إلى"}),
    "full": Text({"en": "Full name", "fr": "Nom complet", "ar": "الاسم الكامل"}),
    "given": Text({"en": "First name", "fr": "Prénom", "ar": "الاسم الأول"}),
    "middle": Text({"en": "Middle names", "fr": "Autres prénoms", "ar": "الأسماء الوسطى"}),
    "family": Text({"en": "Last name", "fr": "Nom de famille", "ar": "اسم العائلة"}),
    "title": Text({"en": "Title", "fr": "Civilité", "ar": "اللقب"}),
    "latitude": Text({"en": "Latitude", "fr": "Latitude", "ar": "خط العرض"}),
    "longitude": Text({"en": "Longitude", "fr": "Longitude", "ar": "خط الطول"}),
    "how_to_point": Text({
        "en": "In degrees. You can paste both numbers into the first box, like 48.85, 2.35. We load no map.",
        "fr": "En degrés. Vous pouvez coller les deux nombres dans la première case : 48.85, 2.35. "
        "Aucune carte n’est chargée.",
        "ar": "بالدرجات. يمكنك لصق الرقمين في الخانة الأولى، مثل 48.85, 2.35. لا نحمّل أي خريطة.",
    }),
    "type_it": Text({
        "en": "We cannot look this up now, so type it yourself.",
        "fr": "La recherche n’est pas possible en ce moment : saisissez-le vous-même.",
        "ar": "لا يمكننا البحث عن هذا الآن، فاكتبه بنفسك.",
    }),
    "which_one": Text({
        "en": "Which one do you mean?",
        "fr": "Lequel voulez-vous dire ?",
        "ar": "أي منها تقصد؟",
    }),
    "matches": Text({
        "en": "Answers found: {number}. Use the up and down arrows",
        "fr": "Réponses trouvées : {number}. Utilisez les flèches haut et bas",
        "ar": "الإجابات الموجودة: {number}. استخدم سهمي الأعلى والأسفل",
    }),
    "no_match": Text({"en": "Nothing found", "fr": "Aucun résultat", "ar": "لا توجد نتائج"}),
    "signer": Text({"en": "Your full name", "fr": "Votre nom complet", "ar": "اسمك الكامل"}),
    "draw": Text({"en": "Sign in the box", "fr": "Signez dans le cadre", "ar": "وقّع داخل الإطار"}),
    "draw_instead": Text({
        "en": "You can also draw your signature. If you cannot, your typed name is enough.",
        "fr": "Vous pouvez aussi dessiner votre signature. Sinon, votre nom saisi suffit.",
        "ar": "يمكنك أيضًا رسم توقيعك. وإن تعذر ذلك يكفي الاسم المكتوب.",
    }),
    "clear": Text({"en": "Clear the drawing", "fr": "Effacer le dessin", "ar": "مسح الرسم"}),
    "drawn": Text({"en": "Signed by hand", "fr": "Signé à la main", "ar": "موقّع بخط اليد"}),
    "typed_name": Text({
        "en": "Signed by typed name",
        "fr": "Signé par nom saisi",
        "ar": "موقّع بالاسم المكتوب",
    }),
    "add_files": Text({"en": "Add files", "fr": "Ajouter des fichiers", "ar": "إضافة ملفات"}),
    "remove_file": Text({"en": "Remove", "fr": "Supprimer", "ar": "إزالة"}),
    "upload": Text({"en": "Upload", "fr": "Envoyer", "ar": "رفع"}),
    "warning": Text({"en": "Warning", "fr": "Attention", "ar": "تحذير"}),
    "typed_by_applicant": Text({
        "en": "typed by the applicant, not checked",
        "fr": "saisi par le demandeur, non vérifié",
        "ar": "كتبه مقدم الطلب ولم يتم التحقق منه",
    }),
    "looked_up": Text({"en": "found in {source}", "fr": "trouvé dans {source}", "ar": "وُجد في {source}"}),
    "not_worked_out": Text({"en": "Not known yet", "fr": "Pas encore connu", "ar": "غير معروف بعد"}),
    "item": Text({"en": "Item", "fr": "Élément", "ar": "عنصر"}),
    "add_item": Text({"en": "Add another", "fr": "Ajouter", "ar": "إضافة آخر"}),
    "add_first": Text({"en": "Add", "fr": "Ajouter", "ar": "إضافة"}),
    "add_first_of": Text({"en": "Add {item}", "fr": "Ajouter : {item}", "ar": "إضافة {item}"}),
    "no_items": Text({
        "en": "You have not added anything here yet",
        "fr": "Vous n’avez encore rien ajouté ici",
        "ar": "لم تُضف شيئًا هنا بعد",
    }),
    "remove_item": Text({"en": "Remove", "fr": "Supprimer", "ar": "إزالة"}),
    "exit": Text({
        "en": "With these answers, you cannot send this form",
        "fr": "Avec ces réponses, vous ne pouvez pas envoyer ce formulaire",
        "ar": "لا يمكنك إرسال هذا النموذج بهذه الإجابات",
    }),
    "rule_failed": Text({
        "en": "We could not work something out on this page. Your answers are kept, and we have been told."
        " Check your answers or try again later",
        "fr": "Un calcul a échoué sur cette page. Vos réponses sont conservées et nous avons été prévenus."
        " Vérifiez vos réponses ou réessayez plus tard",
        "ar": "تعذر إجراء عملية حسابية في هذه الصفحة. إجاباتك محفوظة وقد أُبلغنا بذلك."
        " راجع إجاباتك أو حاول مرة أخرى لاحقًا",
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
