"""The pieces of a MOJ Forms service, and the defects that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from forms_library.coverage.pieces import Path, Piece, dicts, leaves

NAMED = ("_id", "_uuid", "_type", "name", "collection", "items", "order", "conditionals", "display")
USUAL = (("max_files", "1"), ("date_type", "day-month-year"))
LAST = ("page.checkanswers", "page.confirmation")


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Pages, components, their settings, items, conditions and links of the flow."""
    for number, page in dicts(document.get("pages")):
        at: Path = ("pages", number)
        identifier = str(page.get("_uuid") or page.get("_id"))
        yield Piece("page", at, identifier, page.get("_type"))
        for word in (
            "heading",
            "lede",
            "body",
            "before_you_start",
            "section_heading",
            "send_body",
            "send_heading",
        ):
            if page.get(word) and not (word == "heading" and page.get("_type") == LAST[0]):
                yield Piece("option", (*at, word), identifier, page[word])
        for word in ("components", "extra_components"):
            for index, component in dicts(page.get(word)):
                yield from _component(component, (*at, word, index))
    yield from _flow(document)
    for number, page in dicts(document.get("standalone_pages")):
        yield Piece("page", ("standalone_pages", number), str(page.get("_uuid")), page.get("_type"))


def _component(component: dict[str, Any], at: Path) -> Iterator[Piece]:
    name = str(component.get("_uuid") or component.get("_id") or component.get("name"))
    yield Piece("component", at, name, component.get("_type"))
    for index, item in dicts(component.get("items")):
        value = item.get("_uuid") or item.get("value")
        yield Piece("item", (*at, "items", index), name, (value, item.get("label") or item.get("text")))
    if component.get("conditionals") or component.get("display") == "never":
        yield Piece("condition", (*at, "conditionals"), name)
    for word in component.keys() - set(NAMED):
        for place, value in leaves(component[word], (*at, word)):
            usual = (place[-1], str(value)) in USUAL and component.get("_type") in ("upload", "date")
            if not usual and (not isinstance(value, bool) or place[-1] == "required"):
                yield Piece("option", place, name, _meant(place[-1], value))


def _meant(word: Any, value: Any) -> Any:
    """Sizes of files are given in bytes, and kept in whole megabytes."""
    return max(1, round(int(value) / 1_048_576)) if word == "max_size" and str(value).isdigit() else value


def _flow(document: dict[str, Any]) -> Iterator[Piece]:
    """A link for each way between two pages; branches are followed."""
    flow = document.get("flow")
    steps = flow if isinstance(flow, dict) else {}
    pages = {str(page.get("_uuid")): str(page.get("_type")) for _, page in dicts(document.get("pages"))}
    for name, kind in pages.items():
        if kind not in (*LAST, "page.exit") and name in steps:
            yield from _ways(name, name, steps, pages, "", 0)


def _ways(
    start: str, name: str, steps: dict[str, Any], pages: dict[str, str], condition: str, depth: int
) -> Iterator[Piece]:
    after = _next(steps.get(name))
    for index, way in dicts(after.get("conditionals")):
        at: Path = ("flow", name, "next", "conditionals", index)
        yield from _way(start, str(way.get("next")), at, steps, pages, str(way.get("_uuid")), depth)
    if after.get("default"):
        yield from _way(
            start, str(after["default"]), ("flow", name, "next", "default"), steps, pages, condition, depth
        )


def _next(step: Any) -> dict[str, Any]:
    after = step.get("next") if isinstance(step, dict) else None
    return after if isinstance(after, dict) else {}


def _way(
    start: str, goal: str, at: Path, steps: dict[str, Any], pages: dict[str, str], condition: str, depth: int
) -> Iterator[Piece]:
    if goal in pages or depth > 50 or goal not in steps:
        target = "" if pages.get(goal) in LAST else goal
        yield Piece("link", at, start, condition, target)
        return
    yield from _ways(start, goal, steps, pages, condition, depth + 1)


def defects(document: dict[str, Any]) -> set[tuple[str, Path]]:
    """Ways that lead nowhere, and steps and conditions of what is not there."""
    found: set[tuple[str, Path]] = set()
    flow = document.get("flow")
    steps = flow if isinstance(flow, dict) else {}
    pages = {str(page.get("_uuid")) for _, page in dicts(document.get("pages"))}
    asked = {
        str(component.get("_uuid"))
        for _, page in dicts(document.get("pages"))
        for _, component in dicts(page.get("components"))
        if component.get("_type") != "content"
    }
    used = {piece.path for piece in pieces(document) if piece.kind == "link"}
    for piece in (piece for piece in pieces(document) if piece.kind == "link"):
        if piece.target and piece.target not in pages and piece.target not in steps:
            place = piece.path if piece.path[-1] == "default" else (*piece.path, "next")
            found.add(("unknown_page", place))
    for name, step in steps.items():
        if not isinstance(step, dict):
            continue
        if step.get("_type") == "flow.page" and name not in pages:
            found.add(("unknown_page", ("flow", name)))
        for index, way in dicts(_next(step).get("conditionals")):
            at: Path = ("flow", name, "next", "conditionals", index)
            reads = {str(part.get("component")) for _, part in dicts(way.get("expressions"))}
            if reads - asked and at in used:
                found.add(("unknown_field", at))
    return found
