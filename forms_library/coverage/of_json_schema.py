"""The pieces of a JSON Schema, and the defects that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_library.coverage.pieces import TITLE, WHOLE, Path, Piece, dicts, settings

# what hangs the parts together, and is checked by the pieces of those parts
HANGING = ("type", "properties", "items", "enum", "required", "$ref", "$id", "$schema")
WHERE: dict[str, tuple[str, ...]] = {
    "maxLength": ("max_length",), "minLength": ("min_length",), "minimum": ("min",), "maximum": ("max",),
    "minItems": ("min",), "maxItems": ("max",), "pattern": ("pattern",), "multipleOf": ("places",),
}  # fmt: skip
FORMATS = {"date": "date", "time": "time", "email": "email", "idn-email": "email", "uri": "url", "iri": "url"}
DEEPEST = 3
COMBINED = ("allOf", "anyOf", "oneOf")


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Properties at any depth, also by reference, their settings and values; and all else."""
    found = _Found(document)
    yield from found.properties(document, (), 0)
    without = (*HANGING, "title", "description", "$defs", "definitions")
    yield from settings(document, (), WHOLE, without)
    for word in ("title", "description"):
        if document.get(word):
            yield Piece("option", (word,), TITLE, document[word])
    for word in ("$defs", "definitions"):
        for name, part in (document.get(word) or {}).items() if isinstance(document.get(word), dict) else ():
            if name not in found.followed:
                yield from settings({name: part}, (word,), WHOLE, ())


def is_askable(document: dict[str, Any]) -> bool:
    """Whether there is anything that could become a form."""
    return bool(document.get("properties"))


class _Found:
    """The properties of one document, with the definitions that they lead to."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document, self.followed = document, set[str]()
        self.lacking: set[Path] = set()

    def properties(self, schema: dict[str, Any], at: Path, depth: int) -> Iterator[Piece]:
        """The properties of an object, each with all that is below it."""
        listed = schema.get("properties")
        properties = listed if isinstance(listed, dict) else {}
        required = schema.get("required")
        wanted = {str(name) for name in required} if isinstance(required, list) else set()
        if wanted - set(properties) and (not at or _type(schema) == "object"):
            self.lacking.add((*at, "required"))
        for name, part in properties.items():
            if isinstance(part, dict):
                schema = self.resolved(part)
                yield from self._property(str(name), schema, (*at, "properties", name), depth)

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What a reference names, or the only real one of several."""
        seen = set[str]()
        while True:
            reference = schema.get("$ref")
            if isinstance(reference, str):
                target = self._target(reference)
                if target is None or reference in seen:
                    return schema
                seen.add(reference)
                self.followed.update(reference.split("/")[2:3])
                schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
                continue
            word, real = self._only(schema)
            if not word:
                return schema
            schema = {**real, **{key: value for key, value in schema.items() if key != word}}

    def _only(self, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        for word in COMBINED:
            parts = schema.get(word)
            real = [part for part in parts if part != {"type": "null"}] if isinstance(parts, list) else []
            if len(real) == 1 and isinstance(real[0], dict) and "const" not in real[0]:
                return word, real[0]
        return "", {}

    def _target(self, reference: str) -> dict[str, Any] | None:
        found: Any = self.document
        for part in reference.split("/")[1:] if reference.startswith("#") else ("?",):
            part = part.replace("~1", "/").replace("~0", "~")
            found = found.get(part) if isinstance(found, dict) else None
        return found if isinstance(found, dict) and found is not self.document else None

    def _property(self, name: str, schema: dict[str, Any], at: Path, depth: int) -> Iterator[Piece]:
        yield Piece("component", at, name, schema.get("type"))
        items = schema.get("items")
        holder = self.resolved(items) if isinstance(items, dict) else schema
        inside: Path = (*at, "items") if holder is not schema else at
        yield from self._settings(name, schema, at)
        if holder is not schema:
            yield from self._settings("value" if _type(holder) != "object" else name, holder, inside, name)
        for index, value in enumerate(holder["enum"] if isinstance(holder.get("enum"), list) else ()):
            if value is not None:
                yield Piece("item", (*inside, "enum", index), name, (value, None))
        for word in ("oneOf", "anyOf"):
            parts = dicts(holder.get(word))
            for index, part in parts if all("const" in part for _, part in parts) else ():
                yield Piece("item", (*inside, word, index), name, (part["const"], part.get("title")))
        if depth < DEEPEST:
            yield from self.properties(holder, inside, depth + 1)

    def _settings(self, name: str, schema: dict[str, Any], at: Path, owner: str = "") -> Iterator[Piece]:
        kind = _type(schema)
        choices = [word for word in ("oneOf", "anyOf") if _chosen(schema.get(word))]
        for piece in settings(schema, at, owner or name, (*HANGING, *choices)):
            word, value = str(piece.path[-1]), piece.value
            where: tuple[str, ...] = ()
            if len(piece.path) == len(at) + 1:
                if word == "additionalProperties" or (word in ZERO and value == 0):
                    continue
                if word == "format" and FORMATS.get(str(value)):
                    value, where = FORMATS[str(value)], ("type",)
                elif word == "uniqueItems":
                    value, where = "checkbox_group", ("type",)
                elif word == "multipleOf":
                    value, where = _places(value, kind)
                else:
                    where = WHERE.get(word, ())
            yield Piece("option", piece.path, piece.owner, value, where=where)
        for word in choices:
            for index, part in dicts(schema[word]):
                yield from settings(part, (*at, word, index), owner or name, ("const", "title", "type"))


ZERO = ("minLength", "minItems", "minProperties", "minContains")


def _places(value: Any, kind: str) -> tuple[Any, tuple[str, ...]]:
    """A step of 0.01 is kept as two decimal places, a step of 1 by a whole number."""
    if kind == "integer" and value == 1:
        return "integer", ("type",)
    places = next((n for n in range(7) if isinstance(value, int | float) and value == 10**-n), None)
    return (places, ("places",)) if places is not None and kind == "number" else (value, ("-",))


def _chosen(parts: Any) -> bool:
    return (
        isinstance(parts, list)
        and bool(parts)
        and all(isinstance(one, dict) and "const" in one for one in parts)
    )


def _type(schema: dict[str, Any]) -> str:
    found = schema.get("type")
    if isinstance(found, list):
        found = next((kind for kind in found if kind != "null"), "")
    return str(found) if found else "object" if "properties" in schema else ""


def defects(document: dict[str, Any]) -> set[tuple[str, Path]]:
    """Properties that are required and not there."""
    found = _Found(document)
    list(found.properties(document, (), 0))
    return {("unknown_property", at) for at in found.lacking}
