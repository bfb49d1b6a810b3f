"""Whether a JSON value has the shape of a kind of answer, before anything is done with it."""

from typing import Any

from engine.core.rules import Group, Kind, Rows

JSON_TYPES: dict[str, type] = {
    "text": str,
    "integer": int,
    "decimal": str,
    "yes_no": bool,
    "date": str,
    "choices": list,
}


def has_shape(kind: Kind, value: Any) -> bool:
    """True when the value is made as answers of this kind are stored."""
    if isinstance(kind, Group):
        return isinstance(value, dict) and all(
            key in kind.fields and has_shape(kind.fields[key], part) for key, part in value.items()
        )
    if isinstance(kind, Rows):
        return isinstance(value, list) and all(has_shape(Group(kind.fields), row) for row in value)
    if isinstance(value, bool) and kind != "yes_no":
        return False
    if kind == "choices":
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return isinstance(value, JSON_TYPES[kind])
