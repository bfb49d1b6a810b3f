"""The pieces of a digital-form-builder form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from forms_library.coverage.pieces import TITLE, WHOLE, Path, Piece, dicts, leaves, settings, strays
from forms_library.coverage.xgov_defects import (
    OFFERING,
    TEXTS,
    components,
    defects,
    first,
    is_hidden,
    is_summary,
    reads,
    text,
    wanted_list,
)

__all__ = ["defects", "is_askable", "pieces"]

WIDTH = re.compile(r"govuk-input--width-(\d+)")
# what hangs the parts together, and is checked by the pieces of those parts
HANGING = ("name", "type", "list", "children", "values", "nameHasError")
PARTS = ("name", "pages", "lists", "conditions", "sections", "startPage")
NEVER = Piece("page", ("nowhere",), WHOLE)
LISTED = {"RadiosField": ("radio",), "CheckboxesField": ("checkbox_group",), "SelectField": ("select",),
          "AutocompleteField": ("autocomplete",), "YesNoField": ("yes_no",)}  # fmt: skip
BECOMES: dict[str, tuple[str, ...]] = {
    **LISTED,
    "TextField": ("short_text", "masked"), "FreeTextField": ("long_text",),
    "MultilineTextField": ("long_text",),
    "NumberField": ("integer", "decimal"), "DateField": ("date",), "DatePartsField": ("date",),
    "TimeField": ("time",), "MonthYearField": ("month_year",), "UkAddressField": ("address",),
    "WebsiteField": ("url",), "EmailAddressField": ("email",), "TelephoneNumberField": ("phone",),
    "FileUploadField": ("file", "files"), "ClientSideFileUploadField": ("files",),
    "MultiInputField": ("repeating_group",), "Para": ("content",), "Html": ("content",),
    "InsetText": ("inset", "content"), "WarningText": ("warning", "content"), "Details": ("details",),
    "List": ("content",), "FlashCard": ("content",),
}  # fmt: skip
WHERE: dict[tuple[str, str], tuple[str, ...]] = {
    ("options", "maxWords"): ("max_words",), ("options", "rows"): ("rows",),
    ("options", "prefix"): ("prefix",), ("options", "suffix"): ("unit",),
    ("schema", "precision"): ("places",), ("schema", "regex"): ("pattern",),
    ("schema", "min"): ("min", "min_length"), ("schema", "max"): ("max", "max_length"),
    ("schema", "length"): ("max_length",), ("options", "minimumRequiredFiles"): ("min",),
    ("dropzoneConfig", "maxFiles"): ("max",), ("dropzoneConfig", "maxFilesize"): ("max_megabytes",),
    ("dropzoneConfig", "acceptedFiles"): ("types",),
    ("options", "maxDaysInPast"): ("earliest",), ("options", "maxDaysInFuture"): ("latest",),
}  # fmt: skip


def pieces(document: dict[str, Any]) -> Iterator[Piece]:
    """Pages, components, their settings, items, conditions and links; and all else that says something."""
    whole = {page for page, _ in first(document, "pages", "path")}
    found = [piece for number, page in dicts(document.get("pages")) if number in whole
             for piece in _page(page, ("pages", number), document)]  # fmt: skip
    yield from found
    for number, page in dicts(document.get("pages")):
        if number not in whole:
            yield from settings(page, ("pages", number), WHOLE, ())
    yield from _lists(document)
    yield from _sections(document)
    yield from _conditions(document, found)
    yield from settings(document, (), WHOLE, PARTS)
    if document.get("name"):
        yield from (Piece("option", at, TITLE, value) for at, value in leaves(document["name"], ("name",)))
    for word in ("pages", "lists", "conditions", "sections"):
        yield from strays(document.get(word), (word,))


def is_askable(document: dict[str, Any]) -> bool:
    """Whether there is anything that could become a form."""
    return any(not is_summary(page) for _, page in dicts(document.get("pages")))


def _page(page: dict[str, Any], at: Path, document: dict[str, Any]) -> Iterator[Piece]:
    path = text(page, "path")[:500]
    yield Piece("page", at, path, page.get("title"))
    for index, component in dicts(page.get("components")):
        yield from _component(component, (*at, "components", index), document)
    for index, link in dicts(page.get("next")):
        yield from _link(link, (*at, "next", index), path)
    for piece in settings(page, at, path, ("path", "components", "next", "section")):
        yield piece if piece.path[len(at)] == "title" else replace(piece, owner=WHOLE)
    for word in ("components", "next"):
        yield from strays(page.get(word), (*at, word))
    if said := _title_of(text(page, "section"), document):
        yield Piece("option", (*at, "section"), path, said)


def _link(link: dict[str, Any], at: Path, path: str) -> Iterator[Piece]:
    yield Piece("link", at, path, text(link, "condition"), text(link, "path")[:500])
    yield from settings(link, at, WHOLE, ("path", "condition"))


def _title_of(section: str, document: dict[str, Any]) -> str:
    """What people see of a section."""
    for _, one in first(document, "sections", "name"):
        if section and text(one, "name") == section:
            return "" if is_hidden(one) else _words_of(one.get("title"))
    return ""


def _component(component: dict[str, Any], at: Path, document: dict[str, Any]) -> Iterator[Piece]:
    name, kind = text(component, "name")[:500], text(component, "type")
    yield Piece("component", at, name, kind, where=BECOMES.get(kind, ("-",)))
    for piece in settings(component, at, name, HANGING):
        if piece.path[len(at) :] == ("options", "condition"):
            yield Piece("condition", piece.path, name, str(piece.value).strip())
        elif piece.path[len(at) :] != ("options", "list"):
            yield from _meant(piece, kind)
    yield from _switched_off(component, (*at, "options"), name)
    for piece in _items(component, at, name, document):
        yield replace(piece, by=(at[:3],))  # an item goes with all that stands on a page
    for index, child in dicts(component.get("children")):
        yield from _component(child, (*at, "children", index), document)
    yield from strays(component.get("children"), (*at, "children"))


def _switched_off(component: dict[str, Any], at: Path, name: str) -> Iterator[Piece]:
    """Some settings mean something when they are off."""
    options = component.get("options")
    for word in ("required", "optionalText") if isinstance(options, dict) else ():
        if options and options.get(word) is False and component.get("type") not in TEXTS:
            yield Piece("option", (*at, word), name, False)


def _meant(piece: Piece, kind: str) -> Iterator[Piece]:
    """Some settings say in one word what is kept as a number, or in one text what is kept as several."""
    path, value = piece.path, piece.value
    where = WHERE.get((str(path[-2]), str(path[-1])), ())
    if (path[-1] == "optionalText" and value is True) or (path[-1] == "required" and kind in TEXTS):
        return  # as everywhere, or nothing is asked
    values: list[Any] = [value]
    if path[-1] == "required" and value is True:
        values = [True]
    elif path[-1] == "classes" and (width := WIDTH.fullmatch(str(value).strip())):
        where, values = ("width",), [int(width[1])]
    elif path[-2:] == ("schema", "integer") and value is True and kind == "NumberField":
        where, values = ("type",), ["integer"]
    elif path[-1] == "multiple" and value is True and kind == "FileUploadField":
        where, values = ("type",), ["files"]
    elif path[-1] == "precision" and str(value) == "0":
        where, values = ("type",), ["integer"]
    elif path[-1] == "acceptedFiles":
        kinds = {one.strip().rpartition("/")[2] for one in str(value).split(",") if one.strip()}
        values = sorted("jpg" if one == "jpeg" else one for one in kinds)
    yield from (Piece("option", path, piece.owner, one, where=where) for one in values)


def _items(component: dict[str, Any], at: Path, name: str, document: dict[str, Any]) -> Iterator[Piece]:
    """The items of the list that the component uses, or of its own."""
    values = component.get("values")
    if component.get("type") not in OFFERING:
        return
    if isinstance(values, dict) and values.get("type") == "static":
        yield from _item_pieces(values.get("items"), (*at, "values", "items"), name)
        return
    for number, one in first(document, "lists", "name"):
        if text(one, "name") == wanted_list(component) != "":
            yield from _item_pieces(one.get("items"), ("lists", number, "items"), name)


def _item_pieces(items: Any, at: Path, name: str) -> Iterator[Piece]:
    for index, item in dicts(items):
        label = _words_of(item.get("text")) or _words_of(item.get("label"))
        yield Piece("item", (*at, index), name, (item.get("value"), label))
        if condition := text(item, "condition"):
            value = text(item, "value") or label
            yield Piece("condition", (*at, index, "condition"), name, condition, target=value)
        yield from settings(item, (*at, index), name, ("value", "text", "label", "condition"))
    yield from strays(items, at)


def _words_of(value: Any) -> str:
    """A text, or all languages of one."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    return text({"": value}, "")


