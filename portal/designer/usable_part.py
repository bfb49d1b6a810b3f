"""As much of a certificate or a message as can be shown, of a draft that may be incomplete or wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Shape = TypeVar("Shape", bound=BaseModel)


def usable_part(shape: type[Shape], given: Any, stand_ins: Mapping[str, Any]) -> Shape:
    """The part with what is right of it; what is missing or wrong is left away, or stood in for."""
    part = (
        {name: one for name, one in given.items() if isinstance(name, str)} if isinstance(given, dict) else {}
    )
    for attempt in (part, _without_faults(shape, part)):
        try:
            return shape.model_validate({**stand_ins, **attempt})
        except ValidationError:
            continue
    return shape.model_validate(dict(stand_ins))


def _without_faults(shape: type[BaseModel], part: dict[str, Any]) -> dict[str, Any]:
    """The part without the settings that are wrong; of a list only the entries that are."""
    try:
        shape.model_validate(part)
    except ValidationError as error:
        wrong = _wrong(error)
    else:
        return part
    kept: dict[str, Any] = {}
    for name, value in part.items():
        faults = wrong.get(name, set())
        if isinstance(value, list) and None not in faults:
            kept[name] = [one for number, one in enumerate(value) if number not in faults]
        elif not faults:
            kept[name] = value
    return kept


def _wrong(error: ValidationError) -> dict[str, set[int | None]]:
    """By the name of a setting, the places of the wrong entries of a list; None stands for all of it."""
    found: dict[str, set[int | None]] = defaultdict(set)
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        name, *inside = fault["loc"]
        found[str(name)].add(inside[0] if inside and isinstance(inside[0], int) else None)
    return dict(found)
