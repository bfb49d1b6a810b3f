"""The words in which rules are told to people."""

from collections.abc import Mapping

from engine.core.text import Text

SENTENCES: Mapping[str, Text] = {
    "shown": Text({"en": "“{name}” is shown", "fr": "« {name} » est affiché", "ar": "«{name}» ظاهر"}),
    "hidden": Text({"en": "“{name}” is hidden", "fr": "« {name} » est masqué", "ar": "«{name}» مخفي"}),
    "required": Text({
        "en": "“{name}” must be answered",
        "fr": "« {name} » exige une réponse",
        "ar": "«{name}» يتطلب إجابة",
    }),
    "optional": Text({
        "en": "“{name}” may be left out",
        "fr": "« {name} » est facultatif",
        "ar": "«{name}» اختياري",
    }),
    "always": Text({
        "en": "No rule decides about it",
        "fr": "Aucune règle n’en décide",
        "ar": "لا توجد قاعدة تحدد ذلك",
    }),
    "value": Text({
        "en": "“{name}” is {value}",
        "fr": "« {name} » vaut {value}",
        "ar": "قيمة «{name}» هي {value}",
    }),
    "no_value": Text({
        "en": "“{name}” has no value",
        "fr": "« {name} » n’a pas de valeur",
        "ar": "ليس لـ«{name}» قيمة",
    }),
    "worked_out": Text({
        "en": "It is worked out by this rule: {rule}",
        "fr": "La valeur est calculée par cette règle : {rule}",
        "ar": "تُحسب بهذه القاعدة: {rule}",
    }),
    "page_hidden": Text({
        "en": "The page “{name}” is not on the way",
        "fr": "La page « {name} » n’est pas sur le parcours",
        "ar": "الصفحة «{name}» ليست على المسار",
    }),
    "page_shown": Text({
        "en": "The page “{name}” is on the way",
        "fr": "La page « {name} » est sur le parcours",
        "ar": "الصفحة «{name}» على المسار",
    }),
    "leads": Text({
        "en": "From the page “{name}” the way leads to “{to}”",
        "fr": "Depuis la page « {name} », le parcours mène à « {to} »",
        "ar": "من الصفحة «{name}» يؤدي المسار إلى «{to}»",
    }),
    "check": Text({"en": "check your answers", "fr": "vérifiez vos réponses", "ar": "راجع إجاباتك"}),
    "offered": Text({"en": "“{name}” is offered", "fr": "« {name} » est proposé", "ar": "«{name}» متاح"}),
    "not_offered": Text({
        "en": "“{name}” is not offered",
        "fr": "« {name} » n’est pas proposé",
        "ar": "«{name}» غير متاح",
    }),
    "told": Text({"en": "{what}: {so}", "fr": "{what} : {so}", "ar": "{what}: {so}"}),
    "yes": Text({"en": "yes", "fr": "oui", "ar": "نعم"}),
    "no": Text({"en": "no", "fr": "non", "ar": "لا"}),
    "unanswered": Text({
        "en": "cannot be said, because {names} is not answered",
        "fr": "indéterminé, car {names} est sans réponse",
        "ar": "لا يمكن القول، لأن {names} بلا إجابة",
    }),
    "failed": Text({"en": "the rule failed", "fr": "la règle a échoué", "ar": "فشلت القاعدة"}),
    "masked": Text({"en": "not to be seen", "fr": "non visible", "ar": "غير مرئي"}),
    "empty": Text({"en": "not answered", "fr": "sans réponse", "ar": "بلا إجابة"}),
    "day": Text({"en": "today", "fr": "aujourd’hui", "ar": "اليوم"}),
}  # fmt: skip

# how a part of a rule reads, by the function that it calls; {a} and {b} are its operands
OPERATORS: Mapping[str, Text] = {
    "_==_": Text({"en": "{a} is {b}", "fr": "{a} est {b}", "ar": "{a} هو {b}"}),
    "_!=_": Text({"en": "{a} is not {b}", "fr": "{a} n’est pas {b}", "ar": "{a} ليس {b}"}),
    "_<_": Text({"en": "{a} is less than {b}", "fr": "{a} est inférieur à {b}", "ar": "{a} أقل من {b}"}),
    "_<=_": Text({"en": "{a} is at most {b}", "fr": "{a} est au plus {b}", "ar": "{a} لا يزيد عن {b}"}),
    "_>_": Text({"en": "{a} is more than {b}", "fr": "{a} est supérieur à {b}", "ar": "{a} أكثر من {b}"}),
    "_>=_": Text({"en": "{a} is at least {b}", "fr": "{a} est au moins {b}", "ar": "{a} لا يقل عن {b}"}),
    "@in": Text({"en": "{a} is among {b}", "fr": "{a} figure parmi {b}", "ar": "{a} ضمن {b}"}),
    "_&&_": Text({"en": "All of this holds", "fr": "Tout cela est vrai", "ar": "كل ما يلي صحيح"}),
    "_||_": Text({"en": "One of this holds", "fr": "L’un de ces points est vrai", "ar": "أحد ما يلي صحيح"}),
    "!_": Text({"en": "This does not hold", "fr": "Ceci n’est pas vrai", "ar": "ما يلي غير صحيح"}),
    "has": Text({"en": "{a} is answered", "fr": "{a} a une réponse", "ar": "تمت الإجابة عن {a}"}),
    "plain": Text({"en": "{a}", "fr": "{a}", "ar": "{a}"}),
}  # fmt: skip


def say(key: str, language: str, **values: str) -> str:
    """One of the sentences in a language, filled."""
    return fill(SENTENCES[key].in_(language), values)


def operation(function: str, language: str, **values: str) -> str:
    """How a part of a rule reads."""
    return fill(OPERATORS[function].in_(language), values)


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """Each value in its place; what was put in is not looked at again."""
    parts = pattern.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        filled.append(values.get(name, "") + rest)
    return "".join(filled)