def _lists(document: dict[str, Any]) -> Iterator[Piece]:
    """What lists say of themselves, and all of one that nothing uses."""
    used = {
        wanted_list(component) for _, component in components(document) if component.get("type") in OFFERING
    }
    whole = {number for number, one in first(document, "lists", "name") if text(one, "name") in used}
    for number, one in dicts(document.get("lists")):
        usual = ("name", "items", "type") if one.get("type") == "string" else ("name", "items")
        yield from settings(one, ("lists", number), WHOLE, usual if number in whole else ())


def _sections(document: dict[str, Any]) -> Iterator[Piece]:
    """The title of a section stands on the pages that are part of it."""
    used = {text(page, "section") for _, page in first(document, "pages", "path")}
    whole = {number for number, one in first(document, "sections", "name") if text(one, "name") in used}
    for number, one in dicts(document.get("sections")):
        shown = number in whole and not is_hidden(one)
        yield from settings(one, ("sections", number), WHOLE, ("name", "title") if shown else ("name",))


def _conditions(document: dict[str, Any], found: list[Piece]) -> Iterator[Piece]:
    """Each condition with the places where it is used, also by way of another condition."""
    holders: dict[str, set[str]] = {}
    whole = list(first(document, "conditions", "name"))
    for _, one in whole:
        for inner in reads(one.get("value"))[1]:
            holders.setdefault(inner, set()).add(text(one, "name"))
    for number, one in dicts(document.get("conditions")):
        at, names = ("conditions", number), _above(text(one, "name"), holders)
        uses = [piece for piece in found if piece.kind in ("link", "condition") and piece.value in names]
        if number not in dict(whole):
            uses = []
        yield Piece("condition", at, WHOLE, one.get("value"), uses=(*uses, NEVER))
        named = (
            ("name", "value", "displayName")
            if one.get("displayName") == one.get("name")
            else ("name", "value")
        )
        yield from settings(one, at, WHOLE, named)


def _above(name: str, holders: dict[str, set[str]]) -> set[str]:
    """A condition and all that name it, directly or not."""
    names, ahead = set[str](), {name}
    while ahead:
        names |= ahead
        ahead = {holder for one in ahead for holder in holders.get(one, ())} - names
    return names
