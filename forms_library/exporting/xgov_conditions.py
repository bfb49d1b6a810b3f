"""CEL becomes condition models of digital-form-builder, as far as they can say it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

Model = dict[str, Any]
TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*")|(?P<number>-?\d+(?:\.\d+)?)|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!(),\[\]])'
    r"|(?P<word>[A-Za-z_][\w.]*))"
)
SIGNS = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
DAYS = {"==": "is", "!=": "is not", "<": "is before", ">": "is after"}
UNITS = {"yearsBefore": "years", "monthsBefore": "months", "daysBefore": "days"}
PAST = {"<=": "is at least", ">=": "is at most", ">": "is less than", "<": "is more than"}
FUTURE = {">=": "is at least", "<=": "is at most", "<": "is less than", ">": "is more than"}


class Unsaid(Exception):
    """A rule that a condition model cannot say."""


@dataclass(frozen=True)
class Asked:
    """A question as conditions name it: foreign name, component, words, and values by choice."""

    name: str
    component: str
    display: str
    values: Mapping[str, str] = attribute(default_factory=dict)


class Conditions:
    """Translates rules over the questions of one form, by the path that rules use."""

    def __init__(self, asked: Mapping[str, Asked]) -> None:
        self._asked = asked

    def model(self, rule: str) -> Model:
        """The condition model of a rule; raises Unsaid."""
        tokens = _tokens(rule)
        found = self._either(tokens)
        if tokens:
            raise Unsaid(rule)
        return found if "conditions" in found else {"conditions": [found]}

    def _either(self, tokens: list[tuple[str, str]]) -> Model:
        return _joined(self._parts(tokens, "||", self._every), "or")

    def _every(self, tokens: list[tuple[str, str]]) -> Model:
        return _joined(self._parts(tokens, "&&", self._single), "and")

    def _parts(self, tokens: list[tuple[str, str]], sign: str, read: Any) -> list[Model]:
        parts = [read(tokens)]
        while tokens and tokens[0] == ("sign", sign):
            tokens.pop(0)
            parts.append(read(tokens))
        return parts

    def _single(self, tokens: list[tuple[str, str]]) -> Model:
        if negated := self._is_not(tokens):
            return negated
        if _take(tokens, "("):
            inner = self._either(tokens)
            _must(tokens, ")")
            return inner
        return self._comparison(tokens)

    def _is_not(self, tokens: list[tuple[str, str]]) -> Model | None:
        """(!has(x) || x != value): "is not", which also holds when nothing was answered."""
        words = [written for _, written in tokens]
        if words[:4] != ["(", "!", "has", "("] or words[5:7] != [")", "||"]:
            return None
        del tokens[:7]
        contains = _take(tokens, "!")
        if contains:
            _must(tokens, "(")
        found = self._comparison(tokens, negated=True)
        if contains:
            _must(tokens, ")")
            found["operator"] = {"contains": "does not contain"}.get(found["operator"], found["operator"])
        _must(tokens, ")")
        return found

    def _comparison(self, tokens: list[tuple[str, str]], negated: bool = False) -> Model:
        """A comparison; "is not" alone would hold there also without an answer."""
        kind, written = _next(tokens)
        if kind in ("text", "number") and _take(tokens, "in"):
            asked = self._find(_next(tokens)[1])
            return _said(asked, "contains", _value(asked, kind, written))
        if (kind, written) == ("word", "size"):
            return self._length(tokens)
        asked = self._find(written)
        sign = _next(tokens)[1]
        if sign == "in":
            return self._one_of(asked, tokens)
        if sign not in SIGNS or (sign == "!=" and not negated):
            raise Unsaid(sign)
        kind, written = _next(tokens)
        if kind == "word" and written in ("date", *UNITS):
            return self._day(asked, sign, written, tokens)
        if kind == "word" and written not in ("true", "false"):
            raise Unsaid(written)
        return _said(asked, SIGNS[sign], _value(asked, kind, written))

    def _one_of(self, asked: Asked, tokens: list[tuple[str, str]]) -> Model:
        _must(tokens, "[")
        parts = [_said(asked, "is", _value(asked, *_next(tokens)))]
        while _take(tokens, ","):
            parts.append(_said(asked, "is", _value(asked, *_next(tokens))))
        _must(tokens, "]")
        return _joined(parts, "or")

    def _length(self, tokens: list[tuple[str, str]]) -> Model:
        _must(tokens, "(")
        asked = self._find(_next(tokens)[1])
        _must(tokens, ")")
        operator = {">": "is longer than", "<": "is shorter than", "==": "has length"}.get(_next(tokens)[1])
        if operator is None:
            raise Unsaid("size")
        return _said(asked, operator, _next(tokens)[1])

    def _day(self, asked: Asked, sign: str, function: str, tokens: list[tuple[str, str]]) -> Model:
        _must(tokens, "(")
        if function == "date":
            _, day = _next(tokens)
            _must(tokens, ")")
            if sign not in DAYS:
                raise Unsaid(sign)
            return _said(asked, DAYS[sign], json.loads(day))
        _must(tokens, "today")
        _must(tokens, ",")
        period = int(_next(tokens)[1])
        _must(tokens, ")")
        operator = (FUTURE if period < 0 else PAST).get(sign)
        if operator is None:
            raise Unsaid(sign)
        direction = "in the future" if period < 0 else "in the past"
        value = {
            "type": "RelativeTime",
            "timePeriod": str(abs(period)),
            "timeUnit": UNITS[function],
            "direction": direction,
            "timeOnly": False,
        }
        return {**_said(asked, operator, ""), "value": value}

    def _find(self, path: str) -> Asked:
        if path not in self._asked:
            raise Unsaid(path)
        return self._asked[path]


def _said(asked: Asked, operator: str, value: str) -> Model:
    field = {"name": asked.name, "type": asked.component, "display": asked.display}
    return {
        "field": field,
        "operator": operator,
        "value": {"type": "Value", "value": value, "display": value},
    }


def _value(asked: Asked, kind: str, written: str) -> str:
    text = str(json.loads(written)) if kind == "text" else written.removesuffix(".0")
    return asked.values.get(text, text)


def _joined(parts: list[Model], coordinator: str) -> Model:
    if len(parts) == 1:
        return parts[0]
    first, *rest = parts
    return {"conditions": [first, *({"coordinator": coordinator, **part} for part in rest)]}


def _tokens(rule: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while rule[place:].strip():
        match = TOKEN.match(rule, place)
        if match is None:
            raise Unsaid(rule[place:])
        kind = str(match.lastgroup)
        found.append((kind, match[kind]))
        place = match.end()
    return found


def _next(tokens: list[tuple[str, str]]) -> tuple[str, str]:
    if not tokens:
        raise Unsaid("the end")
    return tokens.pop(0)


def _take(tokens: list[tuple[str, str]], written: str) -> bool:
    if tokens and tokens[0][0] in ("word", "sign") and tokens[0][1] == written:
        tokens.pop(0)
        return True
    return False


def _must(tokens: list[tuple[str, str]], written: str) -> None:
    if not _take(tokens, written):
        raise Unsaid(written)
