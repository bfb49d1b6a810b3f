"""Conditions of real forms say the same here as there: both are asked about the same answers."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from engine.core.rules import Rule
from forms_library.compiled import CompiledField, CompiledForm, compile_form
from forms_library.coverage.sources import sources
from forms_library.importing.reading import read_forms
from forms_library.visibility import Moment

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
# the folders, each with how many answers must at least have been compared
FOLDERS = {"xgov-fsd": 1_000, "xgov-core": 30}
TODAY = date(2026, 11, 26)
TRIES = 12


def there(model: Any, models: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """What the builder of these forms makes of a condition: "and" binds tighter than "or"."""
    alternatives: list[list[bool]] = [[]]
    for part in model["conditions"]:
        if part.get("coordinator") == "or":
            alternatives.append([])
        alternatives[-1].append(part_there(part, models, answers))
    return any(all(parts) for parts in alternatives)


def part_there(part: Any, models: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """A part of a condition: another one by name, a group, or a comparison with a value."""
    if "conditionName" in part:
        return there(models[part["conditionName"]], models, answers)
    if "conditions" in part:
        return there(part, models, answers)
    given, wanted = answers[part["field"]["name"].rsplit(".", 1)[-1]], part["value"]["value"]
    if isinstance(given, bool):
        wanted = wanted == "true"
    elif isinstance(given, int | float):
        wanted = float(wanted)
    found = {
        "is": lambda: given == wanted,
        "is not": lambda: given != wanted,
        "contains": lambda: wanted in given,
        "does not contain": lambda: wanted not in given,
        "is at least": lambda: given >= wanted,
        "is at most": lambda: given <= wanted,
        "is less than": lambda: given < wanted,
        "is more than": lambda: given > wanted,
    }[part["operator"]]()
    return bool(found)


def some_answer(asked: CompiledField, random: Random) -> tuple[Any, Any]:
    """An answer as it is stored here, and as it is read there."""
    values = {choice["key"]: choice["origin"] for choice in asked.field.options.get("choices") or []}
    kind = asked.question.kind
    if kind == "yes_no":
        found = random.random() < 0.5
        return found, found
    if kind == "choices":
        keys = [key for key in values if random.random() < 0.4] or [random.choice(list(values))]
        return keys, [values[key] for key in keys]
    if values:
        key = random.choice(list(values))
        return key, values[key]
    number = random.choice([0, 1, 3, 500, 2_000_000])
    if kind in ("integer", "decimal"):
        return (number if kind == "integer" else f"{number}.00"), number
    text = random.choice(["x", "lisbon", "yes"])
    return text, text


def rules_of(form: CompiledForm) -> Iterator[tuple[str, Rule]]:
    """The rules of links, each with the name that its condition had."""
    for page in form.pages.values():
        yield from ((str(link.origin), rule) for link, rule in page.links if rule is not None and link.origin)


def fields_of(model: Any, models: Mapping[str, Any]) -> set[str]:
    """The fields that a condition reads; nothing when it is written as text."""
    found: set[str] = set()
    for part in model["conditions"] if isinstance(model, dict) else ():
        if "conditionName" in part:
            found |= fields_of(models.get(part["conditionName"]), models)
        elif "conditions" in part:
            found |= fields_of(part, models)
        else:
            found.add(part["field"]["name"].rsplit(".", 1)[-1])
    return found


def differences(document: Any) -> tuple[int, list[str]]:
    """How often both were asked, and where they did not say the same."""
    form = compile_form(read_forms(document).forms[0].form)
    conditions = document.get("conditions") or []
    models = {one["name"]: one["value"] for one in conditions if isinstance(one["value"], dict)}
    asked = {(one.field.origin or "").rsplit(".", 1)[-1]: one for one in form.fields.values()}
    random, count, wrong = Random(len(form.fields)), 0, []
    for name, rule in rules_of(form):
        names = sorted(fields_of(models.get(name), models))
        for _ in range(TRIES if names else 0):
            drawn = {one: some_answer(asked[one], random) for one in names}
            here = {asked[one].key: answer for one, (answer, _) in drawn.items()}
            abroad = {one: answer for one, (_, answer) in drawn.items()}
            count += 1
            if rule.run(Moment(TODAY).facts(form, here)).holds != there(models[name], models, abroad):
                wrong.append(f"{name}: {rule.source} for {abroad}")
    return count, wrong


@pytest.mark.parametrize("folder", FOLDERS)
def test_conditions_of_real_forms_say_the_same_as_where_they_come_from(folder: str) -> None:
    if not (CASES / folder).is_dir():
        pytest.skip(f"the shared cases {folder} are not here")
    found = [differences(one.document) for one in sources(CASES / folder) if one.importer is not None]
    assert [line for _, wrong in found for line in wrong] == []
    assert sum(count for count, _ in found) > FOLDERS[folder]


def test_a_rule_that_says_something_else_would_be_noticed() -> None:
    first = {"field": {"name": "a"}, "operator": "is", "value": {"value": "true"}}
    second = {**first, "coordinator": "and", "field": {"name": "b"}}
    third = {**first, "coordinator": "or", "field": {"name": "c"}}
    answers = {"a": False, "b": True, "c": True}
    assert there({"conditions": [first, second, third]}, {}, answers)
    assert not there({"conditions": [first, second, {**third, "coordinator": "and"}]}, {}, answers)
    assert fields_of({"conditions": [first, second, third]}, {}) == {"a", "b", "c"}
