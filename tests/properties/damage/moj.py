"""Everything that services of MOJ Forms are known to hold, put into a service by chance."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.properties.damage.general import GENERAL, ODD, copied
from tests.properties.damage.xgov import dicts_in, listed

TYPES = (
    "text", "textarea", "number", "email", "phone", "date", "upload", "multiupload", "address", "radios",
    "checkboxes", "autocomplete", "select", "content", "somethingnew",
)  # fmt: skip
PAGES = (
    "page.start", "page.content", "page.singlequestion", "page.multiplequestions", "page.exit",
    "page.checkanswers", "page.confirmation", "page.standalone", "page.odd",
)  # fmt: skip
VALIDATION: dict[str, tuple[Any, ...]] = {
    "required": (True, False), "min_length": (0, 2, "5", 9_999), "max_length": (1, "20", 50_000, 0),
    "min_word": (3,), "max_word": (100, "50", 0), "pattern": ("[A-Z]+", "^[0-9]{3}$", "(?=x)", "(("),
    "format": ("uuid",), "multiple_of": (5,), "minimum": (0, "1.5", -3), "maximum": (10, "1e9", 1e20),
    "exclusive_minimum": (True,), "exclusive_maximum": (True, False), "date_before": ("2030-01-31", "soon"),
    "date_after": ("2000-10-24T00:00:00Z", "2000-13-01"), "virus_scan": (True,), "number": (True,),
    "date_within_next": ({"amount": 1, "unit": "years"},), "accept": (["image/jpeg", "video/mp4"], "pdf", []),
    "max_size": (7_340_032, "7MB", "1500000", "big"), "max_files": ("3", 1, 0, 99), "email": (True,),
    "date": (True,), "postcode": (True,), "address": (True,), "autocomplete": (True,),
}  # fmt: skip
SETTINGS: dict[str, tuple[Any, ...]] = {
    "hint": ("Help", "<b>Help</b>", ""), "label": ("A label", "", 5), "legend": ("A legend",),
    "rows": (5, 99, "3"), "width_class_input": ("10", "11", 20, "wide"), "max_files": (2, "1"),
    "date_type": ("month-year", "day-month", "year"), "min_files": (0, 1, 2), "maxwords": (50,),
    "maxchars": (300, 99_999), "threshold": (80,), "errors": ({"required": {"any": "Say it"}},),
    "show": (False, {"a": 1}), "redact": ("*",), "optionalText": ("x",), "autocomplete": ("off",),
    "spellcheck": ("true",), "disabled": (True,), "classes": ("x",), "id": ("x",),
    "attributes": ({"a": "b"},),
    "label_summary": ("Short",), "namespace": ("n",), "repeatable": (True,), "_isa": ("x",), "extra": ("x",),
    "display": ("always", "never", "conditional", "odd"), "content": ("Words", "", "# Title\n\n* a"),
    "conditionals": ([], [{"_type": "if", "expressions": []}], "x"),
}  # fmt: skip
OF_PAGES: dict[str, tuple[Any, ...]] = {
    "heading": ("A title", "", "<i>T</i>"), "lede": ("First",), "body": ("* one\n* two", "<p>x</p>"),
    "before_you_start": ("Wait",), "section_heading": ("Part", "<b>Part</b>"), "send_body": ("Send",),
    "send_heading": ("Now",), "url": ("/", "", "a/b", "ü"), "_type": PAGES, "summary_of": ("x",),
    "extra_components": ([{"_type": "content", "content": "More"}],), "_uuid": ("same", "", None),
    "panels": ([1],),
}  # fmt: skip
OPERATORS = ("is", "is_not", "is_answered", "is_not_answered", "contains", "does_not_contain", "odd", "")
KINDS = ("if", "and", "or", "odd")


def _pages(document: Any) -> list[dict[str, Any]]:
    return dicts_in(document.get("pages")) if isinstance(document, dict) else []


def _parts(document: Any) -> list[dict[str, Any]]:
    return [part for page in _pages(document) for part in dicts_in(page.get("components"))]


def _flow(document: Any) -> dict[str, Any]:
    found = document.get("flow") if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _ids(document: Any) -> list[str]:
    return [str(page.get("_uuid")) for page in _pages(document)] + [*_flow(document), "gone", ""]


def add_component(document: Any, random: Random) -> None:
    """A component of any type, known or not, on a page."""
    pages = _pages(document)
    if not pages:
        return
    kind, number = random.choice(TYPES), random.randrange(1_000)
    name, required = f"q_{number}", random.random() < 0.5
    part: dict[str, Any] = {"_id": name, "_type": kind, "_uuid": f"u{number}", "name": name,
                            "label": f"A {kind}", "validation": {"required": required}}  # fmt: skip
    if kind in ("radios", "checkboxes", "autocomplete", "select"):
        part["items"] = [_item(number, n, random) for n in range(random.choice([0, 1, 3, 320]))]
    listed(random.choice(pages), "components").append(part)


def _item(number: int, n: int, random: Random) -> dict[str, Any]:
    identifier = random.choice([f"u{number}i{n}", "same"])
    more: list[dict[str, Any]] = [
        {}, {"hint": "Help"}, {"conditional_component": {"_type": "text"}}, {"hasDivider": True},
        {"legend": "Odd", "validation": {"required": True}},
    ]  # fmt: skip
    made = {"_id": f"i{n}", "_uuid": identifier, "label": f"Item {n}", "value": f"v{n}"}
    return made | copied(random.choice(more))


def set_setting(document: Any, random: Random) -> None:
    """A word of a component."""
    if parts := _parts(document):
        word = random.choice(list(SETTINGS))
        random.choice(parts)[word] = copied(random.choice(SETTINGS[word]))


def set_validation(document: Any, random: Random) -> None:
    """A limit of a component."""
    if parts := _parts(document):
        word = random.choice(list(VALIDATION))
        holder = random.choice(parts).setdefault("validation", {})
        if isinstance(holder, dict):
            holder[word] = copied(random.choice(VALIDATION[word]))


def set_type(document: Any, random: Random) -> None:
    """A component of another type."""
    if parts := _parts(document):
        random.choice(parts)["_type"] = random.choice(TYPES)


def set_page(document: Any, random: Random) -> None:
    """A word of a page."""
    if pages := _pages(document):
        word = random.choice(list(OF_PAGES))
        random.choice(pages)[word] = copied(random.choice(OF_PAGES[word]))


def _expressions(document: Any, random: Random) -> list[dict[str, Any]]:
    parts, made = _parts(document) or [{}], []
    for _ in range(random.randint(0, 3)):
        part = random.choice(parts)
        item = random.choice(dicts_in(part.get("items")) or [{}])
        made.append({"operator": random.choice(OPERATORS), "page": "x",
                     "component": random.choice([str(part.get("_uuid")), "gone"]),
                     "field": random.choice([item.get("_uuid"), "", "gone", "true"])})  # fmt: skip
    return made


def add_branch(document: Any, random: Random) -> None:
    """A branch with ways to pages, to other branches, to itself."""
    flow = _flow(document)
    if not flow:
        return
    name = f"b{random.randrange(3)}"
    ids = [*_ids(document), name]
    ways = [{"_uuid": random.choice([f"c{n}", ""]), "_type": random.choice(KINDS), "next": random.choice(ids),
             "expressions": _expressions(document, random)} for n in range(random.randint(0, 3))]  # fmt: skip
    after = {"default": random.choice(ids), "conditionals": ways}
    flow[name] = {"_type": "flow.branch", "title": "Branching point", "next": after}
    step = flow[random.choice(list(flow))]
    if isinstance(step, dict):
        step["next"] = {"default": name}


def show_at_times(document: Any, random: Random) -> None:
    """A component that is shown only at times."""
    if parts := _parts(document):
        part = random.choice(parts)
        part["display"] = random.choice(["conditional", "conditional", "always", "never"])
        kind, expressions = random.choice(KINDS), _expressions(document, random)
        part["conditionals"] = [{"_uuid": "d", "_type": kind, "expressions": expressions}]


def add_page(document: Any, random: Random) -> None:
    """A page, in the flow or not."""
    pages = document.get("pages") if isinstance(document, dict) else None
    if isinstance(pages, list):
        number = random.randrange(1_000)
        identifier, kind = random.choice([f"p{number}", *_ids(document)]), random.choice(PAGES)
        page = {"_id": f"page.{number}", "_uuid": identifier, "_type": kind, "url": f"u{number}",
                "heading": "A page", "components": []}  # fmt: skip
        pages.insert(random.randrange(len(pages) + 1), page)
        if random.random() < 0.5:
            after = {"default": random.choice(_ids(document))}
            _flow(document)[f"p{number}"] = {"_type": "flow.page", "next": after}
        add_component(document, random)


def set_odd(document: Any, random: Random) -> None:
    """An odd value at one of the words that matter."""
    words = ["_uuid", "_type", "items", "validation", "components", "label", "name", "heading"]
    if holders := [*_parts(document), *_pages(document)]:
        random.choice(holders)[random.choice(words)] = copied(random.choice(ODD))


MOJ = (
    *GENERAL, add_component, add_component, set_setting, set_setting, set_setting, set_validation,
    set_validation, set_type, set_page, set_page, add_branch, add_branch, show_at_times, add_page, set_odd,
)  # fmt: skip
