"""JSON Schemas as the designer draws them: every property with a title, a widget, help and an example.

Pydantic gives the shape, and the class that owns a setting may give its words. What it does not say comes
from setting_words.yaml, by the name of the property. `X | None` becomes X with `nullable`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from portal.designer.new_parts import in_words

WORDS = Path(__file__).with_name("setting_words.yaml")
Schema = dict[str, Any]
Say = Callable[[str], str]
BY_TYPE = {
    "boolean": "toggle",
    "integer": "number",
    "number": "number",
    "array": "list",
    "object": "object",
}


@cache
def _words() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def setting_title(name: str, say: Say) -> str:
    """What a setting is called, by the name of its property."""
    return say(_words().get(name, {}).get("title", name.replace("_", " ").capitalize()))


def settings_schema(model: type[BaseModel], name: str, say: Say) -> Schema:
    """The schema of a model with everything that a property panel needs; `name` is its name in the words."""
    return complete(model.model_json_schema(by_alias=True), name, say)


def complete(schema: Schema, name: str, say: Say) -> Schema:
    """The same schema with words and widgets, in its definitions too."""
    inner = schema.get("$defs", {})
    done = {key: value for key, value in schema.items() if key != "$defs"}
    done = _object(done, name, inner, say)
    if inner:
        done["$defs"] = {key: _object(value, key, inner, say) for key, value in inner.items()}
    return done


def _object(schema: Schema, owner: str, inner: Mapping[str, Schema], say: Say) -> Schema:
    if "properties" not in schema:
        return {key: value for key, value in schema.items() if key != "description"}  # for who reads the code
    described = (
        {"description": say(schema["description"].partition("\n")[0])} if "description" in schema else {}
    )
    properties = {key: _property(key, owner, one, inner, say) for key, one in schema["properties"].items()}
    return {**schema, **described, "properties": properties}


def _property(name: str, owner: str, schema: Schema, inner: Mapping[str, Schema], say: Say) -> Schema:
    own, drawn = _without_null(schema)
    target = inner.get(drawn["$ref"].rpartition("/")[2], {}) if "$ref" in drawn else drawn
    words = _words().get(f"{owner}.{name}") or _words().get(name, {})
    given = own.pop("ui", None)
    hints = dict(given or target.get("ui") or {})
    if given is None and hints.get("widget") == "text" and "widget" in words:
        hints["widget"] = words["widget"]  # of all texts, this one is long
    hints["widget"] = hints.get("widget") or _widget(words, target, drawn)
    help_text = own.pop("description", "") or hints.get("help") or words.get("help", "")
    if help_text:
        hints["help"] = say(help_text)
    if example := hints.get("example") or words.get("example"):
        hints["example"] = say(example) if hints["widget"] != "rule" and in_words(example) else example
    if words.get("apart"):
        hints["apart"] = True  # a way that does not go on to where the others go
    named = words.get("labels", {})
    if (values := _values(target)) and (named or hints["widget"] != "hidden"):
        hints["labels"] = {str(value): say(named.get(str(value)) or _label(value)) for value in values}
    return {**own, "title": say(_title(name, own, words)), "ui": hints}


def _without_null(schema: Schema) -> tuple[Schema, Schema]:
    """The property as it is handed out, and the part of it that says how it is drawn."""
    variants = schema.get("anyOf")
    if not variants:
        return dict(schema), schema
    rest = [one for one in variants if one.get("type") != "null"]
    around = {key: value for key, value in schema.items() if key != "anyOf"}
    if len(rest) < len(variants):
        around["nullable"] = True
    if len(rest) == 1:
        return {**rest[0], **around}, rest[0]
    return {**around, "anyOf": rest}, {**rest[0], **around}


def _widget(words: Mapping[str, Any], target: Schema, drawn: Schema) -> str:
    """What the words say, or what follows from the shape; empty where nothing does."""
    if "widget" in words and target.get("type") not in ("integer", "boolean"):
        return str(words["widget"])
    if "oneOf" in target or "discriminator" in target:
        return "variant"
    if _values(target):
        return "select"
    if target.get("type") == "object" and isinstance(target.get("additionalProperties"), dict):
        return "named"
    return BY_TYPE.get(str(target.get("type")), "")


def _values(schema: Schema) -> list[Any]:
    """The values that can be chosen; of a list, those of its items."""
    if schema.get("type") == "array":
        return _values(schema.get("items", {}))
    return list(schema.get("enum", [])) or ([schema["const"]] if "const" in schema else [])


def _label(value: Any) -> str:
    return str(value).replace("_", " ").capitalize() if str(value).islower() else str(value)


def _title(name: str, own: Schema, words: Mapping[str, Any]) -> str:
    """Its own title, unless pydantic made it of the name."""
    made = name.title().replace("_", " ")
    given = own.get("title", "")
    return str(given if given not in ("", made, "Text") else words.get("title", given or made))
