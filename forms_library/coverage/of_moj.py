"""The pieces of a MOJ Forms service, and the defects that stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from forms_library.coverage.pieces import TITLE, WHOLE, Path, Piece, dicts, settings, strays
from forms_library.coverage.xgov_defects import text

# what hangs the parts together, and is checked by the pieces of those parts
HANGING = ("_id", "_uuid", "_type", "name", "collection", "items", "order", "conditionals", "display")
OF_PAGES = ("_id", "_uuid", "_type", "url", "components", "add_component", "add_extra_component")
OF_ITEMS = ("_id", "_uuid", "_type", "name", "collection", "value", "label", "text")
USUAL = (("max_files", "1"), ("date_type", "day-month-year"))
DEEPEST = 12
LAST = ("page.checkanswers", "page.confirmation")
BECOMES: dict[str, tuple[str, ...]] = {
    "text": ("short_text", "masked"), "textarea": ("long_text",), "number": ("decimal",), "email": ("email",),
    "phone": ("phone",), "date": ("date", "month_year"), "upload": ("file", "files"),
    "multiupload": ("files",), "address": ("address",), "radios": ("radio", "autocomplete"),
    "checkboxes": ("checkbox_group",), "autocomplete": ("autocomplete",),
    "select": ("select", "autocomplete"), "content": ("content",),
}  # fmt: skip
WHERE: dict[str, tuple[str, ...]] = {
    "max_word": ("max_words",), "maxwords": ("max_words",), "maxchars": ("max_length",), "rows": ("rows",),
    "max_length": ("max_length",), "min_length": ("min_length",), "pattern": ("pattern",),
    "minimum": ("min",), "maximum": ("max",), "width_class_input": ("width",), "max_size": ("max_megabytes",),
    "max_files": ("max",), "min_files": ("min",), "date_before": ("latest",), "date_after": ("earliest",),
}  # fmt: skip
# true of every answer of a kind here
IMPLIED = {
    "email": ("email",), "number": ("number",), "date": ("date",), "address": ("address", "postcode"),
    "upload": ("upload", "virus_scan"), "multiupload": ("multiupload", "virus_scan"),
    "autocomplete": ("autocomplete",), "radios": ("radios",), "checkboxes": ("checkboxes",),
}  # fmt: skip


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Pages, components, their settings, items, conditions and links of the flow; and all else."""
    whole = {number for number, _ in _pages(document)}
    for number, page in dicts(document.get("pages")):
        if number in whole:
            yield from _page(page, ("pages", number))
        else:
            yield from settings(page, ("pages", number), WHOLE, ())
    yield from _flow(document)
    yield from settings(document, (), WHOLE, ("_id", "_type", "locale", "service_name", "pages", "flow"))
    if document.get("service_name"):
        yield Piece("option", ("service_name",), TITLE, document["service_name"])
    yield from strays(document.get("pages"), ("pages",))


def is_askable(document: dict[str, Any]) -> bool:
    """Whether there is anything that could become a form."""
    return any(text(page, "_type") not in LAST for _, page in _pages(document))


def name_of(holder: dict[str, Any]) -> str:
    """By what a page or component is known."""
    return text(holder, "_uuid") or text(holder, "_id")


