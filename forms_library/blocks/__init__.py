"""Reusable parts of forms, a file each; an entry `{block: person, key: applicant}` becomes its fields."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
ENTRY_WORDS = {"block", "key", "show_when", "without", "fields"}
OWN_FIELD = re.compile(r"\bblock\.([A-Za-z][A-Za-z0-9_]*)")
RULES = ("show_when", "required_when")


def block_keys() -> list[str]:
    """The blocks that there are, by the names of their files."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def block(key: str) -> dict[str, Any]:
    """One block as it stands in its file."""
    if key not in block_keys():
        raise ValueError(f'There is no block "{key}". There are: {", ".join(block_keys())}.')
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / f"{key}.yaml").read_text(encoding="utf-8"))
    return loaded


def expand_blocks(entries: list[Any]) -> list[Any]:
    """Put the fields of each block in the place of its entry; anything else stays as it is."""
    expanded: list[Any] = []
    for entry in entries:
        if isinstance(entry, dict) and "block" in entry:
            expanded.extend(fields_of(entry))
        else:
            expanded.append(entry)
    return expanded


def fields_of(entry: dict[Any, Any]) -> list[dict[str, Any]]:
    """The fields of one block entry, each key prefixed by the key of the entry."""
    _refuse_odd_words(entry)
    known = {field["key"]: field for field in block(str(entry["block"]))["fields"]}
    without, changes = entry.get("without", []), entry.get("fields", {})
    if not isinstance(without, list) or not isinstance(changes, dict):
        raise ValueError('"without" is a list of fields and "fields" gives changes by field.')
    for name in [*without, *changes]:
        if name not in known:
            raise ValueError(f'The block "{entry["block"]}" has no field "{name}".')
    kept = [{**field, **_mapping(changes.get(key, {}))} for key, field in known.items() if key not in without]
    return [_prefixed(field, str(entry["key"]), entry.get("show_when")) for field in kept]


def _refuse_odd_words(entry: dict[Any, Any]) -> None:
    for word in entry:
        if word not in ENTRY_WORDS:
            raise ValueError(f'"{word}" is not known in a block entry.')
    if not isinstance(entry.get("key"), str) or not KEY.fullmatch(entry["key"]):
        raise ValueError('A block entry needs a "key" of small letters, digits and _.')


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("Changes of a block are given as {field: {label: ..., hint: ...}}.")
    return value


def _prefixed(field: dict[str, Any], prefix: str, show_when: Any) -> dict[str, Any]:
    own = {**field, "key": f"{prefix}_{field['key']}"}
    for rule in RULES:
        if isinstance(own.get(rule), str):
            own[rule] = OWN_FIELD.sub(rf"answers.{prefix}_\1", own[rule])
    if show_when is not None:
        own["show_when"] = f"({show_when}) && ({own['show_when']})" if own.get("show_when") else show_when
    return own
