"""The pieces of a digital-form-builder form, and the defects that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from engine.core.problems import Part
from forms_library.coverage.pieces import Path, Piece, dicts, leaves

WIDTH = re.compile(r"govuk-input--width-(\d+)")
NAMED = ("name", "type", "list", "children", "title", "hint", "content", "values", "nameHasError")
TEXTS = ("Para", "Html", "InsetText", "Details", "WarningText", "List", "FlashCard")


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Pages, components, their settings, items, conditions and links."""
    for number, page in dicts(document.get("pages")):
        at: Path = ("pages", number)
        path = str(page.get("path") or "")
        checks = any(word in str(page.get("controller")).lower() for word in ("/summary", "/confirm"))
        yield Piece("page", at, path, "page.checkanswers" if checks else page.get("title"))
        for index, component in dicts(page.get("components")):
            yield from _component(component, (*at, "components", index), document)
        for index, link in dicts(page.get("next")):
            yield Piece(
                "link", (*at, "next", index), path, link.get("condition") or "", str(link.get("path") or "")
            )
        for word in page.keys() - {"path", "title", "components", "next", "section", "controller"}:
            for place, value in leaves(page[word], (*at, word)):
                if value is not False:
                    yield Piece("option", place, path, value)
    for number, condition in dicts(document.get("conditions")):
        yield Piece("condition", ("conditions", number), str(condition.get("name")), condition.get("value"))
    for word in document.keys() - {"pages", "lists", "conditions", "sections", "startPage", "name"}:
        for place, value in leaves(document[word], (word,)):
            if value is not False:
                yield Piece("option", place, "", value)


def _component(component: dict[str, Any], at: Path, document: dict[str, Any]) -> Iterator[Piece]:
    name = str(component.get("name") or "")
    yield Piece("component", at, name, component.get("type"))
    for word in ("title", "hint", "content"):
        if component.get(word):
            yield Piece("option", (*at, word), name, component[word])
    for word in component.keys() - set(NAMED):
        for place, value in leaves(component[word], (*at, word)):
            if not (value is False and place[-1] != "required") and place[-1] != "list":
                if place[-2:] == ("options", "required") and component.get("type") in TEXTS:
                    continue  # nothing is asked
                if place[-2:] == ("options", "condition"):
                    yield Piece("condition", place, name, value)
                else:
                    yield from (Piece("option", place, name, part) for part in _meant(place[-1], value))
    yield from _items(component, at, name, document)
    for index, child in dicts(component.get("children")):
        yield from _component(child, (*at, "children", index), document)


def _meant(word: Part, value: Any) -> list[Any]:
    """Some settings say in one word what is kept as a number, or in one text what is kept as several."""
    if width := WIDTH.fullmatch(str(value).strip()):
        return [int(width[1])]
    if word == "acceptedFiles":
        kinds = {kind.strip().rpartition("/")[2] for kind in str(value).split(",") if kind.strip()}
        return sorted("jpg" if kind == "jpeg" else kind for kind in kinds)
    return [value]


def _items(component: dict[str, Any], at: Path, name: str, document: dict[str, Any]) -> Iterator[Piece]:
    """The items of the list that the component uses, or of its own."""
    values = component.get("values")
    if isinstance(values, dict) and values.get("type") == "static":
        for index, item in dicts(values.get("items")):
            yield Piece("item", (*at, "values", "items", index), name, (item.get("value"), item.get("label")))
        return
    options = component.get("options")
    wanted = component.get("list") or (options.get("list") if isinstance(options, dict) else None)
    for number, one in dicts(document.get("lists")):
        if wanted and one.get("name") == wanted:
            for index, item in dicts(one.get("items")):
                yield Piece(
                    "item", ("lists", number, "items", index), name, (item.get("value"), item.get("text"))
                )
            return


