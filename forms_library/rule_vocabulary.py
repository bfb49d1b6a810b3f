"""How the words of the rule language are said to people."""

from collections.abc import Mapping

from engine.core.text import Text

SAID: Mapping[str, Text] = {
    "&&": Text({"en": "and", "fr": "et", "ar": "و"}),
    "||": Text({"en": "or", "fr": "ou", "ar": "أو"}),
    "==": Text({"en": "is", "fr": "est", "ar": "هو"}),
    "!=": Text({"en": "is answered and is not", "fr": "a une réponse et n’est pas", "ar": "له جواب وليس"}),
    "<=": Text({"en": "is at most", "fr": "est au plus", "ar": "لا يزيد عن"}),
    ">=": Text({"en": "is at least", "fr": "est au moins", "ar": "لا يقل عن"}),
    "<": Text({"en": "is less than", "fr": "est inférieur à", "ar": "أقل من"}),
    ">": Text({"en": "is more than", "fr": "est supérieur à", "ar": "أكثر من"}),
    "!": Text({"en": "not", "fr": "non", "ar": "ليس"}),
    "?": Text({"en": ": then", "fr": ": alors", "ar": ": إذن"}),
    ":": Text({"en": ", otherwise", "fr": ", sinon", "ar": "، وإلا"}),
    "in": Text({"en": "is one of", "fr": "est l’un de", "ar": "أحد"}),
    "true": Text({"en": "yes", "fr": "oui", "ar": "نعم"}),
    "false": Text({"en": "no", "fr": "non", "ar": "لا"}),
    "today": Text({"en": "today", "fr": "aujourd’hui", "ar": "اليوم"}),
    "has": Text({"en": "answered:", "fr": "répondu :", "ar": "أُجيب عن:"}),
    "size": Text({"en": "the number of", "fr": "le nombre de", "ar": "عدد"}),
    "sum": Text({"en": "the sum of", "fr": "la somme de", "ar": "مجموع"}),
    "lowest": Text({"en": "the lowest of", "fr": "le plus petit de", "ar": "أصغر"}),
    "highest": Text({"en": "the highest of", "fr": "le plus grand de", "ar": "أكبر"}),
    "fold": Text({"en": "", "fr": "", "ar": ""}),
    "double": Text({"en": "", "fr": "", "ar": ""}),
    "int": Text({"en": "the whole number of", "fr": "la partie entière de", "ar": "العدد الصحيح من"}),
    "roundTo": Text({"en": "rounded (number, places):", "fr": "arrondi (nombre, décimales) :",
                     "ar": "مقرّبًا (العدد، المنازل):"}),
    "yearsBefore": Text({"en": "years before (day, years):", "fr": "années avant (jour, années) :",
                         "ar": "سنوات قبل (اليوم، السنوات):"}),
    "monthsBefore": Text({"en": "months before (day, months):", "fr": "mois avant (jour, mois) :",
                          "ar": "أشهر قبل (اليوم، الأشهر):"}),
    "daysBefore": Text({"en": "days before (day, days):", "fr": "jours avant (jour, jours) :",
                        "ar": "أيام قبل (اليوم، الأيام):"}),
    "workingDaysBefore": Text({"en": "working days before (day, days):",
                               "fr": "jours ouvrables avant (jour, jours) :",
                               "ar": "أيام عمل قبل (اليوم، الأيام):"}),
    "age": Text({"en": "the age (born, on):", "fr": "l’âge (naissance, au) :", "ar": "العمر (الميلاد، في):"}),
}  # fmt: skip

# what is asked about the answer before it: answers.town.startsWith("Old")
METHODS: Mapping[str, Text] = {
    "startsWith": Text({"en": "begins with", "fr": "commence par", "ar": "يبدأ بـ"}),
    "endsWith": Text({"en": "ends with", "fr": "se termine par", "ar": "ينتهي بـ"}),
    "contains": Text({"en": "contains", "fr": "contient", "ar": "يحتوي على"}),
    "matches": Text({"en": "has the form", "fr": "a la forme", "ar": "له الصيغة"}),
}

# what is said about rows: answers.children.exists(child, ...)
LOOPS: Mapping[str, Text] = {
    ".exists": Text({
        "en": "{rows} has one with", "fr": "{rows} en contient un avec", "ar": "{rows} فيه واحد له",
    }),
    ".all": Text({"en": "in {rows} each has", "fr": "dans {rows} chacun a", "ar": "في {rows} لكل واحد"}),
    ".exists_one": Text({
        "en": "{rows} has exactly one with", "fr": "{rows} en contient exactement un avec",
        "ar": "{rows} فيه واحد فقط له",
    }),
    ".filter": Text({"en": "those of {rows} with", "fr": "ceux de {rows} avec", "ar": "ما في {rows} مما له"}),
    ".map": Text({"en": "for each of {rows}", "fr": "pour chacun de {rows}", "ar": "لكل واحد في {rows}"}),
}  # fmt: skip

QUOTES: Mapping[str, str] = {"en": "“{text}”", "fr": "« {text} »", "ar": "«{text}»"}


def quoted(text: str, language: str) -> str:
    """A label or a text as a language quotes it."""
    return QUOTES.get(language.split("-")[0], QUOTES["en"]).replace("{text}", text)
