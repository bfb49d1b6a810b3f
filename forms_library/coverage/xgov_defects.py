"""The defects that stand in a digital-form-builder form, found without the importer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from forms_library.coverage.pieces import Path, dicts

Found = set[tuple[str, Path]]
TEXTS = ("Para", "Html", "InsetText", "Details", "WarningText", "List", "FlashCard")
OFFERING = ("RadiosField", "CheckboxesField", "SelectField", "AutocompleteField", *TEXTS)
QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
NAME = re.compile(r"[A-Za-z_][\w.\-]*")
# the words of a written condition that name no field
SAID = ("true", "false", "and", "or", "not", "in", "length", "dateForComparison", "timeForComparison")


def defects(document: dict[str, Any]) -> Found:
    """Links to missing pages, conditions on missing fields, unused conditions, missing lists and sections."""
    return _pages(document) | _conditions(document) | _lists(document)


def text(holder: dict[str, Any], word: str) -> str:
    """A name as it stands, without blanks around it."""
    value = holder.get(word)
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return "".join(letter for letter in str(value) if letter >= " " or letter in "\n\t").strip()


def first(document: dict[str, Any], word: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a list of which each has a name of its own; a second of one name does not count."""
    seen = set[str]()
    for number, one in dicts(document.get(word)):
        if text(one, name) not in seen:
            seen.add(text(one, name))
            yield number, one


def components(document: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All components with their places, also those in rows."""
    ahead: list[tuple[Path, dict[str, Any]]] = [
        (("pages", number, "components", index), component)
        for number, page in first(document, "pages", "path")
        for index, component in dicts(page.get("components"))
    ]
    while ahead:
        at, component = ahead.pop()
        yield at, component
        ahead += [((*at, "children", index), child) for index, child in dicts(component.get("children"))]


def is_summary(page: dict[str, Any]) -> bool:
    """Whether a page is the one on which the answers are checked: nothing of it is asked."""
    controller = str(page.get("controller") or "").lower()
    checks = "summary" in controller or (text(page, "path") == "/summary" and "confirm" in controller)
    return checks and "minisummary" not in controller


def is_hidden(section: dict[str, Any]) -> bool:
    """Whether nobody sees the title of a section."""
    return str(section.get("hideTitle")).strip().lower() == "true"


def wanted_list(component: dict[str, Any]) -> str:
    """The name of the list that a component offers; one with choices of its own needs none."""
    own = component.get("values")
    if isinstance(own, dict) and own.get("type") == "static" and component.get("type") not in TEXTS:
        return ""
    options = component.get("options")
    return text(component, "list") or (text(options, "list") if isinstance(options, dict) else "")


def _pages(document: dict[str, Any]) -> Found:
    pages = list(first(document, "pages", "path"))
    kept, paths = {number for number, _ in pages}, {text(page, "path") for _, page in pages}
    sections = {text(one, "name") for _, one in dicts(document.get("sections"))}
    found: Found = {
        ("doubled_page", ("pages", number, "path"))
        for number, _ in dicts(document.get("pages"))
        if number not in kept
    }
    for number, page in pages:
        if text(page, "section") and text(page, "section") not in sections:
            found.add(("unknown_section", ("pages", number, "section")))
        for index, link in dicts(page.get("next")):
            if text(link, "path") not in paths and not link.get("redirect"):
                found.add(("unknown_page", ("pages", number, "next", index)))
    if text(document, "startPage") not in paths:
        found.add(("unknown_page", ("startPage",)))
    return found


def _lists(document: dict[str, Any]) -> Found:
    lists = {text(one, "name") for _, one in dicts(document.get("lists"))}
    summaries = {number for number, page in dicts(document.get("pages")) if is_summary(page)}
    return {
        ("unknown_list", (*at, "list"))
        for at, component in components(document)
        if at[1] not in summaries
        and component.get("type") in OFFERING
        and wanted_list(component)
        and wanted_list(component) not in lists
    }


def _conditions(document: dict[str, Any]) -> Found:
    conditions = list(first(document, "conditions", "name"))
    names = {text(one, "name") for _, one in conditions}
    asked = {text(one, "name") for _, one in components(document) if one.get("type") not in TEXTS}
    uses = list(_uses({word: part for word, part in document.items() if word != "conditions"}, ()))
    found: Found = {("unknown_condition", at) for at, name in uses if name not in names}
    used = {name for _, name in uses}
    used |= {name for _, one in conditions for name in reads(one.get("value"))[1]}
    for number, one in conditions:
        at: Path = ("conditions", number)
        fields, others = reads(one.get("value"))
        if any(name not in asked and name.rsplit(".", 1)[-1] not in asked for name in fields):
            found.add(("unknown_field", at))
        if others - names:
            found.add(("unknown_condition", at))
        if text(one, "name") not in used:
            found.add(("unused_condition", at))
    return found


def _uses(value: Any, at: Path) -> Iterator[tuple[Path, str]]:
    """Every place that names a condition: links, texts, choices, fees, letters."""
    if isinstance(value, dict):
        for word, part in value.items():
            if word == "condition" and isinstance(part, str) and part.strip():
                yield (*at, word), part.strip()
            else:
                yield from _uses(part, (*at, word))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _uses(part, (*at, index))


def reads(model: Any) -> tuple[set[str], set[str]]:
    """The fields and the other conditions that a condition reads."""
    if isinstance(model, str):
        written = NAME.findall(QUOTED.sub(" ", model))
        return {name for name in written if name not in SAID}, set()
    fields, others, stack = set[str](), set[str](), [model]
    while stack:
        part = stack.pop()
        if not isinstance(part, dict):
            continue
        stack += [one for _, one in dicts(part.get("conditions"))]
        if "conditionName" in part:
            others.add(text(part, "conditionName"))
        elif "field" in part:
            fields.add(
                text(part["field"] if isinstance(part["field"], dict) else {"name": part["field"]}, "name")
            )
    return fields, others
