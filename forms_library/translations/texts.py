"""Every text of a definition with a path that stays: keys instead of positions wherever there is a key."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from engine.core.registry import UnknownType
from engine.core.text import Text
from forms_library.catalogue import field_types
from forms_library.definition import Field

Way = tuple[str, ...]
NAMES = ("key", "field")  # what tells the parts of a list from each other
MARKS = "translations"  # where a package keeps what is stale; itself no text


def texts_of(definition: BaseModel) -> Iterator[tuple[str, Text]]:
    """The texts that a definition was given, in its order, each with its path: pages/about/title."""
    for way, text in _texts(definition, ()):
        yield "/".join(way), text


def _texts(part: Any, way: Way) -> Iterator[tuple[Way, Text]]:
    if isinstance(part, Text):
        if part:
            yield way, part
    elif isinstance(part, BaseModel):
        for name, info in type(part).model_fields.items():
            if name in part.model_fields_set and name != MARKS:
                inner = (
                    _options(part) if name == "options" and isinstance(part, Field) else getattr(part, name)
                )
                yield from _texts(inner, (*way, info.alias or name))
    elif isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _texts(inner, (*way, str(name)))
    elif isinstance(part, list | tuple):
        for number, inner in enumerate(part):
            yield from _texts(inner, (*way, _name(inner) or str(number)))


def _options(field: Field) -> Any:
    """The options of a field as its type reads them; without texts where they cannot be read."""
    try:
        return field_types[field.type].Options.model_validate(field.options)
    except (UnknownType, ValidationError):
        return {}


def _name(part: Any) -> str:
    names = (part.get(name) if isinstance(part, Mapping) else getattr(part, name, None) for name in NAMES)
    return next((name for name in names if isinstance(name, str)), "")


def replace_text(document: dict[str, Any], path: str, text: Text) -> bool:
    """Put a text into a written definition, in place; False where the path leads nowhere."""
    *way, last = path.split("/")
    holder: Any = document
    for name in way:
        place = _place(holder, name)
        if place is None:
            return False
        holder = holder[place]
    place = _place(holder, last)
    if place is None:
        return False
    holder[place] = text.model_dump()
    return True


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """What stands at a path in a written definition; None where it leads nowhere."""
    found: Any = document
    for name in path.split("/"):
        place = _place(found, name)
        if place is None:
            return None
        found = found[place]
    return found


def _place(holder: Any, name: str) -> str | int | None:
    if isinstance(holder, Mapping):
        return name if name in holder else None
    if isinstance(holder, Sequence) and not isinstance(holder, str):
        found = (number for number, part in enumerate(holder) if _name(part) == name)
        number = next(found, int(name) if name.isdecimal() and int(name) < len(holder) else None)
        return number if number is not None and (_name(holder[number]) or str(number)) == name else None
    return None
