"""The defects that stand in an Open Forms export, found without the importer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from forms_library.coverage.pieces import Path, dicts

Found = set[tuple[str, Path]]
# no answer is asked by these
TEXTS = ("fieldset", "columns", "content", "well", "panel", "softRequiredErrors")
# what the old system knows without asking
STATIC = (
    "today", "now", "current_year", "environment", "form_name", "form_id", "language_code", "submission_id",
    "auth", "auth_bsn", "auth_kvk", "auth_pseudo", "auth_type", "auth_context",
)  # fmt: skip


def defects(document: dict[str, Any]) -> Found:
    """Conditions and rules that read or change components and steps that there are not."""
    found: Found = set()
    if "components" in document and "forms" not in document:
        names = {str(component.get("key")) for _, component in components(document, ())}
        return set(_simple(components(document, ()), names))
    parts = parts_of(document)
    listed = [
        pair
        for number, definition in dicts(parts.get("formDefinitions"))
        for pair in components(configuration_of(definition), ("formDefinitions", number, "configuration"))
    ]
    names = {str(component.get("key")) for _, component in listed}
    names |= {str(one.get("key")) for _, one in dicts(parts.get("formVariables"))}
    steps = {str(step.get(word)) for _, step in dicts(parts.get("formSteps")) for word in ("url", "uuid")}
    found |= set(_simple(listed, names))
    for number, rule in dicts(parts.get("formLogic")):
        found |= set(_of_rule(rule, ("formLogic", number), names, steps))
    return found


def parts_of(document: dict[str, Any]) -> dict[str, Any]:
    """The files of an export by their names."""
    return {PurePosixPath(name).stem: value for name, value in document.items()}


def configuration_of(definition: dict[str, Any]) -> dict[str, Any]:
    """The components of a definition, which may be written as text."""
    configuration = definition.get("configuration")
    if isinstance(configuration, str):
        try:
            configuration = json.loads(configuration)
        except ValueError:
            return {}
    return configuration if isinstance(configuration, dict) else {}


def components(holder: dict[str, Any], at: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All components with their places, at any depth."""
    for index, component in dicts(holder.get("components")):
        yield (*at, "components", index), component
        yield from components(component, (*at, "components", index))
    for index, column in dicts(holder.get("columns")):
        yield from components(column, (*at, "columns", index))


def _simple(listed: Any, names: set[str]) -> Iterator[tuple[str, Path]]:
    for at, component in listed:
        condition = component.get("conditional")
        when = str(condition.get("when") or "") if isinstance(condition, dict) else ""
        if when and when not in names and when.partition(".")[0] not in names:
            yield "unknown_field", (*at, "conditional")


def _of_rule(rule: dict[str, Any], at: Path, names: set[str], steps: set[str]) -> Iterator[tuple[str, Path]]:
    if any(not _known(name, names) for name in _reads(rule.get("json_logic_trigger"))):
        yield "unknown_field", (*at, "json_logic_trigger")
        return
    for index, action in dicts(rule.get("actions")):
        what = action.get("action")
        kind = what.get("type") if isinstance(what, dict) else ""
        if kind == "property" and str(action.get("component") or "") not in names:
            yield "unknown_field", (*at, "actions", index)
        words = ("form_step_uuid", "form_step", "formStepUuid", "formStep")
        named = {str(action.get(word)) for word in words if action.get(word)}
        if kind in ("step-applicable", "step-not-applicable") and not named & steps:
            yield "unknown_page", (*at, "actions", index)


def _known(name: str, names: set[str]) -> bool:
    return name in names or name in STATIC or name.rpartition(".")[0] in names


def _reads(rule: Any) -> set[str]:
    """The names that a rule reads; an operation without arguments reads nothing."""
    if isinstance(rule, dict):
        given = rule.get("var")
        own = given[0] if isinstance(given, list) and given else given
        found = {own} if isinstance(own, str) and own else set()
        return found.union(*(_reads(part) for part in rule.values()))
    return set().union(*(_reads(part) for part in rule)) if isinstance(rule, list) and rule else set()
