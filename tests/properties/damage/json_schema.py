"""All keywords of JSON Schema 2020-12, put into a schema by chance."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.properties.damage.general import GENERAL, copied

KEYWORDS: dict[str, tuple[Any, ...]] = {
    "type": (
        "string", "integer", "number", "boolean", "array", "object", "null", ["string", "null"],
        ["integer", "string"],
    ),
    "const": ("always", 5), "enum": (["a", "b"], [1, 2.5, True, None, "x"], [{"a": 1}, "b"], []),
    "multipleOf": (1, 5, 0.01, 0.05), "maximum": (10, 2.5, 1e20), "exclusiveMaximum": (10, True),
    "minimum": (0, -3), "exclusiveMinimum": (0, 0.5), "maxLength": (5, 60, 5_000, 100_000, 0),
    "minLength": (0, 2), "pattern": ("^a+$", "b", "(?=c)"), "maxItems": (2, 5_000, 0), "minItems": (0, 1),
    "uniqueItems": (True, False), "maxContains": (1,), "minContains": (1,), "contains": ({"type": "string"},),
    "prefixItems": ([{"type": "string"}],), "items": ({"type": "string"}, False, True),
    "maxProperties": (3,), "minProperties": (1,), "required": (["gone"], [], "x"),
    "properties": ({"inner": {"type": "string"}},), "dependentRequired": ({"a": ["b"]},),
    "dependentSchemas": ({"a": {"required": ["b"]}},), "patternProperties": ({"^x": {}},),
    "additionalProperties": (True, False, {"type": "string"}), "propertyNames": ({"pattern": "^a"},),
    "unevaluatedProperties": (False, True), "unevaluatedItems": (False,), "not": ({"const": "x"},),
    "allOf": ([{"minLength": 1}], [{}, {"a": 1}]),
    "anyOf": ([{"type": "string"}, {"type": "null"}], [{"type": "string"}, {"type": "integer"}]),
    "oneOf": ([{"const": "a", "title": "A"}, {"const": "b"}], [{"type": "string"}]),
    "if": ({"properties": {"a": {"const": 1}}},), "then": ({"required": ["b"]},), "else": ({},),
    "$ref": ("#/$defs/some", "#/$defs/gone", "https://example.org/x", "#"), "$anchor": ("here",),
    "$comment": ("why",), "$dynamicRef": ("#x",), "$dynamicAnchor": ("x",), "title": ("A title", ""),
    "description": ("Help",), "default": ("x", 0), "deprecated": (True,), "readOnly": (True,),
    "writeOnly": (True,), "examples": (["a"],), "contentEncoding": ("base64",), "contentSchema": ({},),
    "contentMediaType": ("image/png",),
    "format": (
        "date", "time", "date-time", "email", "uri", "uuid", "ipv4", "hostname", "duration", "iri", "regex",
    ),
}  # fmt: skip


def schemas(holder: Any) -> list[dict[str, Any]]:
    """The schemas of all properties, items and definitions, at any depth."""
    found: list[dict[str, Any]] = []
    ahead = [holder]
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict):
            found.append(one)
            for word in ("properties", "$defs"):
                ahead += list(one[word].values()) if isinstance(one.get(word), dict) else []
            ahead.append(one.get("items"))
    return found


def set_keyword(document: Any, random: Random) -> None:
    """A keyword at any schema."""
    if found := schemas(document):
        word = random.choice(list(KEYWORDS))
        random.choice(found)[word] = copied(random.choice(KEYWORDS[word]))


def add_property(document: Any, random: Random) -> None:
    """A property with some keywords."""
    holders = [one["properties"] for one in schemas(document) if isinstance(one.get("properties"), dict)]
    if holders:
        made: dict[str, Any] = {"type": copied(random.choice(KEYWORDS["type"]))}
        for word in random.sample(list(KEYWORDS), random.randint(0, 3)):
            made[word] = copied(random.choice(KEYWORDS[word]))
        name = random.choice([f"p{random.randrange(1_000)}", "name", "ü", "", "a b"])
        random.choice(holders)[name] = made


def add_definition(document: Any, random: Random) -> None:
    """A definition that properties may name, also itself."""
    definitions = document.setdefault("$defs", {}) if isinstance(document, dict) else None
    if isinstance(definitions, dict):
        itself = {"$ref": "#/$defs/some"}
        properties = {"a": {"type": "string"}, "again": itself, "more": {"type": "array", "items": itself}}
        definitions["some"] = {"type": "object", "properties": copied(properties)}


JSON_SCHEMA = (*GENERAL, *[set_keyword] * 5, *[add_property] * 4, add_definition)
