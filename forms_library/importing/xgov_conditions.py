"""Conditions of digital-form-builder forms, as models and as strings, become CEL."""

import re
from collections.abc import Mapping
from typing import Any

from forms_library.importing.conditions import (
    Cannot,
    Subject,
    among,
    compare,
    either,
    every,
    number,
    quoted,
)

COMPARING = {
    "is": "==", "is not": "!=", "is at least": ">=", "is at most": "<=", "is less than": "<",
    "is more than": ">", "is before": "<", "is after": ">",
}  # fmt: skip
LENGTHS = {"is longer than": ">", "is shorter than": "<", "has length": "=="}
UNITS = {"years": "yearsBefore", "months": "monthsBefore", "days": "daysBefore"}
PAST = {"is at least": "<=", "is at most": ">=", "is less than": ">", "is more than": "<"}
FUTURE = {"is at least": ">=", "is at most": "<=", "is less than": "<", "is more than": ">"}
RELATIVE = {"is before": "<", "is after": ">", "is": "=="}
DEEPEST = 20
TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<sign>==|!=|<=|>=|<|>|\(|\)|&&|\|\||!)|(?P<word>[A-Za-z_][\w.\-]*))"
)
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class XgovConditions:
    """All conditions of one form, translated when they are asked for."""

    def __init__(self, models: Mapping[str, Any], subjects: Mapping[str, Subject]) -> None:
        self._models, self._subjects = models, subjects
        self.said: set[str] = set()
        """The conditions that became rules."""

    def __contains__(self, name: str) -> bool:
        return name in self._models

    def cel(self, name: str, depth: int = 0) -> str:
        """The condition of this name; raises Cannot."""
        if name not in self._models:
            raise Cannot(f'There is no condition "{name}".', "unknown_condition", defect=True)
        if depth > DEEPEST:
            raise Cannot("The conditions refer to each other in a circle.", "circle", defect=True)
        model = self._models[name]
        rule = self._string(model) if isinstance(model, str) else self._group(model, depth)
        self.said.add(name)
        return rule

    def _subject(self, name: Any) -> Subject:
        found = self._subjects.get(str(name)) or self._subjects.get(str(name).rsplit(".", 1)[-1])
        if found is None:
            raise Cannot(
                f'The condition reads "{name}", a field that there is not.', "unknown_field", defect=True
            )
        return found

    def _group(self, model: Any, depth: int) -> str:
        parts = model.get("conditions") if isinstance(model, dict) else None
        if not isinstance(parts, list) or not parts:
            raise Cannot("The condition is empty.", "empty_condition", defect=True)
        alternatives: list[list[str]] = [[]]
        for part in parts:
            if not isinstance(part, dict):
                raise Cannot("A part of the condition is no condition.", "shape", defect=True)
            if str(part.get("coordinator", "")).lower() == "or" and alternatives[-1]:
                alternatives.append([])  # "and" binds tighter than "or"
            alternatives[-1].append(self._part(part, depth))
        return either([every(parts) for parts in alternatives])

    def _part(self, part: dict[str, Any], depth: int) -> str:
        if depth > DEEPEST:
            raise Cannot("The condition is nested too deep.")
        if "conditionName" in part:
            return self.cel(str(part["conditionName"]), depth + 1)
        if "conditions" in part:
            return self._group(part, depth + 1)
        field = part.get("field")
        value = part.get("value")
        subject = self._subject(field.get("name") if isinstance(field, dict) else field)
        operator = str(part.get("operator", "")).strip().lower()
        if isinstance(value, dict) and (value.get("type") == "RelativeTime" or "period" in value):
            return _relative(subject, operator, value)
        return _compared(subject, operator, value.get("value") if isinstance(value, dict) else value)

    def _string(self, text: str) -> str:
        tokens = _Tokens(text)
        found = self._either(tokens, 0)
        if tokens.now is not None:
            raise Cannot(f'The condition cannot be read at "{tokens.now[1]}".', "syntax")
        return found

    def _either(self, tokens: "_Tokens", depth: int) -> str:
        parts = [self._every(tokens, depth)]
        while tokens.take("or", "||"):
            parts.append(self._every(tokens, depth))
        return either(parts)

    def _every(self, tokens: "_Tokens", depth: int) -> str:
        parts = [self._single(tokens, depth)]
        while tokens.take("and", "&&"):
            parts.append(self._single(tokens, depth))
        return every(parts)

    def _single(self, tokens: "_Tokens", depth: int) -> str:
        if depth > DEEPEST:
            raise Cannot("The condition is nested too deep.")
        if tokens.take("not", "!"):
            return f"!({self._single(tokens, depth + 1)})"
        if tokens.take("("):
            inner = self._either(tokens, depth + 1)
            if not tokens.take(")"):
                raise Cannot("A parenthesis of the condition is not closed.", "syntax", defect=True)
            return f"({inner})"
        return self._comparison(tokens)

    def _comparison(self, tokens: "_Tokens") -> str:
        left = tokens.next()
        sign = (
            tokens.now[1] if tokens.now and tokens.now[1] in ("==", "!=", "<", "<=", ">", ">=", "in") else ""
        )
        if not sign:
            return compare(self._subject(left[1]), "==", True)
        tokens.next()
        right = tokens.next()
        if left[0] != "word" and right[0] == "word":
            left, right, sign = right, left, FLIPPED.get(sign, sign)
        subject = self._subject(left[1])
        if right[0] == "word" and right[1] not in ("true", "false"):
            return f"{subject.path} {sign} {self._subject(right[1]).path}"
        if sign == "in":
            return among(subject, right[1])
        return compare(subject, sign, right[1] if right[0] != "word" else right[1] == "true")


