"""The outermost parts of a canonical rule: what && and || join, and what brackets hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

OPENING, CLOSING = "([{", ")]}"
TERNARY = "?"


def split(text: str, symbol: str) -> list[str]:
    """The parts of a chain; one part where the chain is of something else."""
    mark = f" {symbol} "
    other = "&&" if symbol == "||" else "||"
    cuts = [at for at, depth in _outside(text) if depth == 0 and text.startswith(mark, at)]
    mixed = any(
        depth == 0 and text.startswith(f" {word} ", at)
        for at, depth in _outside(text)
        for word in (other, "?")
    )
    if not cuts or mixed:
        return [text]
    starts = [0, *(cut + len(mark) for cut in cuts)]
    return [text[start:end] for start, end in zip(starts, [*cuts, len(text)], strict=True)]


def outermost(text: str, signs: Sequence[str]) -> tuple[list[str], list[str]]:
    """What any of these signs join, and the signs between the parts, in order."""
    marks = {
        at: text[at + 1]
        for at, depth in _outside(text)
        if depth == 0 and any(text.startswith(f" {sign} ", at) for sign in signs)
    }
    starts = [0, *(at + 3 for at in marks)]
    parts = [text[start:end] for start, end in zip(starts, [*marks, len(text)], strict=True)]
    return parts, list(marks.values())


def joined(parts: list[str], symbol: str) -> str:
    """A chain of parts, with brackets around those that are a chain of something else or a choice."""
    given = [part for part in parts if part]
    if len(given) < 2:
        return "".join(given)
    return f" {symbol} ".join(f"({part})" if _needs_brackets(part, symbol) else part for part in given)


def _needs_brackets(part: str, symbol: str) -> bool:
    other = "&&" if symbol == "||" else "||"
    return any(
        depth == 0 and part.startswith(f" {word} ", at)
        for at, depth in _outside(part)
        for word in (other, TERNARY)
    )


def bracketed(text: str) -> str | None:
    """What one pair of brackets around the whole text holds; None without such a pair."""
    if not (text.startswith("(") and text.endswith(")")):
        return None
    closes = next((at for at, depth in _outside(text) if at > 0 and depth == 0), len(text))
    return text[1:-1] if closes >= len(text) - 1 else None


def balanced(text: str) -> bool:
    """Whether every bracket that closes was opened in the same text."""
    return all(depth >= 0 for _at, depth in _outside(text))


def _outside(text: str) -> Iterator[tuple[int, int]]:
    """Each place that is not in a string, with how many brackets are open there."""
    depth, quoted, skipped = 0, False, False
    for at, letter in enumerate(text):
        if quoted:
            skipped, quoted = (letter == "\\" and not skipped), not (letter == '"' and not skipped)
            continue
        if letter == '"':
            quoted, skipped = True, False
            continue
        depth += (letter in OPENING) - (letter in CLOSING)
        yield at, depth
