"""Regular expressions of XPath, which FEEL uses, as those of Python."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.VERBOSE}
LONGEST = 1_000
FIRST, LATER = r"A-Za-z_:\u00c0-\u02ff\u0370-\u1fff", r"\-.0-9A-Za-z_:\u00b7\u00c0-\u037d\u037f-\u1fff"
CATEGORY = re.compile(r"\{\^?(Is)?[A-Za-z][A-Za-z0-9-]*\}")
SINGLE = frozenset("nrtdDsSwW\\|.-^?*+{}()[]$")


def pattern_of(text: str, flags: str | None) -> re.Pattern[str]:
    """The pattern that a text says; raises ValueError for one that is none."""
    if len(text) > LONGEST or set(flags or "") - {*FLAGS, "q"}:
        raise ValueError("no such pattern")
    chosen = re.RegexFlag(0)
    for flag in set(flags or "") - {"q"}:
        chosen |= FLAGS[flag]
    try:
        return re.compile(
            re.escape(text)
            if "q" in (flags or "")
            else _Translation(text, lines="m" in (flags or "")).whole(),
            chosen,
        )
    except (re.error, RecursionError, OverflowError, IndexError) as wrong:
        raise ValueError("no such pattern") from wrong


class _Translation:
    """One pass over a pattern."""

    def __init__(self, text: str, *, lines: bool) -> None:
        self.text, self.lines, self.at = text, lines, 0

    def whole(self) -> str:
        made = ""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\\":
                made += self._escape(inside=False)
            elif sign == "[":
                made += self._set()
            elif self.text.startswith("(?", self.at) and not self.text.startswith("(?:", self.at):
                raise ValueError("groups of Python are none of XPath")
            else:
                # $ is the very end; Python would also stop before a last line break
                made += r"\Z" if sign == "$" and not self.lines else sign
                self.at += 1
        return made

    def _escape(self, *, inside: bool) -> str:
        """One sign behind a backslash; inside a set without the brackets of its own."""
        letter = self.text[self.at + 1]
        self.at += 2
        if letter in "pP":
            return self._category(letter == "P", inside=inside)
        if letter in "ic":
            return (
                FIRST
                if inside and letter == "i"
                else LATER
                if inside
                else f"[{FIRST if letter == 'i' else LATER}]"
            )
        if letter in "IC" and not inside:
            return f"[^{FIRST if letter == 'I' else LATER}]"
        if letter.isdigit() and letter != "0" and not inside:
            return f"\\{letter}"
        if letter not in SINGLE:
            raise ValueError("no such escape")
        return f"\\{letter}"

    def _category(self, opposite: bool, *, inside: bool) -> str:
        found = CATEGORY.match(self.text, self.at)
        if not found:
            raise ValueError("no such category")
        self.at = found.end()
        ranges = _of_category(found[0][1:-1])
        if inside and opposite:
            raise ValueError("not in a set")
        return ranges if inside else f"[{'^' if opposite else ''}{ranges}]"

    def _set(self) -> str:
        """A set of signs; what is taken out of it stands before it as what may not come."""
        self.at += 1
        made = "[^" if self.text[self.at] == "^" else "["
        self.at += made == "[^"
        without, begun = "", False
        while self.text[self.at] != "]" or not begun:
            if self.text.startswith("-[", self.at):
                self.at += 1
                without = f"(?!{self._set()})"
                break
            made += self._escape(inside=True) if self.text[self.at] == "\\" else self._plain()
            begun = True
        self.at += 1
        return f"(?:{without}{made}])" if without else f"{made}]"

    def _plain(self) -> str:
        sign = self.text[self.at]
        self.at += 1
        return f"\\{sign}" if sign in "[&~|" else sign


@lru_cache(maxsize=64)
def _of_category(name: str) -> str:
    """All signs of a category of Unicode, as ranges."""
    if name.startswith("Is") or len(name) > 2:
        raise ValueError("blocks are not known")
    ranges, start = [], None
    for code in range(sys.maxunicode + 2):
        fits = code <= sys.maxunicode and unicodedata.category(chr(code)).startswith(name)
        if fits and start is None:
            start = code
        elif not fits and start is not None:
            ranges.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    if not ranges:
        raise ValueError("no such category")
    return "".join(ranges)
