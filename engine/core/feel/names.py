"""Names of FEEL may hold spaces and signs: which one stands at a place depends on those that are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

# letters of the language are more than those of \w: also signs above and below, and pictures
OTHER = "\u00b7\u0300-\u036f\u200c\u200d\u203f\u2040\u2070-\u218f\U00010000-\U000effff"
START = rf"(?:[^\W\d]|[{OTHER}])"
PART = rf"(?:\w|[{OTHER}])"
WORD = re.compile(rf"{START}{PART}*")
PIECE = re.compile(rf"{PART}+|[^\w\s]")
LONGEST = 500


def plain(name: str) -> str:
    """A name with one space between its words."""
    return " ".join(name.split())


class Names:
    """The names that are known; of two that fit, the longer one is meant."""

    def __init__(self, names: Iterable[str] = (), outer: Names | None = None) -> None:
        self._outer = outer
        self._by_word: dict[str, list[tuple[re.Pattern[str], str]]] = defaultdict(list)
        for name in dict.fromkeys(names):
            self.add(name)

    def add(self, name: str) -> None:
        """Learn a name that stands for itself only as a whole."""
        pieces = PIECE.findall(name[:LONGEST])
        if len(pieces) > 1:
            self._by_word[pieces[0]].append((_pattern(pieces), name))

    def within(self) -> Names:
        """The same names, and room for more that fall away again."""
        return Names(outer=self)

    def longest(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest known name of several pieces that stands here, and where it ends."""
        first = PIECE.match(text, start)
        if first is None:
            return None
        best = self._outer.longest(text, start) if self._outer else None
        for pattern, name in self._by_word.get(first[0], ()):
            found = pattern.match(text, start)
            if found and (best is None or found.end() > best[1]):
                best = (name, found.end())
        return best


def _pattern(pieces: list[str]) -> re.Pattern[str]:
    made, before = "", ""
    for piece in pieces:
        words = bool(before) and bool(WORD_END.match(before[-1])) and bool(WORD_END.match(piece[0]))
        made += (r"\s+" if words else r"\s*" if before else "") + re.escape(piece)
        before = piece
    return re.compile(made + (rf"(?!{PART})" if WORD_END.match(before[-1]) else ""))


WORD_END = re.compile(PART)
