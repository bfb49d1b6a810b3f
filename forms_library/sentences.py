"""Error sentences: patterns in each language, filled with how the question reads inside a sentence."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.core.marked_parts import plain
from engine.core.text import Text
from engine.core.voice import TAG, capitalised, marked, shown, voice
from forms_library.definition import Field
from forms_library.localising import date_text, number_text

ENTER = Text({"en": "Enter {phrase}", "fr": "Saisissez {phrase}", "ar": "أدخل {phrase}"})
SELECT = Text({"en": "Select {phrase}", "fr": "Sélectionnez {phrase}", "ar": "اختر {phrase}"})
ADD = Text({"en": "Add {phrase}", "fr": "Ajoutez {phrase}", "ar": "أضف {phrase}"})

COMMON: Mapping[str, Text] = {
    "required": ENTER,
    "characters": Text({
        "en": "{subject} includes characters that we cannot use. Enter it again",
        "fr": "{subject} contient des caractères que nous ne pouvons pas utiliser. Recommencez la saisie",
        "ar": "يحتوي {subject} على أحرف لا يمكننا استخدامها. أدخله مرة أخرى",
    }),
    "too_long": Text({
        "en": "{subject} must be {max} characters or fewer",
        "fr": "{subject} doit comporter {max} caractères au plus",
        "ar": "يجب ألا يزيد {subject} عن {max} حرفًا",
    }),
    "too_short": Text({
        "en": "{subject} must be {min} characters or more",
        "fr": "{subject} doit comporter au moins {min} caractères",
        "ar": "يجب ألا يقل {subject} عن {min} حرفًا",
    }),
    "format": Text({
        "en": "{subject} is not in the right form",
        "fr": "{subject} n’a pas la forme attendue",
        "ar": "{subject} ليس بالصيغة الصحيحة",
    }),
}  # fmt: skip

# How a label reads inside a sentence: first as a statement, then as a question.
PHRASES: Mapping[str, tuple[str, str]] = {
    "en": ("{label}", "an answer to “{label}”"),
    "fr": ("« {label} »", "une réponse à « {label} »"),
    "ar": ("{label}", "إجابة عن «{label}»"),
}
SUBJECTS: Mapping[str, tuple[str, str]] = {
    "en": ("{label}", "The answer to “{label}”"),
    "fr": ("« {label} »", "La réponse à « {label} »"),
    "ar": ("«{label}»", "جواب «{label}»"),
}
QUOTED: Mapping[str, str] = {"en": "“{label}”", "fr": "« {label} »", "ar": "«{label}»"}
QUESTION_MARKS = ("?", "؟", "？")
PLACE = re.compile(r"\{([a-z_]+)\}")


def filled(pattern: str, values: Mapping[str, Any], language: str) -> str:
    """Put values in the places of a pattern; what is not a known place stays as it was written."""
    return PLACE.sub(lambda found: _placed(found, values, language, pattern), pattern)


def _placed(found: re.Match[str], values: Mapping[str, Any], language: str, pattern: str) -> str:
    """What stands in one place; in a sentence of another language it says in which it is."""
    if found[1] not in values:
        return found[0]
    written = _written(values[found[1]], language)
    return marked(written, language) if TAG in pattern and TAG not in written else written


def phrase(field: Field, language: str) -> str:
    """The question as the object of a sentence: "your date of birth"."""
    own = field.phrase.in_(language) if field.phrase else ""
    return own or _label_in(PHRASES, field, language, lower_first)


def subject(field: Field, language: str) -> str:
    """The question at the start of a sentence: "Your date of birth"."""
    own = field.phrase.in_(language) if field.phrase else ""
    return upper_first(own) if own else _label_in(SUBJECTS, field, language, str)


def lower_first(text: str) -> str:
    """The first letter small, unless the first word is written in capitals."""
    in_capitals = text[1:2].isupper() or text[1:2].isdigit()
    return text if in_capitals else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The first letter large, the rest as it is."""
    return capitalised(text)


def _label_in(table: Mapping[str, tuple[str, str]], field: Field, language: str, small: Any) -> str:
    label = field.label.in_(language).strip()
    base = language.split("-")[0]
    if base not in table:
        return _foreign(table, language, label)
    statement, question = table[base]
    if plain(label).endswith(QUESTION_MARKS):
        return question.replace("{label}", label)
    return statement.replace("{label}", small(label) if base == "en" else label)


def _foreign(table: Mapping[str, tuple[str, str]], language: str, label: str) -> str:
    """A label in a language that we have no sentences in: between the quotes of ours."""
    frame = voice().frame if voice().frame in table else "en"
    inside = marked(label, language) if voice().marks and TAG not in label else label
    if plain(label).endswith(QUESTION_MARKS):
        return shown(table[frame][1].replace("{label}", inside), frame, language)
    return QUOTED[frame].replace("{label}", inside)


def _written(value: Any, language: str) -> str:
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, int | Decimal):
        return number_text(value, language)
    return value.in_(language) if isinstance(value, Text) else str(value)
