"""Whatever forms of digital-form-builder may hold, put into a form by chance."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.properties.damage.general import GENERAL, ODD, copied
from tests.properties.damage.xgov_words import (
    CONTENTS,
    OPERATORS,
    OPTIONS,
    PAGE,
    SCHEMA,
    STRINGS,
    TYPES,
    VALUES,
    WHOLE,
)

OFFERING = ("SelectField", "AutocompleteField", "RadiosField", "CheckboxesField", "List", "FlashCard")
TEXTS = ("Para", "Html", "InsetText", "Details", "WarningText")


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def listed(holder: dict[str, Any], word: str) -> list[Any]:
    """The list under a word, made where there is none."""
    if not isinstance(holder.get(word), list):
        holder[word] = []
    made: list[Any] = holder[word]
    return made


def _pages(document: Any) -> list[dict[str, Any]]:
    return dicts_in(document.get("pages")) if isinstance(document, dict) else []


def _components(document: Any) -> list[dict[str, Any]]:
    found = []
    for page in _pages(document):
        for part in dicts_in(page.get("components")):
            found += [part, *dicts_in(part.get("children"))]
    return found


def _names(document: Any) -> list[str]:
    return [str(part.get("name")) for part in _components(document) if part.get("name")] or ["a"]


def add_component(document: Any, random: Random) -> None:
    """A component of any type, known or not."""
    pages = _pages(document)
    if not pages:
        return
    kind = random.choice(TYPES)
    part: dict[str, Any] = {"type": kind, "name": f"n{random.randrange(10_000)}", "title": f"A {kind}",
                            "options": {}, "schema": {}}  # fmt: skip
    if random.random() < 0.5:
        hints = ["Say it", "<p class='x'>Say <b>it</b></p>", {"en": "Hint", "cy": "Awgrym"}]
        part["hint"] = random.choice(hints)
    if kind in TEXTS or random.random() < 0.1:
        part["content"] = random.choice(CONTENTS)
    if kind in OFFERING:
        part["list"] = _some_list(document, random)
        part["values"] = {"type": "listRef"}
    if kind == "MultiInputField":
        part["children"] = [_child(random) for _ in range(random.randint(0, 3))]
    listed(random.choice(pages), "components").append(part)


def _child(random: Random) -> dict[str, Any]:
    name = f"k{random.randrange(10_000)}"
    return {"type": random.choice(TYPES), "name": name, "title": "Child", "options": {}, "schema": {}}


def _some_list(document: Any, random: Random) -> str:
    lists = listed(document, "lists")
    name = f"l{random.randrange(4)}"
    if random.random() < 0.7:
        count = random.choice([0, 1, 3, 5, 320])
        items: list[Any] = [{"text": f"Item {n}", "value": random.choice([n, f"v{n}"])} for n in range(count)]
        more: list[dict[str, Any]] = [
            {}, {"description": "Longer"}, {"condition": "c0"}, {"condition": ""}, {"hint": "h"},
            {"conditional": {"components": [{"type": "TextField"}]}}, {"text": {"en": "One", "cy": "Un"}},
            {"checkpointDisplayValue": 3},
        ]  # fmt: skip
        for item in items[:2]:
            item |= copied(random.choice(more))
        kind = random.choice(["string", "number"])
        lists.append({"name": name, "title": "A list", "type": kind, "items": items})
    return name


def set_option(document: Any, random: Random) -> None:
    """A setting of a component."""
    if parts := _components(document):
        word = random.choice(list(OPTIONS))
        options = random.choice(parts).setdefault("options", {})
        if isinstance(options, dict):
            options[word] = copied(random.choice(OPTIONS[word]))


def set_schema(document: Any, random: Random) -> None:
    """A limit of a component."""
    if parts := _components(document):
        word = random.choice(list(SCHEMA))
        schema = random.choice(parts).setdefault("schema", {})
        if isinstance(schema, dict):
            schema[word] = copied(random.choice(SCHEMA[word]))


def set_type(document: Any, random: Random) -> None:
    """A component of another type."""
    if parts := _components(document):
        random.choice(parts)["type"] = random.choice(TYPES)


def set_page(document: Any, random: Random) -> None:
    """A setting of a page."""
    if pages := _pages(document):
        word = random.choice(list(PAGE))
        random.choice(pages)[word] = copied(random.choice(PAGE[word]))


def set_whole(document: Any, random: Random) -> None:
    """A setting of the form."""
    if isinstance(document, dict):
        word = random.choice(list(WHOLE))
        document[word] = copied(random.choice(WHOLE[word]))


def _model(document: Any, random: Random, depth: int) -> dict[str, Any]:
    parts: list[Any] = []
    for number in range(random.randint(1, 3)):
        roll = random.random()
        if roll < 0.15:
            name = random.choice(["c0", "c1", "gone"])
            part: dict[str, Any] = {"conditionName": name, "conditionDisplayName": "c"}
        elif roll < 0.3 and depth < 3:
            part = _model(document, random, depth + 1)
        else:
            part = _part(document, random)
        if number:
            part["coordinator"] = random.choice(["and", "or"])
        parts.append(part)
    return {"name": "m", "conditions": parts}


def _part(document: Any, random: Random) -> dict[str, Any]:
    name = random.choice([*_names(document), "gone"])
    value: Any = {"type": "Value", "value": random.choice(VALUES), "display": "x"}
    if random.random() < 0.2:
        value = {"type": "RelativeTime", "timePeriod": random.choice(["18", "3", "x"]), "timeOnly": False,
                 "timeUnit": random.choice(["years", "months", "days", "hours"]),
                 "direction": random.choice(["in the past", "in the future"])}  # fmt: skip
    field = {"name": name, "type": "TextField", "display": "x"}
    return {"field": field, "operator": random.choice(OPERATORS), "value": value}


def add_condition(document: Any, random: Random) -> None:
    """A condition, as a model or as text, and a link that may use it."""
    if not isinstance(document, dict):
        return
    name = f"c{random.randrange(4)}"
    value: Any = _model(document, random, 0)
    if random.random() < 0.4:
        names = _names(document)
        value = (
            random.choice(STRINGS).replace("{a}", random.choice(names)).replace("{b}", random.choice(names))
        )
    shown = random.choice([name, "A rule"])
    listed(document, "conditions").append({"name": name, "displayName": shown, "value": value})
    use_condition(document, random)


def use_condition(document: Any, random: Random) -> None:
    """A link that is followed only at times, to any page."""
    pages = _pages(document)
    if not pages:
        return
    link: dict[str, Any] = {"path": random.choice([page.get("path") for page in pages] + ["/gone"])}
    if random.random() < 0.8:
        link["condition"] = f"c{random.randrange(4)}"
    if random.random() < 0.1:
        link |= random.choice([{"redirect": "https://example.org"}, {"if": "x"}, {"title": "On"}])
    listed(random.choice(pages), "next").insert(0, link)


def add_section(document: Any, random: Random) -> None:
    """A section, shown or not, and a page in it."""
    if isinstance(document, dict):
        title = random.choice(["Part", {"en": "Part", "cy": "Rhan"}, ""])
        made = {"name": f"s{random.randrange(2)}", "title": title}
        more = random.choice([{}, {"hideTitle": True}, {"hideTitle": False}])
        listed(document, "sections").append(made | more)
        for page in _pages(document)[:1]:
            page["section"] = made["name"]


def add_page(document: Any, random: Random) -> None:
    """A page with a way on, and perhaps with a way to it."""
    if not isinstance(document, dict):
        return
    pages = listed(document, "pages")
    paths = [page.get("path") for page in _pages(document)] or ["/summary"]
    path = random.choice([f"/p{random.randrange(100)}", "", "no-slash", "/A b/ü", random.choice(paths)])
    page = {"path": path, "title": random.choice(["A page", "", None]), "components": [],
            "next": [{"path": random.choice(paths)}]}  # fmt: skip
    pages.insert(random.randrange(len(pages) + 1), page)
    add_component(document, random)


def set_odd(document: Any, random: Random) -> None:
    """An odd value at one of the words that matter."""
    words = [
        "title",
        "hint",
        "content",
        "name",
        "path",
        "list",
        "options",
        "schema",
        "type",
        "next",
        "components",
    ]
    if parts := [*_components(document), *_pages(document)]:
        random.choice(parts)[random.choice(words)] = copied(random.choice(ODD))


XGOV = (
    *GENERAL, add_component, add_component, set_option, set_option, set_option, set_schema, set_schema,
    set_type, set_page, set_page, set_whole, add_condition, add_condition, use_condition, add_section,
    add_page, set_odd,
)  # fmt: skip