def defects(document: dict[str, Any]) -> set[tuple[str, Path]]:
    """Links to missing pages, unsound or unused conditions, missing lists."""
    found: set[tuple[str, Path]] = set()
    pages = dicts(document.get("pages"))
    paths = {str(page.get("path") or "") for _, page in pages}
    conditions = {
        str(one.get("name")): (number, one.get("value")) for number, one in dicts(document.get("conditions"))
    }
    asked, lists = _asked(document), {str(one.get("name") or "") for _, one in dicts(document.get("lists"))}
    uses = list(_uses(document))
    for number, page in pages:
        for index, link in dicts(page.get("next")):
            if str(link.get("path") or "") not in paths and not link.get("redirect"):
                found.add(("unknown_page", ("pages", number, "next", index)))
    for name, at, followed in uses:
        if name not in conditions:
            found |= {("unknown_condition", at)} if followed else set()
        elif followed and _reads(conditions[name][1], conditions, 0) - asked:
            found.add(("unknown_field", at))
    used = {name for name, _, _ in uses} | _inside(conditions)
    found |= {
        ("unused_condition", ("conditions", number))
        for name, (number, _) in conditions.items()
        if name not in used
    }
    if str(document.get("startPage") or "") not in paths:
        found.add(("unknown_page", ("startPage",)))
    for number, page in pages:
        for index, component in dicts(page.get("components")):
            wanted = component.get("list")
            if wanted and str(wanted) not in lists and component.get("type") != "YesNoField":
                found.add(("unknown_list", ("pages", number, "components", index, "list")))
    return found


def _asked(document: dict[str, Any]) -> set[str]:
    return {
        str(component.get("name"))
        for _, page in dicts(document.get("pages"))
        for _, component in dicts(page.get("components"))
        if component.get("type") not in TEXTS
    }


def _uses(document: dict[str, Any]) -> Iterator[tuple[str, Path, bool]]:
    """Every use of a condition with its place; a link to nowhere is not followed."""
    paths = {str(page.get("path") or "") for _, page in dicts(document.get("pages"))}
    for number, page in dicts(document.get("pages")):
        for index, link in dicts(page.get("next")):
            if link.get("condition"):
                yield (
                    str(link["condition"]),
                    ("pages", number, "next", index, "condition"),
                    str(link.get("path") or "") in paths,
                )
        for index, component in dicts(page.get("components")):
            options = component.get("options")
            if isinstance(options, dict) and options.get("condition"):
                yield (
                    str(options["condition"]),
                    ("pages", number, "components", index, "options", "condition"),
                    True,
                )
    used_lists = {
        str(component.get("list"))
        for _, page in dicts(document.get("pages"))
        for _, component in dicts(page.get("components"))
    }
    for number, one in dicts(document.get("lists")):
        for index, item in dicts(one.get("items")):
            if item.get("condition"):
                place = ("lists", number, "items", index, "condition")
                yield str(item["condition"]), place, str(one.get("name")) in used_lists
    for number, fee in dicts(document.get("fees")):
        if fee.get("condition"):
            yield str(fee["condition"]), ("fees", number, "condition"), False


def _reads(model: Any, conditions: dict[str, tuple[int, Any]], depth: int) -> set[str]:
    """The fields that a condition model reads, also through the conditions that it names."""
    if not isinstance(model, dict) or depth > 20:
        return set()
    found: set[str] = set()
    for _, part in dicts(model.get("conditions")):
        if "conditionName" in part:
            found |= _reads(conditions.get(str(part["conditionName"]), (0, None))[1], conditions, depth + 1)
        elif "conditions" in part:
            found |= _reads(part, conditions, depth + 1)
        elif isinstance(part.get("field"), dict):
            found.add(str(part["field"].get("name")).rsplit(".", 1)[-1])
    return found


def _inside(conditions: dict[str, tuple[int, Any]]) -> set[str]:
    found: set[str] = set()
    stack = [model for _, model in conditions.values()]
    while stack:
        model = stack.pop()
        if isinstance(model, dict):
            stack += [part for _, part in dicts(model.get("conditions"))]
            found |= {str(model["conditionName"])} if "conditionName" in model else set()
    return found
