"""The types as expressions write them: number, list<string>, function<date> -> boolean."""

from __future__ import annotations

import re

from engine.core.feel.names import WORD
from engine.core.feel.scanning import DEEPEST, Scanner
from engine.core.feel.types import ANY, Type, simple

WORDS = re.compile(r"(?:days and time|years and months) duration|date and time", re.ASCII)


def read_type(scanner: Scanner, depth: int = 0) -> Type:
    """The type that stands here."""
    if depth > DEEPEST:
        raise scanner.refused("Types stand inside each other too deep.")
    name = _name(scanner)
    if name in ("list", "range") and scanner.accept("<"):
        item = read_type(scanner, depth + 1)
        scanner.expect(">")
        return Type(name, item)
    if name == "context" and scanner.accept("<"):
        return Type("context", fields=_fields(scanner, depth + 1))
    if name == "function" and scanner.accept("<"):
        return _function(scanner, depth + 1)
    return simple(name) or Type(named=name)


def _name(scanner: Scanner) -> str:
    if found := WORDS.match(scanner.text, scanner.at):
        scanner.at = found.end()
        scanner.skip()
        return found[0]
    name = scanner.name()
    for word in ("function", "null"):
        if name is None and scanner.accept_word(word):
            return word
    while name is not None and scanner.accept("."):
        name = f"{name}.{scanner.name() or ''}"
    if name is None or not WORD.match(name):
        raise scanner.refused("A type is expected here.")
    return name


def _fields(scanner: Scanner, depth: int) -> dict[str, Type]:
    found: dict[str, Type] = {}
    while not scanner.accept(">"):
        if found:
            scanner.expect(",")
        name = scanner.name_before(":")
        if name is None:
            raise scanner.refused("The name of an entry is expected here.")
        scanner.expect(":")
        found[name] = read_type(scanner, depth)
    return found


def _function(scanner: Scanner, depth: int) -> Type:
    params: list[Type] = []
    while not scanner.accept(">"):
        if params:
            scanner.expect(",")
        params.append(read_type(scanner, depth))
    result = read_type(scanner, depth) if scanner.accept("->") else ANY
    return Type("function", result, params=tuple(params))