def _pages(document: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """The pages that have an identifier of their own."""
    met = set[str]()
    found = []
    for number, page in dicts(document.get("pages")):
        if name_of(page) not in met:
            met.add(name_of(page))
            found.append((number, page))
    return found


def _page(page: dict[str, Any], at: Path) -> Iterator[Piece]:
    identifier = name_of(page)
    yield Piece("page", at, identifier, page.get("_type"))
    for index, component in dicts(page.get("components")):
        yield from _component(component, (*at, "components", index))
    known = ("heading", "lede", "body", "before_you_start", "section_heading")
    last = text(page, "_type") in LAST
    for piece in settings(page, at, identifier, OF_PAGES):
        if not (last and piece.path[len(at)] in ("heading", "section_heading")):
            yield piece if piece.path[len(at)] in known else replace(piece, owner=WHOLE)
    yield from strays(page.get("components"), (*at, "components"))


def _component(component: dict[str, Any], at: Path) -> Iterator[Piece]:
    name, kind = name_of(component) or text(component, "name"), text(component, "_type")
    yield Piece("component", at, name, kind, where=BECOMES.get(kind, ("-",)))
    for index, item in dicts(component.get("items")):
        place = (*at, "items", index)
        yield Piece("item", place, name, (_value(item), text(item, "label") or text(item, "text")))
        same = ("legend",) if item.get("legend") == item.get("label") else ()
        yield from settings(item, place, name, (*OF_ITEMS, *same))
    yield from strays(component.get("items"), (*at, "items"))
    if component.get("conditionals") or component.get("display") in ("never", "conditional"):
        yield Piece("condition", (*at, "conditionals"), name)
    if text(component, "display") not in ("", "never", "always", "conditional"):
        yield Piece("option", (*at, "display"), WHOLE, component["display"])
    for piece in settings(component, at, name, HANGING):
        yield from _meant(piece, kind)


def _value(item: dict[str, Any]) -> str:
    return text(item, "_uuid") or text(item, "value") or text(item, "label") or text(item, "text")


def _meant(piece: Piece, kind: str) -> Iterator[Piece]:
    """What is true of a kind anyway says nothing; sizes of files are given in bytes, kept in megabytes."""
    word, value = str(piece.path[-1]), piece.value
    if (word, str(value)) in USUAL and kind in ("upload", "date"):
        return
    if value is True and word in IMPLIED.get(kind, ()):
        return
    if word == "max_size" and str(value).isdigit() and int(value) % 1_048_576 == 0:
        value = int(value) // 1_048_576
    yield Piece("option", piece.path, piece.owner, value, where=WHERE.get(word, ()))


def _flow(document: dict[str, Any]) -> Iterator[Piece]:
    """A link for each way between two pages, branches being followed; and what steps say beside."""
    flow = document.get("flow")
    steps = flow if isinstance(flow, dict) else {}
    kinds = {name_of(page): text(page, "_type") for _, page in _pages(document)}
    for name, kind in kinds.items():
        if kind not in (*LAST, "page.exit") and name in steps:
            yield from _ways(name, name, steps, kinds, "", ())
    for name, step in steps.items():
        if isinstance(step, dict):
            last = kinds.get(name) in LAST
            yield from settings(step, ("flow", name), WHOLE, ("_type", "next"))
            after = {} if last else _next(step)
            yield from settings(after, ("flow", name, "next"), WHOLE, ("default", "conditionals"))
        else:
            yield from settings({name: step}, ("flow",), WHOLE, ())
    if not isinstance(flow, dict):
        yield from strays(flow, ("flow",))


def _ways(
    start: str, name: str, steps: dict[str, Any], kinds: dict[str, str], condition: str, by: tuple[Path, ...]
) -> Iterator[Piece]:
    after = _next(steps.get(name))
    for index, way in dicts(after.get("conditionals")):
        at: Path = ("flow", name, "next", "conditionals", index)
        yield from _way(start, text(way, "next"), at, steps, kinds, text(way, "_uuid"), by)
    at = ("flow", name, "next", "default")
    if text(after, "default"):
        yield from _way(start, text(after, "default"), at, steps, kinds, condition, by)


def _next(step: Any) -> dict[str, Any]:
    after = step.get("next") if isinstance(step, dict) else None
    return after if isinstance(after, dict) else {}


def _way(
    start: str, goal: str, at: Path, steps: dict[str, Any], kinds: dict[str, str], condition: str,
    by: tuple[Path, ...],
) -> Iterator[Piece]:  # fmt: skip
    before = {place[1] for place in by} | {at[1]}
    if goal in kinds or goal in before or goal not in steps or len(by) > DEEPEST:
        target = "" if kinds.get(goal) in LAST or not goal else goal
        yield Piece("link", at, start, condition, target, by=by)
        return
    yield from _ways(start, goal, steps, kinds, condition, (*by, at))


def defects(document: dict[str, Any]) -> set[tuple[str, Path]]:
    """Ways that lead nowhere, and steps and conditions of what is not there."""
    flow = document.get("flow")
    steps = flow if isinstance(flow, dict) else {}
    pages = {name_of(page) for _, page in _pages(document)}
    asked = _asked(document)
    found: set[tuple[str, Path]] = set()
    for name, step in steps.items():
        if isinstance(step, dict) and text(step, "_type") == "flow.page" and name not in pages:
            found.add(("unknown_page", ("flow", name)))
        after = _next(step)
        ways: list[tuple[str, Path]] = [(text(after, "default"), ("flow", name, "next", "default"))]
        for index, way in dicts(after.get("conditionals")):
            at: Path = ("flow", name, "next", "conditionals", index)
            ways.append((text(way, "next"), at))
            if _reads(way) - asked:
                found.add(("unknown_field", at))
        found |= {
            ("unknown_page", at) for goal, at in ways if goal and goal not in pages and goal not in steps
        }
    whole = {number for number, _ in _pages(document)}
    twice = {number for number, _ in dicts(document.get("pages")) if number not in whole}
    found |= {("doubled_page", ("pages", number)) for number in twice}
    return found | _in_components(document, asked)


def _asked(document: dict[str, Any]) -> set[str]:
    return {
        name_of(component)
        for _, page in _pages(document)
        if text(page, "_type") not in LAST
        for _, component in dicts(page.get("components"))
        if component.get("_type") != "content"
    }


def _in_components(document: dict[str, Any], asked: set[str]) -> set[tuple[str, Path]]:
    found: set[tuple[str, Path]] = set()
    for number, page in _pages(document):
        for index, component in dicts(page.get("components")) if text(page, "_type") not in LAST else ():
            ways = [way for _, way in dicts(component.get("conditionals"))]
            if any(_reads(way) - asked for way in ways):
                found.add(("unknown_field", ("pages", number, "components", index, "conditionals")))
    return found


def _reads(way: dict[str, Any]) -> set[str]:
    return {text(part, "component") for _, part in dicts(way.get("expressions"))}
