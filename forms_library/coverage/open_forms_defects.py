"""The defects that stand in an Open Forms export, found without the importer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from forms_library.coverage.pieces import Path, dicts
from forms_library.coverage.xgov_defects import text

OVER_ITEMS = {"map", "filter", "reduce", "all", "some", "none"}
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
        names = {text(component, "key") for _, component in components(document, ())}
        return set(_simple(components(document, ()), names))
    parts = parts_of(document)
    listed = [
        pair
        for number, definition in dicts(parts.get("formDefinitions"))
        if is_used(definition, parts)
        for pair in components(configuration_of(definition), ("formDefinitions", number, "configuration"))
    ]
    names = {text(component, "key") for _, component in listed}
    names |= {text(one, "key") for _, one in dicts(parts.get("formVariables"))}
    names -= {""}
    steps = {text(step, word) for _, step in dicts(parts.get("formSteps")) for word in ("url", "uuid")}
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


def is_used(definition: dict[str, Any], parts: dict[str, Any]) -> bool:
    """Whether a step names these questions; where no step names any, all of them are used."""
    every = [one for _, one in dicts(parts.get("formDefinitions"))]
    return _is_named(definition, parts) or not any(_is_named(one, parts) for one in every)


def _is_named(definition: dict[str, Any], parts: dict[str, Any]) -> bool:
    names = {text(definition, word) for word in ("url", "uuid", "name")} - {""}
    slug = text(definition, "slug")
    return any(
        text(step, "form_definition") in names or (slug and text(step, "slug") == slug)
        for _, step in dicts(parts.get("formSteps"))
    )


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
        found = condition.get("when") if isinstance(condition, dict) else ""
        when = found if isinstance(found, str) else ""
        if when and when not in names and when.partition(".")[0] not in names:
            yield "unknown_field", (*at, "conditional")


def _of_rule(rule: dict[str, Any], at: Path, names: set[str], steps: set[str]) -> Iterator[tuple[str, Path]]:
    if any(not _known(name, names) for name in _reads(rule.get("json_logic_trigger"))):
        yield "unknown_field", (*at, "json_logic_trigger")
    for index, action in dicts(rule.get("actions")):
        what = action.get("action")
        kind = what.get("type") if isinstance(what, dict) else ""
        if kind == "property" and text(action, "component") not in names:
            yield "unknown_field", (*at, "actions", index)
        words = ("form_step_uuid", "form_step", "formStepUuid", "formStep")
        named = {text(action, word) for word in words} - {""}
        if kind in ("step-applicable", "step-not-applicable") and not named & steps:
            yield "unknown_page", (*at, "actions", index)


def _known(name: str, names: set[str]) -> bool:
    return name in names or name in STATIC or name.rpartition(".")[0] in names


def _reads(rule: Any) -> set[str]:
    """The names that a rule reads; an operation without arguments reads nothing."""
    if isinstance(rule, dict) and OVER_ITEMS & rule.keys():  # inside, names are those of an item
        return _reads([part[0] for part in rule.values() if isinstance(part, list) and part])
    if isinstance(rule, dict):
        given = rule.get("var")
        own = given[0] if isinstance(given, list) and given else given
        found = {own} if isinstance(own, str) and own else set()
        return found.union(*(_reads(part) for part in rule.values()))
    return set().union(*(_reads(part) for part in rule)) if isinstance(rule, list) and rule else set()
