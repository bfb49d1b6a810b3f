"""Conditions of digital-form-builder forms that are written as text: `a.b == 'x' and not (c > 3)`."""

import re
from collections.abc import Callable
from typing import Any

from forms_library.importing.conditions import Cannot, Subject, among, compare, either, every, firm, number

DEEPEST = 20
LENGTH_SIGNS = (">", "<", "==")
UNITS = {"years": "yearsBefore", "months": "monthsBefore", "days": "daysBefore"}
TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<sign>==|!=|<=|>=|<|>|\(|\)|&&|\|\||!|,)|(?P<word>[A-Za-z_][\w.\-]*))"
)
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
NAME = re.compile(r"[A-Za-z_][\w.\-]*")
# the words that are no field
WORDS = ("true", "false", "and", "or", "not", "in", "length", "dateForComparison", "timeForComparison")


def names_in(text: str) -> list[str]:
    """The fields that a condition written as text reads."""
    return [word for word in NAME.findall(QUOTED.sub(" ", text)) if word not in WORDS]


class Written:
    """One condition written as text; `subject` finds the answer of a name, or raises Cannot."""

    def __init__(self, text: str, subject: Callable[[Any], Subject]) -> None:
        self._text, self._subject = text, subject
        self._negated = 0

    def cel(self) -> str:
        """The condition as CEL; raises Cannot."""
        tokens = _Tokens(self._text)
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
            self._negated += 1  # without an answer the opposite holds, as it does there
            inner = self._single(tokens, depth + 1)
            self._negated -= 1
            return f"!({inner})"
        if tokens.take("("):
            inner = self._either(tokens, depth + 1)
            if not tokens.take(")"):
                raise Cannot("A parenthesis of the condition is not closed.", "syntax", defect=True)
            return f"({inner})"
        found = self._comparison(tokens)
        return firm(found) if self._negated else found

    def _comparison(self, tokens: "_Tokens") -> str:
        left = tokens.next()
        if left == ("word", "length") and tokens.take("("):
            return self._length(tokens)
        sign = (
            tokens.now[1] if tokens.now and tokens.now[1] in ("==", "!=", "<", "<=", ">", ">=", "in") else ""
        )
        if not sign and left[1] in ("true", "false"):
            return left[1]
        if not sign:
            return compare(self._subject(left[1]), "==", True)
        tokens.next()
        right = tokens.next()
        if right == ("word", "dateForComparison") and tokens.take("("):
            return self._away(self._subject(left[1]), sign, tokens)
        if left[0] != "word" and right[0] == "word":
            left, right, sign = right, left, FLIPPED.get(sign, sign)
        subject = self._subject(left[1])
        if right[0] == "word" and right[1] not in ("true", "false"):
            return f"{subject.path} {sign} {self._subject(right[1]).path}"
        if sign == "in":
            return among(subject, right[1])
        return compare(subject, sign, right[1] if right[0] != "word" else right[1] == "true")

    def _length(self, tokens: "_Tokens") -> str:
        """length(name) > 3"""
        subject = self._subject(tokens.next()[1])
        tokens.must(")")
        sign, count = tokens.next()[1], tokens.next()[1]
        if sign not in LENGTH_SIGNS or subject.kind != "text":
            raise Cannot("A length is compared in a way that is not known here.")
        return f"size({subject.path}) {sign} {number(count, whole=True)}"

    def _away(self, subject: Subject, sign: str, tokens: "_Tokens") -> str:
        """day < dateForComparison(-18, 'years'): so many years from today, in the past when negative."""
        count = tokens.next()[1]
        tokens.must(",")
        unit = tokens.next()[1]
        tokens.must(")")
        if unit not in UNITS or subject.kind != "date":
            raise Cannot("A time counted from now is compared in a way that is not known here.")
        return f"{subject.path} {sign} {UNITS[unit]}(today, {-int(number(count, whole=True))})"


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

    def must(self, word: str) -> None:
        """Step over this word, which has to come next."""
        if not self.take(word):
            raise Cannot(f'The condition lacks "{word}".', "syntax", defect=True)
