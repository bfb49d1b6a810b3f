"""Where a rule stands: at which page or question of a form, and whether that is answered by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forms_library.definition import HOLDING

FORMS, PAGES, FIELDS, OPTIONS, CHECKS, NEXT = "forms", "pages", "fields", "options", "checks", "next"


@dataclass(frozen=True)
class RulePlace:
    """The place of a rule. `inside`: it is asked when the questions of the page or group are answered."""

    form_key: str = ""
    page_key: str = ""
    keys: tuple[str, ...] = ()
    inside: bool = False


def place_of(document: dict[str, Any], path: Sequence[Any]) -> RulePlace:
    """The place of the setting at a path of the document; outside of forms that of a step."""
    if len(path) < 2 or path[0] != FORMS:
        return RulePlace()
    form_key, here, rest = str(path[1]), _at(document, path[:4]), list(path[4:])
    page_key, keys = _key(here), tuple[str, ...]()
    while len(rest) >= 2 and (rest[0] == FIELDS or (rest[0] in HOLDING and keys)):
        here, rest = _at(here, rest[:2]), rest[2:]
        keys = (*keys, _key(here))
        if len(rest) >= 3 and rest[0] == OPTIONS and rest[1] in HOLDING:
            here, rest = _at(here, [OPTIONS]), rest[1:]
    about_itself = rest[:2] == [OPTIONS, CHECKS] if keys else rest[:1] in ([CHECKS], [NEXT])
    return RulePlace(form_key, page_key, keys, about_itself)


def _at(value: Any, path: Sequence[Any]) -> Any:
    """What stands at a path; None where nothing does."""
    for part in path:
        if isinstance(value, dict) and isinstance(part, str):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
            value = value[part]
        else:
            return None
    return value


def _key(value: Any) -> str:
    key = value.get("key") if isinstance(value, dict) else None
    return key if isinstance(key, str) else ""
