"""Parts in another language become elements with ``lang`` and ``dir``, wherever in a page they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.languages import direction
from engine.core.voice import CANCEL, END, LETTERS, TAG

MARK = re.compile(f"{TAG}(?:{CANCEL}|[\U000e0020-\U000e007e]*)")
# a comment, a tag with its quoted attributes, a mark, or what lies between
PIECE = re.compile(
    rf"<!--.*?-->|</?[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|{MARK.pattern}|[^<{TAG}]+|<", re.DOTALL
)
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
OWN_DIRECTION = re.compile(r"<bdi\b|\s(?:dir|lang)=")
ONLY_TEXT = frozenset(["title", "textarea", "script", "style", "option", "text"])
INSIDE_A_SENTENCE = frozenset(["a", "b", "bdi", "bdo", "code", "em", "i", "span", "strong", "time"])


def plain(text: str) -> str:
    """The text without its marks."""
    return MARK.sub("", text) if TAG in text else text


def marked_like(text: str, html: str) -> str:
    """What was made of a text that was marked as a whole, marked as that was."""
    mark = MARK.match(text)
    return f"{mark[0]}{html}{END}" if mark else html


def resolved(html: str, language: str) -> str:
    """The HTML of a page in this language, its marked parts inside elements of their own.

    In attributes, and in elements that hold nothing but text, a mark is taken away; an option that is marked
    gets the language itself. A mark without its end counts for nothing.
    """
    return "".join(_Page(html).parts(language)) if TAG in html else html


@dataclass
class _Open:
    """A part that is being read: its language, where it ends, and how it is marked."""

    language: str
    end: int
    closing: str = ""
    loose: bool = False
    is_line: bool = False


class _Page:
    """The pieces of a page, and where the marked parts among them end."""

    def __init__(self, html: str) -> None:
        self.pieces: list[str] = PIECE.findall(html)
        self.ends: dict[int, int] = {}
        waiting: list[int] = []
        inside = ""
        for place, piece in enumerate(self.pieces):
            inside = _only_text(piece, inside)
            if piece[0] != TAG or inside:
                continue
            if piece[1:] != CANCEL:
                waiting.append(place)
            elif waiting:
                self.ends[waiting.pop()] = place
        self.lines = dict(self._lines())

    def parts(self, language: str) -> Iterator[str]:
        """The page, piece by piece; a part that is more than a sentence is marked text by text."""
        around, inside = [_Open(language, -1)], ""
        for place, piece in enumerate(self.pieces):
            inside = _only_text(piece, inside)
            if around[-1].is_line and place == around[-1].end:
                yield around.pop().closing
            if place in self.lines and len(around) == 1:
                end, spoken = self.lines[place]
                if spoken != language:
                    around.append(_Open(spoken, end, closing="</bdi>", is_line=True))
                    yield f"<bdi{_attributes(spoken)}>"
            if place == around[-1].end:
                yield around.pop().closing
            elif place in self.ends:
                part = self._opened(place, piece, around[-1])
                around.append(part)
                yield f"<bdi{_attributes(part.language)}>" if part.closing else ""
            elif _is_tag(piece):
                yield self._tag(place, piece)
            elif piece[0] != TAG:
                yield self._text(piece, around[-1].language if around[-1].loose and not inside else "")
        yield "".join(part.closing for part in reversed(around))

    def _opened(self, place: int, piece: str, outer: _Open) -> _Open:
        language, end = _spelled(piece), self.ends[place]
        if language == outer.language:
            return _Open(language, end, loose=outer.loose)
        if outer.loose or not self._is_whole(place + 1, end):
            return _Open(language, end, loose=True)
        return _Open(language, end, closing="</bdi>")

    def _is_whole(self, begin: int, end: int) -> bool:
        """Whether a part holds only what may stand inside one sentence, and all of it."""
        still_open: list[str] = []
        for piece in filter(_is_tag, self.pieces[begin:end]):
            if not _is_inside_a_sentence(piece):
                return False
            if not piece.startswith("</"):
                still_open.append(_name(piece))
            elif not still_open or still_open.pop() != _name(piece):
                return False
        return not still_open

    def _lines(self) -> Iterator[tuple[int, tuple[int, str]]]:
        """Where a line begins that is in one other language with all its parts, where it ends, and which."""
        begin = 0
        for place, piece in enumerate([*self.pieces, "<p>"]):
            if _is_tag(piece) and not _is_inside_a_sentence(piece):
                yield from self._lines_in(begin, place)
                begin = place + 1

    def _lines_in(self, begin: int, end: int) -> Iterator[tuple[int, tuple[int, str]]]:
        """This line, or else those in its elements."""
        if not any(place in self.ends for place in range(begin, end)):
            return
        if spoken := self._spoken_in(begin, end):
            yield begin, (end, spoken)
            return
        place = begin
        while place < end:
            piece = self.pieces[place]
            if place in self.ends:
                place = self.ends[place]
            elif _is_tag(piece) and not piece.startswith("</"):
                closed = self._closed(place, end)
                yield from self._lines_in(place + 1, closed)
                place = closed
            place += 1

    def _spoken_in(self, begin: int, end: int) -> str:
        """The one language of a line of several parts; empty where it has none, or words without a mark.

        What holds nothing but elements is no line: they may stand beside each other in any way.
        """
        found, direct, parts = set[str](), 0, 0
        place, depth = begin, 0
        while place < end:
            piece = self.pieces[place]
            if place in self.ends:
                found.add(_spelled(piece))
                place = self.ends[place]
                direct, parts = direct + (depth == 0), parts + 1
            elif _is_tag(piece):
                closed = self._isolated_until(place, end)
                depth += 0 if closed else -1 if piece.startswith("</") else 1
                place, parts = closed or place, parts + bool(closed)
            elif any(letter.isalpha() for letter in piece):
                return ""
            elif piece.strip():
                direct, parts = direct + (depth == 0), parts + 1
            place += 1
        is_line = len(found) == 1 and direct and parts > 1 and self._is_whole(begin, end)
        return found.pop() if is_line else ""

    def _isolated_until(self, place: int, end: int) -> int:
        """Where an element ends that has a direction of its own and no mark; 0 for any other."""
        if not OWN_DIRECTION.search(self.pieces[place]):
            return 0
        closed = self._closed(place, end)
        return 0 if any(at in self.ends for at in range(place, closed)) else closed

    def _closed(self, place: int, end: int) -> int:
        """Where the element that begins here ends."""
        name, depth = _name(self.pieces[place]), 0
        for at in range(place, end):
            piece = self.pieces[at]
            if _is_tag(piece) and _name(piece) == name:
                depth += -1 if piece.startswith("</") else 1
                if depth == 0:
                    return at
        return end

    def _tag(self, place: int, piece: str) -> str:
        following = self.pieces[place + 1 : place + 2]
        if _name(piece) == "option" and following and following[0][0] == TAG:
            return f"{plain(piece)[:-1]}{_attributes(_spelled(following[0]))}>"
        return plain(piece)

    def _text(self, piece: str, language: str) -> str:
        return f"<bdi{_attributes(language)}>{piece}</bdi>" if language and piece.strip() else piece


def _is_tag(piece: str) -> bool:
    return piece[0] == "<" and len(piece) > 1


def _name(piece: str) -> str:
    found = NAME.match(piece)
    return found[1].lower() if found else ""


def _is_inside_a_sentence(piece: str) -> bool:
    return _name(piece) in INSIDE_A_SENTENCE


def _only_text(piece: str, inside: str) -> str:
    """The element around a piece that holds nothing but text, if it is in one."""
    name = _name(piece)
    if name not in ONLY_TEXT:
        return inside
    return "" if piece.startswith("</") else name


def _spelled(mark: str) -> str:
    letters = "".join(chr(ord(letter) - LETTERS) for letter in mark[1:])
    return re.sub(r"[^A-Za-z0-9-]", "", letters)[:35] or "und"


def _attributes(language: str) -> str:
    return f' lang="{language}" dir="{direction(language)}"'
