"""The pieces of an Open Forms export, and the defects that stand in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from forms_library.coverage.pieces import EMPTY, Path, Piece, dicts, leaves

SAYS = (
    "label",
    "description",
    "tooltip",
    "html",
    "defaultValue",
    "placeholder",
    "prefix",
    "suffix",
    "maxNumberOfFiles",
)
CHECKS = (
    "required",
    "maxLength",
    "minLength",
    "maxWords",
    "minWords",
    "pattern",
    "min",
    "max",
    "customMessage",
    "plugins",
)


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Steps, components at any depth, their settings, items, conditions and rules."""
    if "components" in document:
        yield from _components(document, ())
        return
    parts = {PurePosixPath(name).stem: value for name, value in document.items()}
    for number, step in dicts(parts.get("formSteps")):
        yield Piece("page", ("formSteps", number), str(step.get("uuid")))
    for number, definition in dicts(parts.get("formDefinitions")):
        yield from _components(
            _read(definition.get("configuration")), ("formDefinitions", number, "configuration")
        )
    for number, rule in dicts(parts.get("formLogic")):
        yield Piece("condition", ("formLogic", number), "", rule.get("json_logic_trigger"))
    for number, form in dicts(parts.get("forms")):
        for place, value in leaves(form, ("forms", number)):
            said = {"name", "uuid", "steps", "active", "is_deleted", "maintenance_mode"}
            if value and place[2] not in said and place[2:] and value is not False:
                yield Piece("option", place, "", value)


def _read(configuration: Any) -> dict[str, Any]:
    if isinstance(configuration, str):
        try:
            configuration = json.loads(configuration)
        except ValueError:
            return {}
    return configuration if isinstance(configuration, dict) else {}


def _components(holder: dict[str, Any], at: Path) -> Iterator[Piece]:
    for index, component in dicts(holder.get("components")):
        yield from _component(component, (*at, "components", index))
    for index, column in dicts(holder.get("columns")):
        yield from _components(column, (*at, "columns", index))


def _component(component: dict[str, Any], at: Path) -> Iterator[Piece]:
    name = str(component.get("key") or "")
    yield Piece("component", at, name, component.get("type"))
    condition = component.get("conditional")
    if isinstance(condition, dict) and condition.get("when"):
        yield Piece("condition", (*at, "conditional"), name, condition)
    content = component.get("type") == "content"
    for word in SAYS:
        value = component.get(word)
        nothing = word == "defaultValue" and not _says_something(value)
        if value not in EMPTY and value is not False and not nothing and not (content and word == "label"):
            yield Piece("option", (*at, word), name, value)
    checks = component.get("validate")
    for word in CHECKS if isinstance(checks, dict) and not content else ():
        if checks and checks.get(word) not in EMPTY and checks[word] is not False:
            yield Piece("option", (*at, "validate", word), name, checks[word])
    data = component.get("data")
    values = component.get("values") or (data.get("values") if isinstance(data, dict) else None)
    holder: Path = ("values",) if component.get("values") else ("data", "values")
    for index, item in dicts(values):
        if item.get("value") or item.get("label"):
            yield Piece("item", (*at, *holder, index), name, (item.get("value"), item.get("label")))
    yield from _components(component, at)


def _says_something(value: Any) -> bool:
    return any(leaf for _, leaf in leaves(value, ()))


def defects(document: dict[str, Any]) -> set[tuple[str, Path]]:
    """Conditions and rules that read or change components that there are not."""
    found: set[tuple[str, Path]] = set()
    asked = {piece.owner for piece in pieces(document) if piece.kind == "component"}
    inputs = {
        piece.owner for piece in pieces(document) if piece.kind == "component" and piece.value not in HOLDERS
    }
    for piece in pieces(document):
        if piece.kind != "condition":
            continue
        if piece.path[-1] == "conditional":
            if str(piece.value.get("when")) not in inputs:
                found.add(("unknown_field", piece.path))
        elif any(not _known(name, inputs) for name in _reads(piece.value)):
            found.add(("unknown_field", (*piece.path, "json_logic_trigger")))
    for number, rule in dicts(
        {PurePosixPath(name).stem: part for name, part in document.items()}.get("formLogic")
    ):
        for index, action in dicts(rule.get("actions")):
            changed = action.get("component")
            what = action.get("action")
            kind = what.get("type") if isinstance(what, dict) else ""
            broken = ("unknown_field", ("formLogic", number, "json_logic_trigger")) in found
            if kind == "property" and changed not in asked and not broken:
                found.add(("unknown_field", ("formLogic", number, "actions", index)))
    return found


HOLDERS = ("fieldset", "columns", "content", "well", "panel")


def _known(name: str, asked: set[str]) -> bool:
    return name in asked or name in ("today", "now") or name.rpartition(".")[0] in asked


def _reads(rule: Any) -> set[str]:
    if isinstance(rule, dict):
        own = (
            {str(rule["var"][0] if isinstance(rule["var"], list) else rule["var"])}
            if rule.get("var")
            else set()
        )
        return own | {name for part in rule.values() for name in _reads(part)}
    return {name for part in rule for name in _reads(part)} if isinstance(rule, list) else set()
