"""Functions over texts; regular expressions as XPath has them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from engine.core.feel.functions.patterns import pattern_of
from engine.core.feel.signatures import builtin

GROUP = re.compile(r"\\([$\\])|\$(\d)|(\\)")


@builtin("string length", "string: string")
def length(text: str) -> Decimal:
    """How many characters."""
    return Decimal(len(text))


@builtin("upper case", "string: string")
def upper(text: str) -> str:
    """In capital letters."""
    return text.upper()


@builtin("lower case", "string: string")
def lower(text: str) -> str:
    """In small letters."""
    return text.lower()


@builtin("substring", "string: string, start position: number, length: number?")
def substring(text: str, start: Decimal, size: Decimal | None = None) -> str | None:
    """A part; counted from 1, or from the end."""
    first = int(start) - 1 if start > 0 else len(text) + int(start)
    if int(start) == 0 or not 0 <= first < len(text) or (size is not None and size < 1):
        return None
    return text[first:] if size is None else text[first : first + int(size)]


@builtin("substring before", "string: string, match: string")
def before(text: str, match: str) -> str:
    """What stands before a text; nothing where it does not occur."""
    return text[: text.index(match)] if match in text else ""


@builtin("substring after", "string: string, match: string")
def after(text: str, match: str) -> str:
    """What stands behind a text; nothing where it does not occur."""
    return text[text.index(match) + len(match) :] if match in text else ""


@builtin("contains", "string: string, match: string")
def contains(text: str, match: str) -> bool:
    """Whether a text is inside."""
    return match in text


@builtin("starts with", "string: string, match: string")
def starts(text: str, match: str) -> bool:
    """Whether it begins so."""
    return text.startswith(match)


@builtin("ends with", "string: string, match: string")
def ends(text: str, match: str) -> bool:
    """Whether it ends so."""
    return text.endswith(match)


@builtin("matches", "input: string, pattern: string, flags: string?")
def matches(text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether a pattern is found."""
    return pattern_of(pattern, flags).search(text) is not None


@builtin("replace", "input: string, pattern: string, replacement: string, flags: string?")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """Everything that matches, replaced; $1 is the first group."""
    found = pattern_of(pattern, flags)

    def written(match: re.Match[str]) -> str:
        return GROUP.sub(lambda part: _part(part, match, found.groups), replacement)

    return found.sub(written, text)


def _part(part: re.Match[str], match: re.Match[str], groups: int) -> str:
    if part[3]:
        raise ValueError("a lonely backslash")
    if part[1]:
        return part[1]
    return (match[int(part[2])] or "") if int(part[2]) <= groups else ""


@builtin("split", "string: string, delimiter: string")
def split(text: str, delimiter: str) -> list[Any]:
    """The parts between a pattern."""
    found, parts, start = pattern_of(delimiter, None), [], 0
    for match in found.finditer(text):
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


@builtin("string join", "list: list of string, delimiter: string?, prefix: string?, suffix: string?")
def join(
    texts: list[Any], delimiter: str | None = None, prefix: str | None = None, suffix: str | None = None
) -> str:
    """Texts made one; what is nothing is left out."""
    inside = (delimiter or "").join(text for text in texts if text is not None)
    return f"{prefix or ''}{inside}{suffix or ''}"