class _Tokens:
    """The words of a string condition, one after the other."""

    def __init__(self, text: str) -> None:
        self._found: list[tuple[str, str]] = []
        place = 0
        while text[place:].strip():
            found = TOKEN.match(text, place)
            if found is None:
                raise Cannot(f'The condition cannot be read at "{text[place : place + 20]}".', "syntax")
            kind = str(found.lastgroup)
            written = found[kind]
            self._found.append((kind, written[1:-1] if kind == "text" else written))
            place = found.end()
        self._place = 0

    @property
    def now(self) -> tuple[str, str] | None:
        """The next word, left where it is."""
        return self._found[self._place] if self._place < len(self._found) else None

    def next(self) -> tuple[str, str]:
        """The next word."""
        if self.now is None:
            raise Cannot("The condition ends too early.", "syntax", defect=True)
        self._place += 1
        return self._found[self._place - 1]

    def take(self, *words: str) -> bool:
        """Step over one of these words when it comes next."""
        if self.now is not None and self.now[0] in ("word", "sign") and self.now[1] in words:
            self._place += 1
            return True
        return False


def _compared(subject: Subject, operator: str, raw: Any) -> str:
    if operator in ("contains", "does not contain"):
        return among(subject, raw, holds=operator == "contains")
    if operator in LENGTHS:
        return f"size({subject.path}) {LENGTHS[operator]} {number(raw, whole=True)}"
    if operator == "matches" and subject.kind == "text":
        return f"{subject.path}.matches({quoted(str(raw))})"
    if operator not in COMPARING:
        raise Cannot(f'The comparison "{operator[:60]}" is not known here.')
    return compare(subject, COMPARING[operator], raw)


def _relative(subject: Subject, operator: str, value: dict[str, Any]) -> str:
    unit = str(value.get("unit") or value.get("timeUnit") or "")
    period = str(value.get("period") or value.get("timePeriod") or "")
    past = "future" not in str(value.get("direction", ""))
    sign = ({**PAST, **RELATIVE} if past else {**FUTURE, **RELATIVE}).get(operator)
    if unit not in UNITS or subject.kind != "date" or sign is None:
        raise Cannot("A time counted from now is compared in a way that is not known here.")
    steps = number(period, whole=True)
    return f"{subject.path} {sign} {UNITS[unit]}(today, {steps if past else f'-{steps}'})"
