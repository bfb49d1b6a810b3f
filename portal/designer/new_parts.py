"""What stands there after something new was placed: a question or step as complete as it can be made."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from engine.core.languages import OWN_NAMES
from engine.core.text import Text
from forms_library.field_type import FieldType
from workflows.node_type import NodeType

Schema = dict[str, Any]
ELSEWHERE = {"step", "host", "earlier_step", "form", "certificate", "message", "outcome", "rule"}
"""Widgets of what stands elsewhere in the package, or speaks of it: nobody can know it beforehand."""
FIRST, SECOND = (
    Text({"en": "First choice", "fr": "Premier choix", "ar": "الخيار الأول"}),
    Text({"en": "Second choice", "fr": "Deuxième choix", "ar": "الخيار الثاني"}),
)


def new_field(kind: type[FieldType], schema: Schema, language: str) -> dict[str, Any]:
    """A new question of this kind, without a key."""
    options = _options(kind, schema)
    for name in options:
        if schema["properties"][name]["ui"]["widget"] == "choices":
            options[name] = _choices(language)
    if isinstance(options.get("fields"), list):
        options["fields"] = [_said_in(one, language) for one in options["fields"]]
    field: dict[str, Any] = {"type": kind.key, "label": {language: kind.label.in_(language)}}
    if options:
        field["options"] = options
    if not kind.has_answer:
        field["data_class"] = "public"
    return field


def _options(kind: type[FieldType], schema: Schema) -> dict[str, Any]:
    """What must be given, as the first example of the kind gives it; all of that where this is not enough."""
    example = kind.accepts[0][0] if kind.accepts else {}
    needed = {name: example[name] for name in schema.get("required", []) if name in example}
    try:
        kind.Options.model_validate(needed)
    except ValidationError:
        needed = example
    return deepcopy(needed)


def _choices(language: str) -> list[dict[str, Any]]:
    return [
        {"key": "first", "label": {language: FIRST.in_(language)}},
        {"key": "second", "label": {language: SECOND.in_(language)}},
    ]


def _said_in(question: Any, language: str) -> Any:
    """A question of an example, in one language: for others its words have to be translated."""
    if not isinstance(question, dict) or not isinstance(question.get("label"), str):
        return question
    return {**question, "label": {language: question["label"]}}


def new_node(kind: type[NodeType], schema: Schema, language: str) -> dict[str, Any]:
    """A new step of this kind, without a key and without ways."""
    example = kind.accepts[0] if kind.accepts else {}
    node: dict[str, Any] = {"type": kind.key, "title": {language: kind.label.in_(language)}}
    for name in schema.get("required", []):
        if name in example and name not in ("key", "type"):
            node[name] = deepcopy(example[name])
    return {name: value for name, value in node.items() if not _stands_elsewhere(name, schema)} | {
        name: [_without_ways(one, schema, name) for one in value]
        for name, value in node.items()
        if isinstance(value, list) and not _stands_elsewhere(name, schema)
    }


def said(part: Any, say: Callable[[str], str]) -> Any:
    """A part with the words of its example in the language of the reader; what has its language stays."""
    if isinstance(part, str):
        return say(part) if in_words(part) else part
    if isinstance(part, list):
        return [said(one, say) for one in part]
    if isinstance(part, dict):
        return {key: one if key in OWN_NAMES else said(one, say) for key, one in part.items()}
    return part


def in_words(example: str) -> bool:
    """Whether this is read as a language is: a rule, a key, a code or a number is the same in all."""
    return re.match("[A-Z]?[a-z]* [a-z]|[A-Z][a-z]|[0-9]+ [a-z]|{[a-z]+} [a-z]", example) is not None


def _stands_elsewhere(name: str, schema: Schema) -> bool:
    return bool(schema["properties"].get(name, {}).get("ui", {}).get("widget") in ELSEWHERE)


def _without_ways(item: Any, schema: Schema, name: str) -> Any:
    """An item of a list without the ways and the rules in it."""
    target = schema["properties"].get(name, {}).get("items", {}).get("$ref", "").rpartition("/")[2]
    inner = schema.get("$defs", {}).get(target, {})
    if not isinstance(item, dict) or "properties" not in inner:
        return item
    return {key: value for key, value in item.items() if not _stands_elsewhere(key, inner)}
