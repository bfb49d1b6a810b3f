"""A rule in plain words, for people who do not read CEL; the rule itself always stands beside them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine.core.text import Text
from forms_library.definition import Field
from forms_library.localising import locale_of

TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<number>\d+(?:\.\d+)?)|"""
    r"""(?P<name>[A-Za-z_][A-Za-z0-9_.]*)|(?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>!(),?:\[\]]))"""
)
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
    "in": Text({"en": "is one of", "fr": "est l’un de", "ar": "أحد"}),
    "true": Text({"en": "yes", "fr": "oui", "ar": "نعم"}),
    "false": Text({"en": "no", "fr": "non", "ar": "لا"}),
    "today": Text({"en": "today", "fr": "aujourd’hui", "ar": "اليوم"}),
    "has": Text({"en": "answered:", "fr": "répondu :", "ar": "أُجيب عن:"}),
    "size": Text({"en": "the number of", "fr": "le nombre de", "ar": "عدد"}),
    "date": Text({"en": "", "fr": "", "ar": ""}),
    "yearsBefore": Text({"en": "years before (day, years):", "fr": "années avant (jour, années) :",
                         "ar": "سنوات قبل (اليوم، السنوات):"}),
    "monthsBefore": Text({"en": "months before (day, months):", "fr": "mois avant (jour, mois) :",
                          "ar": "أشهر قبل (اليوم، الأشهر):"}),
    "daysBefore": Text({"en": "days before (day, days):", "fr": "jours avant (jour, jours) :",
                        "ar": "أيام قبل (اليوم، الأيام):"}),
    "age": Text({"en": "the age (born, on):", "fr": "l’âge (naissance, au) :", "ar": "العمر (الميلاد، في):"}),
}  # fmt: skip
SAME = frozenset("+-*/%(),[]")
READS = re.compile(r"(?:answers|item|parent)\.([A-Za-z][A-Za-z0-9_]*)((?:\.[A-Za-z0-9_]+)*)")


def in_words(rule: str, fields: Mapping[str, Field], language: str) -> str:
    """The rule as a phrase with the questions' own words; empty where it says what this cannot say."""
    words: list[str] = []
    asked: Field | None = None
    for kind, token in _tokens(rule):
        found = READS.fullmatch(token) if kind == "name" else None
        if found and found[1] in fields and not found[2].endswith((".exists", ".all", ".map", ".filter")):
            asked = fields[found[1]]
            label = asked.label.in_(language) or asked.key
            words.append(f"“{label}”" + found[2].replace(".", " › "))
            continue
        said = _said(kind, token, asked, language)
        if said is None:
            return ""
        words.append(said)
    return _joined(words)


def _tokens(rule: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(rule.rstrip()):
        found = TOKEN.match(rule, place)
        if found is None or found.lastgroup is None:
            yield "unknown", ""
            return
        yield found.lastgroup, found[found.lastgroup]
        place = found.end()


def _said(kind: str, token: str, asked: Field | None, language: str) -> str | None:
    if kind == "text":
        return _quoted(token, asked, language)
    if kind == "number":
        return token.replace(".", _point(language)) if token.count(".") else token
    if token in SAID:
        return SAID[token].in_(language)
    return token if token in SAME else None


def _quoted(token: str, asked: Field | None, language: str) -> str | None:
    try:
        text = json.loads(token) if token.startswith('"') else token[1:-1]
    except ValueError:
        return None
    return f"“{choice_label(asked, text, language) or text}”"


def choice_label(field: Field | None, key: str, language: str) -> str:
    """What a choice of this question is called; empty for what is no choice of it."""
    for choice in (field.options.get("choices") if field else None) or []:
        if isinstance(choice, Mapping) and choice.get("key") == key:
            label: Any = choice.get("label", "")
            return Text.model_validate(label).in_(language)
    return ""


def _point(language: str) -> str:
    return str(locale_of(language).number_symbols["latn"]["decimal"])


def _joined(words: list[str]) -> str:
    text = " ".join(word for word in words if word)
    return re.sub(r"\s+([),\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", text))
