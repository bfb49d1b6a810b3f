"""Functions of FEEL as rules say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.core.feel.nodes import Literal, Node
from engine.core.rules import Rows
from workflows.dmn.said import ATOM, RELATION, SUM, UNARY, NotCarried, Said, fit

Say = Callable[[Node], Said]
Word = Callable[[Say, Sequence[Node]], Said]


def _method(name: str) -> Word:
    """A test of a text by another."""

    def said(say: Say, given: Sequence[Node]) -> Said:
        text, other = (fit(say(each), "text") for each in _exactly(2, given))
        return Said(f"{text.within(ATOM)}.{name}({other.text})", "yes_no")

    return said


def _matches(say: Say, given: Sequence[Node]) -> Said:
    text, pattern = _exactly(2, given)
    if not isinstance(pattern, Literal):
        raise NotCarried("A pattern must be written out.")
    return Said(f"{fit(say(text), 'text').within(ATOM)}.matches({say(pattern).text})", "yes_no")


def _size(kinds: str) -> Word:
    def said(say: Say, given: Sequence[Node]) -> Said:
        found = say(*_exactly(1, given))
        if found.kind != kinds and not (kinds == "choices" and isinstance(found.kind, Rows)):
            raise NotCarried(f"It must give {kinds}, and gives {found.spoken}.")
        return Said(f"size({found.text})", "integer")

    return said


def _contained(say: Say, given: Sequence[Node]) -> Said:
    several, one = (say(each) for each in _exactly(2, given))
    fit(several, "choices"), fit(one, "text")
    return Said(f"{one.within(SUM)} in {several.within(SUM)}", "yes_no", RELATION)


def _not(say: Say, given: Sequence[Node]) -> Said:
    inside = fit(say(*_exactly(1, given)), "yes_no")
    return Said(f"!{inside.within(UNARY)}", "yes_no", UNARY)


def _today(say: Say, given: Sequence[Node]) -> Said:
    _exactly(0, given)
    return Said("today", "date")


def _date(say: Say, given: Sequence[Node]) -> Said:
    (text,) = _exactly(1, given)
    if not isinstance(text, Literal) or not isinstance(text.content, str):
        raise NotCarried("A date must be written out.")
    return Said(f"date({say(text).text})", "date")


def _absolute(say: Say, given: Sequence[Node]) -> Said:
    found = say(*_exactly(1, given))
    if found.kind not in ("integer", "decimal"):
        raise NotCarried("Only numbers can be calculated with.")
    return Said(f"math.abs({found.text})", found.kind)


def _half_up(say: Say, given: Sequence[Node]) -> Said:
    number, places = (say(each) for each in _exactly(2, given))
    return Said(f"roundTo({fit(number, 'decimal').text}, {fit(places, 'integer').text})", "decimal")


def _exactly(number: int, given: Sequence[Node]) -> Sequence[Node]:
    if len(given) != number:
        raise NotCarried("A function is given too much or too little.")
    return given


FUNCTIONS: Mapping[str, Word] = {
    "contains": _method("contains"),
    "starts with": _method("startsWith"),
    "ends with": _method("endsWith"),
    "matches": _matches,
    "string length": _size("text"),
    "count": _size("choices"),
    "list contains": _contained,
    "not": _not,
    "today": _today,
    "date": _date,
    "abs": _absolute,
    "round half up": _half_up,
}
