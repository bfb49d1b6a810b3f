"""Reading a text piece by piece."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.core.feel.names import PART, WORD, Names, plain
from engine.core.feel.values import number

BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,4})?", re.ASCII)
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
A_PART = re.compile(PART)
KEYWORDS = frozenset({
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "function", "external",
    "and", "or", "between", "instance", "true", "false", "null",
})  # fmt: skip
LONGEST = 50_000
DEEPEST = 60


class FeelRefused(ValueError):
    """A text that is no expression; says where."""

    def __init__(self, sentence: str, text: str, at: int) -> None:
        self.line = text.count("\n", 0, at) + 1
        self.column = at - text.rfind("\n", 0, at)
        self.sentence = sentence
        super().__init__(f"Line {self.line}, column {self.column}: {sentence}")


class Scanner:
    """A text, a place in it, and the names that are known."""

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names, self.at = text, names, 0
        if len(text) > LONGEST:
            raise self.refused(f"An expression has at most {LONGEST:,} characters.")
        self.skip()

    def refused(self, sentence: str) -> FeelRefused:
        """The refusal of what stands here."""
        return FeelRefused(sentence, self.text, self.at)

    def skip(self) -> None:
        """Go past blanks and comments."""
        if found := BLANK.match(self.text, self.at):
            self.at = found.end()

    def sees(self, sign: str) -> bool:
        """Whether a sign stands here."""
        return self.text.startswith(sign, self.at)

    def accept(self, *signs: str) -> str:
        """Take the first of these signs that stands here; nothing where none does."""
        for sign in signs:
            if self.sees(sign):
                self.at += len(sign)
                self.skip()
                return sign
        return ""

    def expect(self, sign: str) -> None:
        """Take a sign that must stand here."""
        if not self.accept(sign):
            found = self.text[self.at : self.at + 10] or "the end"
            raise self.refused(f"{sign} is expected here, not {found}.")

    def sees_word(self, word: str) -> bool:
        """Whether a word stands here as a whole."""
        return self.sees(word) and not A_PART.match(self.text, self.at + len(word))

    def accept_word(self, word: str) -> bool:
        """Take a word if it stands here."""
        if not self.sees_word(word):
            return False
        self.at += len(word)
        self.skip()
        return True

    def expect_word(self, word: str) -> None:
        """Take a word that must stand here."""
        if not self.accept_word(word):
            raise self.refused(f'"{word}" is expected here.')

    def number(self) -> Decimal | None:
        """A number, if one stands here."""
        found = NUMBER.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        self.skip()
        return number(found[0])

    def string(self) -> str | None:
        """A text in quotes, if one stands here."""
        found = TEXT.match(self.text, self.at)
        if not found:
            return None
        self.at = found.end()
        self.skip()
        return _joined(ESCAPE.sub(_unescaped, found[1]))

    def name(self) -> str | None:
        """The longest name that is known here, or one word."""
        known, word = self.names.longest(self.text, self.at), WORD.match(self.text, self.at)
        if known and (word is None or known[1] > word.end()):
            name, self.at = known
        elif word is None or word[0] in KEYWORDS:
            return None
        else:
            name, self.at = word[0], word.end()
        self.skip()
        return name

    def name_before(self, ends: str) -> str | None:
        """A new name, up to one of these signs or words; stays where it is when there is none."""
        found = re.compile(rf"([^{{}}()\[\]\":,<>=]+?)\s*(?={ends})").match(self.text, self.at)
        if not found or not (WORD.match(found[1]) or found[1][0] == "?"):
            return None
        self.at = found.end()
        self.skip()
        return plain(found[1])


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "uU" and len(code) > 1:
        return chr(min(int(code[1:], 16), 0x10FFFF))
    return ESCAPED.get(code, "\\" + code)


def _joined(text: str) -> str:
    """Two halves of one sign, as older tools write it, made one."""
    return SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
