"""Item definitions as types of FEEL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from engine.core.feel import Cell, FeelRefused, Names, new_run, outermost, read_cell
from engine.core.feel.types import ANY, Type, simple
from workflows.dmn.opening import child, children, text_of


@dataclass(frozen=True, eq=False)
class AllowedValues:
    """The values that a type allows."""

    cell: Cell

    def accepts(self, value: Any) -> bool:
        """Whether one of the tests holds."""
        return self.cell.holds(value, outermost(new_run()))


def item_types(definitions: Element, names: Names) -> dict[str, Type]:
    """Every item definition of a model by its name."""
    return {each.get("name", ""): item_type(each, names) for each in children(definitions, "itemDefinition")}


def item_type(element: Element, names: Names) -> Type:
    """One item definition, or one of its components."""
    found = _content(element, names)
    allowed = _allowed(child(element, "allowedValues"), names)
    if allowed:
        found = Type(
            found.base, found.item, found.fields, found.named, found.params, (*found.allowed, *allowed)
        )
    if element.get("isCollection") == "true":
        found = Type("list", found)
    whole = _allowed(child(element, "typeConstraint"), names)
    return Type(found.base, found.item, found.fields, found.named, found.params, (*found.allowed, *whole))


def _content(element: Element, names: Names) -> Type:
    components = list(children(element, "itemComponent"))
    if components:
        return Type("context", fields={each.get("name", ""): item_type(each, names) for each in components})
    function = child(element, "functionItem")
    if function is not None:
        taken = tuple(type_named(each.get("typeRef")) for each in children(function, "parameters"))
        return Type("function", type_named(function.get("outputTypeRef")), params=taken)
    return type_named(text_of(element, "typeRef"))


def _allowed(element: Element | None, names: Names) -> tuple[AllowedValues, ...]:
    text = text_of(element)
    if not text:
        return ()
    try:
        return (AllowedValues(read_cell(text, names)),)
    except FeelRefused:
        return ()


def type_named(reference: str | None) -> Type:
    """The type that a reference names; without one anything."""
    name = (reference or "").strip()
    prefix, colon, plain = name.rpartition(":")
    name = plain if colon and prefix in ("feel", "xs", "xsd") else name
    return simple(name) or (Type(named=name) if name else ANY)
