"""The pieces of a JSON Schema, and the defects that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_library.coverage.pieces import Path, Piece, dicts, leaves

SKIPPED = (
    "type", "properties", "items", "enum", "oneOf", "anyOf", "required", "$ref", "title", "description",
    "format", "$comment", "$id", "additionalProperties", "uniqueItems",
)  # fmt: skip


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Properties at any depth that references do not hide, their settings and values."""
    yield from _properties(document, ())
    for word in ("if", "then", "else", "allOf", "not", "dependentRequired", "dependentSchemas"):
        if document.get(word):
            yield Piece("condition", (word,), "", document[word])


def _properties(schema: dict[str, Any], at: Path) -> Iterator[Piece]:
    properties = schema.get("properties")
    for name, part in (properties if isinstance(properties, dict) else {}).items():
        if isinstance(part, dict):
            yield from _property(str(name), part, (*at, "properties", name))


def _property(name: str, schema: dict[str, Any], at: Path) -> Iterator[Piece]:
    yield Piece("component", at, name, schema.get("type"))
    for word in ("title", "description"):
        if schema.get(word):
            yield Piece("option", (*at, word), name, schema[word])
    holder = schema.get("items") if isinstance(schema.get("items"), dict) else schema
    inside: Path = (*at, "items") if holder is not schema else at
    for index, value in enumerate(holder.get("enum") or [] if isinstance(holder, dict) else []):
        if value is not None:
            yield Piece("item", (*inside, "enum", index), name, (value, None))
    for index, part in dicts(holder.get("oneOf") if isinstance(holder, dict) else None):
        if "const" in part:
            yield Piece("item", (*inside, "oneOf", index), name, (part["const"], part.get("title")))
    for word in schema.keys() - set(SKIPPED):
        for place, value in leaves(schema[word], (*at, word)):
            yield Piece("option", place, name, value)
    if isinstance(holder, dict):
        yield from _properties(holder, inside)


def defects(document: dict[str, Any]) -> set[tuple[str, Path]]:
    """Properties that are required and not there."""
    found: set[tuple[str, Path]] = set()
    required, properties = document.get("required"), document.get("properties")
    if (
        isinstance(required, list)
        and isinstance(properties, dict)
        and set(map(str, required)) - set(properties)
    ):
        found.add(("unknown_property", ("required",)))
    return found
