"""Foreign conditions become CEL: what is compared decides how the other side is written."""

import json
import operator as operators
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from typing import Any

from engine.core.rules import Kind

DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
PATH = re.compile(r"answers\.[A-Za-z0-9_.]+")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
BEYOND: Mapping[str, Callable[[float, float], bool]] = {
    "<": operators.lt,
    "<=": operators.le,
    ">": operators.gt,
    ">=": operators.ge,
}


class Cannot(Exception):
    """A condition that cannot be said in CEL; a defect when it could not work where it comes from."""

    def __init__(self, sentence: str, code: str = "condition", defect: bool = False) -> None:
        self.sentence, self.code, self.defect = sentence, code, defect
        super().__init__(sentence)


@dataclass(frozen=True)
class Subject:
    """An answer that conditions speak of: its path in a rule, its kind, its choices by foreign value."""

    path: str
    kind: Kind
    choices: Mapping[str, str] = attribute(default_factory=dict)
    name: str = ""

    @property
    def is_choice(self) -> bool:
        """Whether the answer is out of a list."""
        return bool(self.choices)


def quoted(text: str) -> str:
    """A text as CEL writes it."""
    return json.dumps(text, ensure_ascii=False)


def literal(subject: Subject, raw: Any) -> str:
    """The other side of a comparison as the kind of the answer wants it."""
    if subject.is_choice:
        return _choice(subject, raw)
    if subject.kind == "yes_no":
        return _yes_no(raw)
    if subject.kind in ("integer", "decimal"):
        return number(raw, subject.kind == "integer")
    if subject.kind == "date":
        return day(raw)
    if subject.kind in ("text", "choices"):
        return quoted(_as_text(raw))
    raise Cannot(f'The answer "{subject.name}" has several parts: it cannot be compared as a whole.')


def number(raw: Any, whole: bool) -> str:
    """A number, written as a whole number or as a decimal."""
    try:
        value = float(str(raw).strip())
    except ValueError:
        raise Cannot(f"A number is compared with {_as_text(raw)!r}.", "type", defect=True) from None
    if not abs(value) < 1e15:
        raise Cannot("A number is compared with one that is too large.")
    if whole and value != int(value):
        raise Cannot(f"A whole number is compared with {value}.")
    return str(int(value)) if whole else repr(value)


def day(raw: Any) -> str:
    """A day as CEL reads it."""
    found = DAY.match(str(raw).strip())
    try:
        if found is None:
            raise ValueError
        return f'date("{date(int(found[1]), int(found[2]), int(found[3])).isoformat()}")'
    except ValueError:
        raise Cannot(f"A date is compared with {_as_text(raw)!r}.", "type", defect=True) from None


def compare(subject: Subject, operator: str, raw: Any) -> str:
    """The answer compared with a value; "is not" also holds when nothing was answered, as it does abroad."""
    if operator in BEYOND and subject.is_choice and subject.kind == "text":
        return _choices_beyond(subject, operator, raw)
    if operator in BEYOND and (subject.is_choice or subject.kind in ("text", "yes_no", "choices")):
        raise Cannot(f'The answer "{subject.name}" is no number and no date: it cannot be more or less.')
    if subject.kind == "choices":
        return among(subject, raw, holds=operator != "!=")
    written = literal(subject, raw)
    if operator == "!=":
        return f"(!has({subject.path}) || {subject.path} != {written})"
    return f"{subject.path} {operator} {written}"


def among(subject: Subject, raw: Any, holds: bool = True) -> str:
    """Whether a choice is among those that were ticked."""
    written = literal(subject, raw)
    if subject.kind == "choices":
        inside = f"{written} in {subject.path}"
    elif subject.kind == "text" and not subject.is_choice:
        inside = f"{subject.path}.contains({written})"
    else:
        return compare(subject, "==" if holds else "!=", raw)
    return inside if holds else f"(!has({subject.path}) || !({inside}))"


def answered(subject: Subject, holds: bool = True) -> str:
    """Whether there is an answer; several ticks count only when there is one."""
    present = f"has({subject.path})"
    if subject.kind == "choices":
        present = f"(has({subject.path}) && size({subject.path}) > 0)"
    return present if holds else f"!{present}"


def firm(rule: str) -> str:
    """A comparison that does not hold while there is no answer, so that its opposite does."""
    if "has(" in rule:
        return rule
    asked = [f"has({path})" for path in dict.fromkeys(PATH.findall(QUOTED.sub("", rule)))]
    return f"({' && '.join([*asked, rule])})" if asked else rule


def either(parts: list[str]) -> str:
    """At least one holds."""
    return " || ".join(f"({part})" if "&&" in part and len(parts) > 1 else part for part in parts)


def every(parts: list[str]) -> str:
    """All hold."""
    return " && ".join(f"({part})" if "||" in part and len(parts) > 1 else part for part in parts)


def _choice(subject: Subject, raw: Any) -> str:
    key = subject.choices.get(_as_text(raw))
    if key is None:
        sentence = f'The answer "{subject.name}" is compared with {_as_text(raw)[:80]!r}, which is no choice.'
        raise Cannot(sentence, "unknown_choice", defect=True)
    return quoted(key)


def _choices_beyond(subject: Subject, operator: str, raw: Any) -> str:
    """Choices that are numbers can be more or less than one: those that are, are named."""
    limit = float(number(raw, whole=False))
    values = {value: _number_of(value) for value in subject.choices}
    keys = [
        quoted(subject.choices[value])
        for value, found in values.items()
        if found is not None and BEYOND[operator](found, limit)
    ]
    if not keys:
        raise Cannot(f'No choice of "{subject.name}" is {operator} {raw}.', "unknown_choice", defect=True)
    return f"{subject.path} in [{', '.join(keys)}]"


def _number_of(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _yes_no(raw: Any) -> str:
    text = _as_text(raw).strip().lower()
    if text in ("true", "yes", "ja", "1"):
        return "true"
    if text in ("false", "no", "nee", "0"):
        return "false"
    raise Cannot(f"A question of yes or no is compared with {_as_text(raw)[:80]!r}.", "type", defect=True)


def _as_text(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw == int(raw):
        return str(int(raw))
    if isinstance(raw, dict | list) or raw is None:
        raise Cannot("A single answer is compared with a group of values.")
    return str(raw)
