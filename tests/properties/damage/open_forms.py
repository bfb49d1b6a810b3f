"""Whatever exports of Open Forms may hold, put into an export by chance."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from tests.properties.damage.general import GENERAL, ODD, copied
from tests.properties.damage.open_forms_words import ACTIONS, CHECKS, SETTINGS, TYPES
from tests.properties.damage.xgov import dicts_in


def _definitions(document: Any) -> list[dict[str, Any]]:
    """The configurations in which components stand, read from text where they are written so."""
    if not isinstance(document, dict):
        return []
    if isinstance(document.get("components"), list):
        return [document]
    listed = [part for name, part in document.items() if "formDefinitions" in str(name)]
    found = [_read(one) for part in listed for one in dicts_in(part)]
    return [one for one in found if isinstance(one, dict)]


def _read(definition: dict[str, Any]) -> Any:
    if isinstance(definition.get("configuration"), str):
        try:
            definition["configuration"] = json.loads(definition["configuration"])
        except ValueError:
            return None
    return definition.get("configuration")


def _parts(document: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    ahead: list[Any] = _definitions(document)
    while ahead:
        holder = ahead.pop()
        for word in ("components", "columns"):
            inside = dicts_in(holder.get(word))
            found += inside if word == "components" else []
            ahead += inside
    return found


def _keys(document: Any) -> list[str]:
    return [str(part.get("key")) for part in _parts(document)] + ["gone"]


def _item(n: int, random: Random) -> dict[str, Any]:
    translated = {"openForms": {"translations": {"en": {"label": "One"}}}}
    more = random.choice([{}, {"description": "x"}, translated, {"shortcut": "s"}])
    return {"label": f"Item {n}", "value": random.choice([f"v{n}", ""]), **copied(more)}


def _made(random: Random, depth: int = 0) -> dict[str, Any]:
    kind, number = random.choice(TYPES), random.randrange(1_000)
    part: dict[str, Any] = {"type": kind, "key": f"k{number}", "label": f"A {kind}", "validate": {}}
    items = [_item(n, random) for n in range(random.choice([0, 1, 3, 320]))]
    if kind in ("radio", "selectboxes"):
        part["values"] = items
    elif kind == "select":
        part["data"] = {"values": items, "url": "", "json": ""}
    elif kind == "content":
        part["html"] = random.choice(["<p>Words</p>", "", "<table><tr><td>1</td></tr></table>"])
    elif kind == "columns" and depth < 3:
        part["columns"] = [{"size": 6, "components": [_made(random, depth + 1)]} for _ in range(2)]
    elif kind in ("fieldset", "editgrid") and depth < 3:
        part["components"] = [_made(random, depth + 1) for _ in range(random.randint(0, 3))]
    return part


def add_component(document: Any, random: Random) -> None:
    """A component of any type, with others inside."""
    if holders := [one for one in _definitions(document) if isinstance(one.get("components"), list)]:
        random.choice(holders)["components"].append(_made(random))


def set_setting(document: Any, random: Random) -> None:
    """A word of a component."""
    if parts := _parts(document):
        word = random.choice(list(SETTINGS))
        random.choice(parts)[word] = copied(random.choice(SETTINGS[word]))


def set_check(document: Any, random: Random) -> None:
    """A limit of a component."""
    if parts := _parts(document):
        word = random.choice(list(CHECKS))
        holder = random.choice(parts).setdefault("validate", {})
        if isinstance(holder, dict):
            holder[word] = copied(random.choice(CHECKS[word]))


def set_type(document: Any, random: Random) -> None:
    """A component of another type."""
    if parts := _parts(document):
        random.choice(parts)["type"] = random.choice(TYPES)


def show_at_times(document: Any, random: Random) -> None:
    """A component that is shown or hidden by an answer."""
    if parts := _parts(document):
        random.choice(parts)["conditional"] = {
            "show": random.choice([True, False, "true", None]), "when": random.choice(_keys(document)),
            "eq": random.choice(["v0", "x", True, 5, "", None]),
        }  # fmt: skip


def _rule(document: Any, random: Random, depth: int = 0) -> Any:
    keys = _keys(document)
    read: Any = {"var": random.choice([*keys, f"{random.choice(keys)}.v0", "today", "mine", "gone"])}
    if depth < 2 and random.random() < 0.3:
        inside = [_rule(document, random, depth + 1) for _ in range(random.randint(0, 3))]
        return {random.choice(["and", "or"]): inside}
    value = random.choice(["v0", 5, True, None, "2024-01-01", 1.5])
    return random.choice([
        {random.choice(["==", "!=", ">", "<=", "==="]): [read, value]}, {"!": [read]}, {"!!": read}, read,
        {"in": ["v0", read]}, {"in": [read, ["v0", "v1"]]}, {"merge": [1]}, True, {"if": [read, True, False]},
        {">": [{"date": read}, {"-": [{"today": []}, {"rdelta": [18, 0, 0]}]}]}, {"and": [{"==": [1, 1]}]},
        "x", {}, {"==": [read]}, {"missing": ["a"]}, {"<": [1, read, 5]},
        {"some": [read, {"==": [{"var": "inner"}, 1]}]},
    ])  # fmt: skip


def add_rule(document: Any, random: Random) -> None:
    """A rule with one action or more."""
    if not isinstance(document, dict):
        return
    name = next((name for name in document if "formLogic" in str(name)), "")
    if name and isinstance(document[name], list):
        actions = [_action(document, random) for _ in range(random.randint(0, 2))]
        more = random.choice([{}, {"description": "Why"}, {"trigger_from_step": "s1"}])
        rule = {"uuid": "r", "json_logic_trigger": _rule(document, random), "actions": actions, **more}
        document[name].append(rule)


def _action(document: Any, random: Random) -> dict[str, Any]:
    component, step = random.choice([*_keys(document), ""]), random.choice(["s1", "s2", "gone", None])
    return {"component": component, "form_step_uuid": step, "action": copied(random.choice(ACTIONS))}


def set_form(document: Any, random: Random) -> None:
    """A word of the form, a variable, a file that nobody knows."""
    if not isinstance(document, dict) or "components" in document:
        return
    words = ["translations", "explanation_template", "literals", "new_word"]
    for name, part in list(document.items()):
        if str(name) in ("forms", "forms.json"):
            for one in dicts_in(part):
                one[random.choice(words)] = {"nl": "x"}
    document[random.choice(["formVariables.json", "odd.json"])] = [{"key": "mine", "source": "user_defined"}]


def set_odd(document: Any, random: Random) -> None:
    """An odd value at one of the words that matter."""
    words = ["key", "type", "label", "values", "validate", "conditional", "components", "data"]
    if parts := _parts(document):
        random.choice(parts)[random.choice(words)] = copied(random.choice(ODD))


OPEN_FORMS = (
    *GENERAL, add_component, add_component, set_setting, set_setting, set_setting, set_check, set_check,
    set_type, show_at_times, show_at_times, add_rule, add_rule, set_form, set_odd,
)  # fmt: skip
